import CEL

/// A regular expression of RE2, by way of CEL's `matches`: its time is linear in the text, whatever it says.
struct RegularPattern: Sendable {
    /// Why a text is no regular expression.
    struct Fault: Error, CustomStringConvertible {
        let description: String
    }

    private static let environment = CELEnvironment(
        variables: [.init("text", .string), .init("pattern", .string)],
        functions: [],
        options: CompileOptions()
    )

    private let program: Program
    private let pattern: String

    init(_ source: String) throws(Fault) {
        do {
            pattern = source
            program = try Self.environment.compile("text.matches(pattern)", expecting: .bool)
            _ = try program.holds(Self.activation("", source))
        } catch {
            throw Fault(description: (error as? EvaluationError)?.message ?? "\(error)")
        }
    }

    /// Whether some part of the text matches.
    func isFound(in text: String) -> Bool {
        (try? program.holds(Self.activation(text, pattern))) ?? false
    }

    private static func activation(_ text: String, _ pattern: String) -> Activation {
        var activation = Activation(environment)
        activation["text"] = .string(text)
        activation["pattern"] = .string(pattern)
        return activation
    }
}
