/// A call that no overload of its function accepts, and what to say about it.
struct OverloadMismatch {
    private let function: String
    private let types: [ValueType]
    private let arguments: [Expression]
    private let isMember: Bool

    init(_ function: String, _ types: [ValueType], _ arguments: [Expression], isMember: Bool) {
        self.function = function
        self.types = types
        self.arguments = arguments
        self.isMember = isMember
    }

    /// The types as cel-go lists them: `(int, string)`, or `string.(int)` for a method.
    var signature: String {
        let names = types.map(\.description)
        if isMember { return "\(names[0]).(\(names.dropFirst().joined(separator: ", ")))" }
        return "(\(names.joined(separator: ", ")))"
    }

    /// Whether two numbers of different kinds are compared, which works at run time.
    var isNumericComparison: Bool {
        Self.comparisons.contains(function) && types.allSatisfy(\.isNumeric)
    }

    /// How to write it instead, when that can be guessed.
    func hint(_ overloads: [Overload]) -> String? {
        if types.count == 2, arguments.count == 2, Self.binaryOperators.contains(function) {
            return numericHint ?? durationHint
        }
        let candidates = overloads.filter { !$0.identifier.hasPrefix("@") }
        guard function.utf8.first?.isLetter == true, !candidates.isEmpty, candidates.count <= 4 else {
            return nil
        }
        return "write \(candidates.map { $0.signature(of: function) }.joined(separator: " or "))"
    }

    private var numericHint: String? {
        guard types[0] != types[1], types.allSatisfy(\.isNumeric) else { return nil }
        for (place, other) in [(1, 0), (0, 1)] {
            guard case .literal(.int(let number)) = arguments[place].kind else { continue }
            if types[other] == .double { return "write \(number).0" }
            if types[other] == .uint, number >= 0 { return "write \(number)u" }
        }
        if let place = types.firstIndex(of: .double) { return "convert with \(types[place])(…)" }
        return "convert with int(…)"
    }

    private var durationHint: String? {
        for (place, other) in [(1, 0), (0, 1)] where types[place] == .duration {
            guard case .literal(let literal) = arguments[other].kind else { continue }
            switch literal {
            case .int(let number): return "write duration('\(number)s')"
            case .string(let text): return "write duration('\(text)')"
            default: continue
            }
        }
        return nil
    }

    private static let comparisons: Set<String> = ["_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_"]
    private static let binaryOperators = comparisons.union(["_+_", "_-_", "_*_", "_/_", "_%_"])
}

extension ValueType {
    var isNumeric: Bool { self == .int || self == .uint || self == .double }
}

extension Overload {
    /// How a call is written, such as `string.matches(string)`.
    fileprivate func signature(of function: String) -> String {
        let names = parameters.map(\.description)
        if isMember { return "\(names[0]).\(function)(\(names.dropFirst().joined(separator: ", ")))" }
        return "\(function)(\(names.joined(separator: ", ")))"
    }
}
