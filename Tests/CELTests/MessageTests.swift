import CEL
import Testing

/// What people read when a rule is wrong.
@Suite struct `Messages about mistakes` {
    private let environment = CELEnvironment(
        variables: [
            .init("error_rate", .double), .init("requests", .int), .init("host", .string),
            .init("sample", .object(ObjectType("sample", fields: [.init("latency_ms", .double)]))),
        ],
        functions: [
            FunctionDeclaration(
                "p95",
                [
                    .host("p95", [.string, .duration], .duration) { (_, _) in .null }
                ]
            )
        ]
    )

    private func message(_ source: String, expecting type: ValueType? = nil) throws -> String {
        try #require(throws: CompileError.self) { try environment.compile(source, expecting: type) }
            .rendered()
    }

    @Test(arguments: [
        (
            "sample.latncy_ms > 3.0",
            """
            ERROR: <input>:1:7: undefined field 'latncy_ms' (did you mean 'latency_ms'?)
             | sample.latncy_ms > 3.0
             | ......^
            """
        ),
        (
            "error_rate > 5",
            """
            ERROR: <input>:1:12: found no matching overload for '_>_' applied to '(double, int)' (write 5.0)
             | error_rate > 5
             | ...........^
            """
        ),
        (
            "p95('latency', duration('5m')) < 3",
            """
            ERROR: <input>:1:32: found no matching overload for '_<_' applied to '(duration, int)' \
            (write duration('3s'))
             | p95('latency', duration('5m')) < 3
             | ...............................^
            """
        ),
        (
            "reqests > 5 &&\n  hots == 'a'",
            """
            ERROR: <input>:1:1: undeclared reference to 'reqests' (in container '') (did you mean 'requests'?)
             | reqests > 5 &&
             | ^
            ERROR: <input>:2:3: undeclared reference to 'hots' (in container '') (did you mean 'host'?)
             |   hots == 'a'
             | ..^
            """
        ),
        (
            "'\u{E9}\u{1F600}' == 1",
            """
            ERROR: <input>:1:6: found no matching overload for '_==_' applied to '(string, int)'
             | '\u{E9}\u{1F600}' == 1
             | .\u{FF0E}\u{FF0E}..^
            """
        ),
        (
            "host.startWith('a')",
            """
            ERROR: <input>:1:15: undeclared reference to 'startWith' (in container '') (did you mean 'startsWith'?)
             | host.startWith('a')
             | ..............^
            """
        ),
    ])
    func `are those of cel-go, with a hint`(source: String, expected: String) throws {
        #expect(try message(source) == expected)
    }

    @Test func `name the type that was expected`() throws {
        let text = try message("requests + 1", expecting: .bool)
        #expect(text.hasPrefix("ERROR: <input>:1:10: expected type 'bool' but found 'int'"))
    }

    @Test(arguments: [
        "host.matches('(a')", "duration('5 minutes') > duration('1s')",
        "timestamp('yesterday') < timestamp(0)",
        "'%d of %d'.format([1])", "'%d'.format(['a'])", #"host.matches(r'(a)\1')"#,
    ])
    func `find constants that cannot work`(source: String) throws {
        let error = try #require(throws: CompileError.self) { try environment.compile(source) }
        #expect(error.stage == .check)
    }

    @Test func `count lines from where the expression stands in its file`() throws {
        let error = try #require(throws: CompileError.self) { try environment.compile("true &&\nnope") }
        #expect(
            error.rendered(name: "rules/api.yaml", lineOffset: 11).hasPrefix("ERROR: rules/api.yaml:13:1: ")
        )
    }

    @Test func `say where an evaluation failed`() throws {
        let program = try environment.compile("requests > 1 &&\n  10 / (requests - 2) > 1")
        var activation = Activation(environment)
        activation["requests"] = .int(2)
        let error = try #require(throws: EvaluationError.self) { try program.holds(activation) }
        #expect(error.code == .divisionByZero)
        #expect(error.position == TextPosition(line: 2, column: 6))
    }

    @Test func `may allow numbers of different kinds to be compared`() throws {
        var options = CompileOptions()
        options.allowsCrossTypeComparison = true
        let lenient = CELEnvironment(variables: environment.variables, options: options)
        let program = try lenient.compile("error_rate > 5 || requests == 3.0")
        var activation = Activation(lenient)
        activation["error_rate"] = .double(4.5)
        activation["requests"] = .int(3)
        #expect(try program.holds(activation))
        #expect(throws: CompileError.self) { try lenient.compile("error_rate + 5 > 1.0") }
    }
}
