import CEL

/// `value_at(json, "services.database")`: looks into JSON of any shape without ever failing.
///
/// `has()` and `.?` fail where a text or a list stands in the place of a mapping; an answer that is broken may
/// have any shape, and a rule about it must not break as well.
enum ValueAtFunction {
    static let declaration = FunctionDeclaration(
        "value_at",
        [
            .host("value_at(dyn, string)", [.dyn, .string], .optional(.dyn)) {
                (arguments, _) throws(EvaluationError) in
                try value(arguments).map { .present($0) } ?? .absent
            },
            .host("value_at(dyn, string, dyn)", [.dyn, .string, .dyn], .dyn) {
                (arguments, _) throws(EvaluationError) in
                try value(arguments) ?? arguments[2]
            },
        ]
    )

    static let reference = FunctionReference(
        name: "value_at",
        signature: "value_at(json, path[, otherwise])",
        result: "optional(dyn), or dyn",
        summary: "What stands at a path such as `items[0].name` or `[\"a.b\"]`, whatever shape the JSON has; "
            + "without `otherwise` an optional.",
        example: #"value_at(sample.?json, "services.database", "") != "connected""#,
        scopes: RuleScopeKind.allCases
    )

    private static let paths = ValuePathCache()

    private static func value(_ arguments: [Value]) throws(EvaluationError) -> Value? {
        guard case .string(let path) = arguments[1] else { return nil }
        var root: Value? = arguments[0]
        if case .optional(let optional)? = root { root = optional.wrapped }
        return try paths.path(path).value(in: root)
    }
}
