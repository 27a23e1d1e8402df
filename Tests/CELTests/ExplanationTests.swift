import CEL
import Testing

/// Expressions with every part filled in.
@Suite struct `Explanations` {
    private static let environment = CELEnvironment(
        variables: [
            .init("sample", .map(.string, .dyn)), .init("services", .list(.map(.string, .dyn))),
            .init("host", .string), .init("matrix", .list(.list(.int))),
        ],
        functions: [
            FunctionDeclaration(
                "failures",
                [
                    .host("failures(string)", [.string], .int) { (_, _) throws(EvaluationError) in
                        throw .noData("3 samples in 5m, 20 needed")
                    }
                ]
            )
        ]
    )

    private static func explain(_ source: String) throws -> Explanation {
        let program = try environment.compile(source)
        var activation = Activation(environment)
        activation["sample"] = .map(["status": .int(503), "took": .double(1.5)])
        activation["services"] = .list(
            ["up", "down", "up", "down"].map { .map(["state": .string($0), "core": .bool($0 == "up")]) }
        )
        activation["matrix"] = .list([[1, 2], [3, 4], [5]].map { .list($0.map { .int($0) }) })
        let explanation = program.explained(activation)
        let value = Result { () throws(EvaluationError) in try program.evaluate(activation) }
        #expect(explanation.outcome.text == value.text, "the traced program comes to the same result")
        return explanation
    }

    private static func text(_ source: String) throws -> String {
        try explain(source).lines.map {
            String(repeating: "  ", count: $0.depth) + "\($0.text) → \($0.outcome)"
        }.joined(separator: "\n")
    }

    @Test func `show which operand decided and which was not asked`() throws {
        #expect(
            try Self.text("sample.status >= 500 || sample.took > 2.0") == """
                sample.status >= 500 || sample.took > 2.0 → true
                  sample.status >= 500 → true
                    sample.status → 503
                      sample → {"status": 503, "took": 1.5}
                  sample.took > 2.0 → not evaluated
                    sample.took → not evaluated
                      sample → not evaluated
                """
        )
    }

    @Test func `show the branch that was taken`() throws {
        #expect(
            try Self.text("(sample.status == 200) ? 'fine' : host") == """
                (sample.status == 200) ? 'fine' : host → error: no value for variable 'host'
                  sample.status == 200 → false
                    sample.status → 503
                      sample → {"status": 503, "took": 1.5}
                  host → error: no value for variable 'host'
                """
        )
    }

    @Test func `sum a search up by the element that decided it`() throws {
        #expect(
            try Self.text("services.exists(s, s.state == 'down' && !s.core)").hasPrefix(
                """
                services.exists(s, s.state == 'down' && !s.core) → true (2 elements looked at; \
                [1] = {"core": false, "state": "down"})
                """
            )
        )
        let root = try Self.explain("services.all(s, s.state == 'up' || s.core)").root
        #expect(root.loop?.roundCount == 2)
        #expect(root.loop?.deciding?.index == 1)
        #expect(root.children[1].outcomeText == "false")
    }

    @Test func `show the first element that a filter kept`() throws {
        let root = try Self.explain("services.filter(s, s.state == 'down')").root
        #expect(root.loop?.roundCount == 4)
        #expect(root.loop?.keptCount == 2)
        #expect(root.loop?.deciding?.index == 1)
        #expect(root.children[1].children[0].outcomeText == "\"down\"")
    }

    @Test func `show inner comprehensions as they were in the deciding round`() throws {
        let root = try Self.explain("matrix.filter(row, row.exists(x, x == 3))").root
        let inner = root.children[1]
        #expect(inner.outcomeText == "true (1 element looked at; [0] = 3)")
    }

    @Test func `show a round that failed where none decided`() throws {
        let root = try Self.explain("services.exists(s, s.missing == 1)").root
        #expect(root.loop?.deciding?.index == 0)
        #expect(root.children[1].outcomeText == "error: no such key: missing")
    }

    @Test func `say where there is no data`() throws {
        let root = try Self.explain("sample.status >= 600 || failures('5m') > 3").root
        #expect(root.outcomeText == "no data: 3 samples in 5m, 20 needed")
    }

    @Test(arguments: [
        ("has(sample.status)", ["sample"]),
        ("cel.bind(x, sample.took, x * 2.0 > x)", ["sample.took", "x * 2.0 > x"]),
        ("math.greatest(sample.took, 2.0)", ["sample.took", "2.0"]),
        ("- (1 + 2) == -3", ["- (1 + 2)", "-3"]),
        ("--sample.status == 503", ["sample.status", "503"]),
        ("( ( sample.took ) > 1.0 ) == true", ["( sample.took ) > 1.0", "true"]),
        ("sample['status'] in [503]", ["sample['status']", "[503]"]),
        ("string(sample.status).startsWith('5')", ["string(sample.status)", "'5'"]),
        ("[1, 2].map(x, x > 1, x + 1)", ["[1, 2]", "x > 1", "x + 1"]),
    ])
    func `know the text of every part`(source: String, parts: [String]) throws {
        let root = try Self.explain(source).root
        #expect(root.text == source)
        #expect(root.children.map(\.text) == parts)
    }
}

extension Result<Value, EvaluationError> {
    fileprivate var text: String {
        switch self {
        case .success(let value): value.sourceText
        case .failure(let error): error.message
        }
    }
}
