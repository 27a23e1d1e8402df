import CEL

/// Expressions typed by a person: each line is answered with a value and its type, or with a caret.
///
/// `name = expression` keeps a value under a name for the lines to come.
package struct InteractiveSession: Sendable {
    private var bindings: [String: Value] = [:]
    private var types: [String: ValueType] = [:]
    private let evaluator = ExpressionEvaluator()

    package init() {}

    /// What to print for a line; empty for an empty one.
    package mutating func answer(_ line: String) -> String {
        guard line.utf8.contains(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }) else {
            return ""
        }
        let (name, expression) = Self.assignment(line)
        var request = ExpressionRequest(expression)
        request.bindings = bindings
        request.variables = types.sorted { $0.key < $1.key }.map { CELEnvironment.Variable($0.key, $0.value) }
        switch evaluator.evaluate(request) {
        case .value(let value, let type):
            let type = type ?? .dyn
            if let name {
                bindings[name] = value
                types[name] = type
            }
            return "\(value.sourceText) : \(type)"
        case .checked(let type): return "\(type)"
        case .refused(let error): return error.rendered()
        case .failed(let error, _): return Self.rendered(error, expression)
        }
    }

    private static func rendered(_ error: EvaluationError, _ expression: String) -> String {
        guard let position = error.position, position.line == 1 else { return "ERROR: \(error.message)" }
        let dots = String(repeating: ".", count: position.column - 1)
        return "ERROR: <input>:1:\(position.column): \(error.message)\n | \(expression)\n | \(dots)^"
    }

    /// The parts of `name = expression`; without a name for anything else, such as `a == b`.
    private static func assignment(_ line: String) -> (name: String?, expression: String) {
        let bytes = line.utf8
        guard let sign = bytes.firstIndex(of: UInt8(ascii: "=")) else { return (nil, line) }
        let after = bytes.index(after: sign)
        guard after < bytes.endIndex, bytes[after] != UInt8(ascii: "=") else { return (nil, line) }
        let name = line[..<sign].split(separator: " ", omittingEmptySubsequences: true)
        guard name.count == 1, name[0].utf8.first.map(isLetter) == true, name[0].utf8.allSatisfy(isPartOfName)
        else { return (nil, line) }
        return (String(name[0]), String(line[after...].drop { $0 == " " }))
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
    }

    private static func isPartOfName(_ byte: UInt8) -> Bool {
        isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
