import CEL

/// An expression of a kind that rules are made of, with variables to evaluate it on.
struct ReferenceExpression {
    let name: String
    let source: String
    let result: ValueType

    static let all = [
        ReferenceExpression(name: "E1 field and comparison", source: "sample.status >= 500", result: .bool),
        ReferenceExpression(name: "E2 host function", source: #"p95("5m") > 1.5"#, result: .bool),
        ReferenceExpression(
            name: "E3 100 elements, exists and filter",
            source: #"services.exists(s, s.state == "down") || services.filter(s, s.critical).size() > 60"#,
            result: .bool
        ),
        ReferenceExpression(
            name: "E4 in and matches",
            source:
                #"sample.status in [500, 502, 503, 504] && sample.body.matches("(?i)emergency[ _-]?mode")"#,
            result: .bool
        ),
        ReferenceExpression(
            name: "E5 severity",
            source: #"environment == "production" ? (failures >= 3 || sample.status >= 500 ? 1 : 2) : 3"#,
            result: .int
        ),
    ]

    static let environment = CELEnvironment(
        variables: [
            CELEnvironment.Variable("sample", .map(.string, .dyn)),
            CELEnvironment.Variable("services", .list(.map(.string, .dyn))),
            CELEnvironment.Variable("environment", .string),
            CELEnvironment.Variable("failures", .int),
        ],
        functions: [
            FunctionDeclaration(
                "p95",
                [.host("p95_string", [.string], .double) { _, _ throws(EvaluationError) in .double(1.25) }]
            )
        ]
    )

    /// Variables for which each expression does all of its work: none stops early.
    static let activation: Activation = {
        var activation = Activation(environment)
        activation["sample"] = .map([
            "status": .int(503), "duration": .double(0.18), "version": .string("2.0.4"),
            "body": .string(
                #"{"status":"degraded","services":{"database":"connected","openai":"emergency mode"}}"#
            ),
        ])
        activation["services"] = .list(
            (0..<100).map { index in
                .map([
                    "name": .string("service-\(index)"), "state": .string("connected"),
                    "critical": .bool(index % 2 == 0),
                ])
            }
        )
        activation["environment"] = .string("production")
        activation["failures"] = .int(2)
        return activation
    }()
}
