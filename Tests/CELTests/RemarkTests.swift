import CEL
import Testing

/// What is right but unusual about an expression.
@Suite struct `Remarks on expressions` {
    static let environment: CELEnvironment = {
        var options = CompileOptions()
        options.allowsCrossTypeComparison = true
        return CELEnvironment(
            variables: [
                .init("status", .int), .init("rate", .double), .init("count", .uint), .init("host", .string),
                .init("ok", .bool), .init("started", .timestamp), .init("names", .list(.string)),
                .init("labels", .map(.string, .string)), .init("body", .dyn),
            ],
            functions: [
                FunctionDeclaration("now", [.host("now()", [], .timestamp) { (_, _) in .null }])
            ],
            options: options
        )
    }()

    static func program(_ source: String) throws -> Program {
        try environment.compile(source)
    }

    @Test(arguments: [
        ("names.exists(n, ok)", "1:14 the variable 'n' is never used"),
        ("cel.bind(limit, 5, status > 3)", "1:10 the variable 'limit' is never used"),
        ("optional.of(status).optMap(s, 1)", "1:28 the variable 's' is never used"),
        ("names.all(i, n, n != '')", "1:11 the variable 'i' is never used"),
        ("labels.all(k, v, k != '')", "1:15 the variable 'v' is never used"),
        ("rate > status", "1:6 double is compared with int; write both sides as the same kind of number"),
        ("rate > 5", "1:6 double is compared with int; write both sides as the same kind of number"),
        ("status == 200.5", "1:8 this is never true: no int equals 200.5"),
        ("count != -1", "1:7 this is always true: no uint equals -1"),
        ("started == null", "1:9 this is never true: no timestamp equals null"),
        ("type(status) == string", "1:14 this is never true"),
        ("ok && 1 > 2", "1:9 '1 > 2' is always false"),
        ("ok || true", "1:7 this condition is always true"),
        ("size('abc') == 3 ? ok : !ok", "1:13 'size('abc') == 3' is always true"),
        ("ok && [1, 2].exists(i, i > 2)", "1:20 '[1, 2].exists(i, i > 2)' is always false"),
    ])
    func `name the place and the reason`(source: String, expected: String) throws {
        let remarks = try Self.program(source).remarks
        let texts = remarks.map { "\($0.position.line):\($0.position.column) \($0.message)" }
        #expect(texts.count == 1 && texts[0].hasPrefix(expected), "\(texts)")
        #expect(remarks.first?.excerpt.hasPrefix(" | \(source)") == true)
    }

    @Test(arguments: [
        "names.exists(n, n == host)", "labels.all(k, v, v != '')", "names.transformList(i, n, n)",
        "names.all(_, ok)", "body.state == 'down' || body == null", "status in [200, 204] && ok",
        "cel.bind(a, status, a > 1 && a < 5)", "type(body) == string", "optional.of(1) == optional.none()",
    ])
    func `leave usual expressions alone`(source: String) throws {
        let remarks = try Self.program(source).remarks
        #expect(remarks.isEmpty, "\(remarks)")
    }

    @Test func `come in the order of the text`() throws {
        let remarks = try Self.program("names.exists(n, true && ok) || rate > 5").remarks
        #expect(remarks.map(\.position.column) == [14, 17, 37])
        #expect(
            remarks.map(\.kind) == [
                .unusedVariable("n"), .constantCondition(true), .crossTypeComparison(.double, .int),
            ]
        )
    }

    @Test(arguments: [
        ("1 > 2", "false"), ("ok && false", "false"), ("true || 1 / 0 > 0", "true"),
        ("[1, 2].exists(i, i > 5)", "false"), ("{'a': 1}.map(k, k + 'b')", "[\"ab\"]"),
        ("cel.bind(x, 3, x * x)", "9"), ("duration('90s')", "duration(\"90s\")"),
        ("'%d'.format([3])", "\"3\""), ("optional.of(2).optMap(x, x + 1).value()", "3"),
    ])
    func `know the value of a constant expression`(source: String, expected: String) throws {
        #expect(try Self.program(source).constant?.sourceText == expected)
    }

    @Test(arguments: [
        "ok", "now() > timestamp('2026-01-01T00:00:00Z')", "names.exists(n, n == 'a')",
        "1 / 0 > 0", "[1].exists(i, ok)", "lists.range(1000000).size() > 5", "ok ? false : false",
    ])
    func `hold nothing for constant that depends on data, fails or costs much`(source: String) throws {
        #expect(try Self.program(source).constant == nil)
    }
}

/// Texts that are equal for expressions of one meaning.
@Suite struct `The canonical text` {
    @Test(arguments: [
        ("status>=500&&ok", "( status >= 500 )\n  && ok // why"),
        ("host == 'a'", "host == \"\\x61\""),
        ("names.exists(n, n == host)", "names.exists(other, other == host)"),
        ("status > 60 * 60", "status > 3600"),
        ("ok && true", "ok"),
        ("labels['a'] == 'b' ? ok : !ok", "(labels[\"a\"] == (\"b\")) ? (ok) : (!ok)"),
        ("started > timestamp('2026-01-01T00:00:00Z')", "started > timestamp('2026-01-01T01:00:00+01:00')"),
        ("(ok || status > 1) || rate > 2.0", "(ok || status > 1) || (rate > 2.0)"),
        ("cel.bind(a, status, a + a) > 2", "cel.bind(b, status, b + b) > 2"),
        ("labels.env == 'x'", "labels.`env` == 'x'"),
    ])
    func `does not depend on how an expression is written`(first: String, second: String) throws {
        let programs = try [first, second].map { try `Remarks on expressions`.program($0) }
        #expect(programs[0].canonicalText == programs[1].canonicalText)
    }

    @Test(arguments: [
        ("status > 500", "status >= 500"), ("ok && rate > 1.0", "rate > 1.0 && ok"),
        ("host == 'a'", "host == 'A'"),
        ("(status + 1) * 2 > 3", "status + 1 * 2 > 3"), ("labels.a == 'b'", "labels['a'] == 'b'"),
        ("names.exists(n, n == 'a')", "names.all(n, n == 'a')"), ("count == 1u", "count == 2u"),
        ("names.all(a, names.all(b, a == b))", "names.all(a, names.all(b, b == b))"),
        ("host.startsWith('a')", "host.endsWith('a')"), ("body == b'a'", "body == 'a'"),
        ("ok || status > 1 && rate > 1.0", "(ok || status > 1) && rate > 1.0"),
    ])
    func `tells different meanings apart`(first: String, second: String) throws {
        let programs = try [first, second].map { try `Remarks on expressions`.program($0) }
        #expect(programs[0].canonicalText != programs[1].canonicalText)
    }
}
