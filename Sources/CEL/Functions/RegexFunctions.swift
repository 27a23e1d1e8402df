/// `matches`, by RE2.
enum RegexFunctions {
    static let all: [FunctionDeclaration] = [
        FunctionDeclaration(
            "matches",
            [
                Overload(
                    "matches(string,string)",
                    isMember: false,
                    [.string, .string],
                    .bool,
                    .binary(matches)
                ),
                Overload(
                    "string.matches(string)",
                    isMember: true,
                    [.string, .string],
                    .bool,
                    .binary(matches)
                ),
            ]
        )
    ]

    @Sendable private static func matches(
        _ text: Value,
        _ pattern: Value,
        _ evaluation: inout Evaluation
    ) throws(EvaluationError) -> Value {
        guard case .string(let text) = text, case .string(let pattern) = pattern else {
            throw .noSuchOverload("matches")
        }
        let expression = try RegularExpressionCache.shared.expression(pattern, &evaluation)
        return .bool(try matches(text, expression, &evaluation))
    }

    static func matches(
        _ text: String,
        _ expression: RegularExpression,
        _ evaluation: inout Evaluation
    ) throws(EvaluationError) -> Bool {
        try evaluation.charge(1 + (text.utf8.count >> 6) * (1 + expression.size >> 5))
        return expression.isFound(in: text)
    }
}
