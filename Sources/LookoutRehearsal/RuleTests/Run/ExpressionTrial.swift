import CEL
import LookoutModel

/// What an expression of a test came to.
enum ExpressionOutcome: Sendable {
    case value(CEL.Value)
    /// Its error in words, or why it is no expression.
    case error(String)
}

/// An expression with variables of its own, as plain CEL.
struct ExpressionTrial {
    let expression: String
    let variables: [String: JSONValue]

    var outcome: ExpressionOutcome {
        let environment = CELEnvironment(
            variables: variables.keys.sorted().map { CELEnvironment.Variable($0, .dyn) },
            functions: [],
            options: CompileOptions()
        )
        do {
            let program = try environment.compile(expression)
            var activation = Activation(environment)
            for (name, value) in variables { activation[name] = CEL.Value(plain: value) }
            return .value(try program.evaluate(activation, context: nil))
        } catch {
            return .error(Self.words(error))
        }
    }

    /// An error of CEL in one line.
    static func words(_ error: any Error) -> String {
        switch error {
        case let error as EvaluationError: error.message
        case let error as CompileError: error.issues.map(\.message).joined(separator: "; ")
        default: "\(error)"
        }
    }
}
