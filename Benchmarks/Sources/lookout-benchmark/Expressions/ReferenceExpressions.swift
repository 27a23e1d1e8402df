import CEL
import CELExchange
import Foundation
import LookoutModel

/// The expressions of `peers/expressions.json`, of the kinds that rules are made of.
struct ReferenceExpressions {
    struct Expression {
        let name: String
        let source: String
        let expected: Value
        /// What cel-go took with its cost limit on, on the machine that cel.md §9 is of, in nanoseconds.
        let celGo: Double
    }

    let all: [Expression]
    let environment: CELEnvironment
    /// Variables for which each expression does all of its work: none stops early.
    let activation: Activation

    init(file: String) throws {
        let json = try JSONValue(parsing: Array(Data(contentsOf: URL(filePath: file))))
        guard case .object(var members) = json, case .array(let expressions)? = members["expressions"],
            case .int(let nanoseconds)? = members["p95"]?["nanoseconds"]
        else { throw BenchmarkError("\(file) is not as expected") }
        all = try expressions.map { try Expression($0) }
        members["expr"] = "true"
        let request = try ExpressionRequest(.object(members))
        let duration = TimeSpan(nanoseconds: Int(nanoseconds))
        environment = CELEnvironment(
            variables: request.variables,
            functions: [
                FunctionDeclaration(
                    "p95",
                    [
                        .host("p95", [.string, .duration], .duration) { (_, _) throws(EvaluationError) in
                            .duration(duration)
                        }
                    ]
                )
            ]
        )
        var activation = Activation(environment)
        for (name, value) in request.bindings { activation[name] = value }
        self.activation = activation
    }
}

extension ReferenceExpressions.Expression {
    fileprivate init(_ json: JSONValue) throws {
        guard let name = json["name"]?.string, let source = json["expr"]?.string, let value = json["value"],
            case .int(let nanoseconds)? = json["cel_go"]
        else { throw BenchmarkError("an expression is not as expected: \(json.jsonText)") }
        self.name = name
        self.source = source
        expected = try Value(exchange: value)
        celGo = Double(nanoseconds)
    }
}
