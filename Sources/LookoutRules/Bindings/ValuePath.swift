import CEL
import Synchronization

/// A path into JSON: keys with dots between, indexes and quoted keys in brackets, such as
/// `items[0].name` or `["a.b"].c`.
struct ValuePath: Sendable {
    private enum Step: Sendable {
        /// The key of a member, a text.
        case key(Value)
        case index(Int)
    }

    private let steps: [Step]

    /// Throws for what is no path.
    init(_ text: String) throws(EvaluationError) {
        var steps: [Step] = []
        var rest = text.utf8[...]
        repeat {
            let isFirst = steps.isEmpty
            steps.append(
                rest.first == UInt8(ascii: "[")
                    ? try Self.bracket(&rest) : try Self.key(&rest, isFirst: isFirst)
            )
        } while !rest.isEmpty
        self.steps = steps
    }

    /// What stands there, whatever shape the value has; nil for nothing.
    func value(in root: Value?) -> Value? {
        var value = root
        for step in steps {
            switch (step, value) {
            case (.key(let name), .map(let map)?): value = map.value(of: name)
            case (.index(let index), .list(let elements)?):
                value = elements.indices.contains(index) ? elements[index] : nil
            default: return nil
            }
        }
        return value
    }

    private static func key(_ rest: inout Substring.UTF8View, isFirst: Bool) throws(EvaluationError) -> Step {
        if !isFirst {
            guard rest.first == UInt8(ascii: ".") else { throw mistake }
            rest = rest.dropFirst()
        }
        let key = rest.prefix { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "[") }
        guard !key.isEmpty else { throw mistake }
        rest = rest[key.endIndex...]
        return .key(.string(String(Substring(key))))
    }

    private static func bracket(_ rest: inout Substring.UTF8View) throws(EvaluationError) -> Step {
        guard let end = rest.firstIndex(of: UInt8(ascii: "]")) else { throw mistake }
        let inside = rest[..<end].dropFirst()
        rest = rest[end...].dropFirst()
        if let index = Int(Substring(inside)), index >= 0 { return .index(index) }
        let quote = UInt8(ascii: "\"")
        guard inside.count >= 2, inside.first == quote, inside.last == quote else { throw mistake }
        return .key(.string(String(Substring(inside.dropFirst().dropLast()))))
    }

    private static var mistake: EvaluationError {
        EvaluationError(
            .invalidArgument,
            "a path has keys with dots and indexes in brackets, such as \"items[0].name\""
        )
    }
}

/// Paths that were read before: the same few are walked at every evaluation.
final class ValuePathCache: Sendable {
    /// A rule that computes its paths must not fill the memory with them.
    private static let capacity = 1000

    private let paths = Mutex<[String: ValuePath]>([:])

    func path(_ text: String) throws(EvaluationError) -> ValuePath {
        if let known = paths.withLock({ $0[text] }) { return known }
        let path = try ValuePath(text)
        paths.withLock { paths in
            if paths.count < Self.capacity { paths[text] = path }
        }
        return path
    }
}
