import LookoutModel
import LookoutRehearsal
import Testing

/// Conditions of Gatus, judged by the rules that they become.
@Suite struct `Conditions of Gatus` {
    private typealias Fixture = MigrationFixture

    @Test(arguments: [
        ("[BODY].status == UP", #"{"status":"UP"}"#, true),
        ("[BODY].status == UP", #"{"status":"DOWN"}"#, false),
        ("[BODY].status == UP", #"{"state":"UP"}"#, false),
        ("[BODY].status == UP", "<html>", false), ("[BODY].status == UP", "", false),
        ("[BODY].status == UP", #"{"status":null}"#, false),
        ("[body].status == UP", #"{"status":"UP"}"#, true),
        ("UP == [BODY].status", #"{"status":"UP"}"#, true),
        ("[BODY].status != down", #"{"status":"up"}"#, true),
        ("[BODY].status != down", #"{"status":"down"}"#, false),
        ("[BODY].status != down", "{}", false),
        ("[BODY].id == 1", #"{"id":1}"#, true), ("[BODY].id == 1", #"{"id":"1"}"#, true),
        ("[BODY].id == 1", #"{"id":2}"#, false), ("[BODY].id == 0x10", #"{"id":16}"#, true),
        ("[BODY].load == 0.5", #"{"load":0.5}"#, true),
        ("[BODY].ok == true", #"{"ok":true}"#, true), ("[BODY].ok == true", #"{"ok":"true"}"#, true),
        ("[BODY].ok == true", #"{"ok":false}"#, false),
        ("[BODY].data.items[1].name == b", #"{"data":{"items":[{"name":"a"},{"name":"b"}]}}"#, true),
        ("[BODY].data.items[2].name == b", #"{"data":{"items":[{"name":"a"}]}}"#, false),
        ("[BODY][0].id == 7", #"[{"id":7}]"#, true), ("[BODY][0].id == 7", "[]", false),
        ("[BODY].matrix[1][0] == 3", #"{"matrix":[[1,2],[3,4]]}"#, true),
        ("[BODY].content-type == x", #"{"content-type":"x"}"#, true),
        ("[BODY].in == x", #"{"in":"x"}"#, true),
        ("[BODY].queue < 5", #"{"queue":4}"#, true), ("[BODY].queue < 5", #"{"queue":4.9}"#, true),
        ("[BODY].queue < 5", #"{"queue":5}"#, false), ("[BODY].queue < 5", "{}", false),
        ("[BODY].queue >= 5", #"{"queue":5}"#, true), ("5 > [BODY].queue", #"{"queue":4}"#, true),
        ("[BODY].a == [BODY].b", #"{"a":"x","b":"x"}"#, true),
        ("[BODY].a == [BODY].b", #"{"a":"x","b":"y"}"#, false),
        ("[BODY].a == [BODY].b", #"{"a":"x"}"#, false),
        ("[BODY].name == pat(john*)", #"{"name":"john.doe"}"#, true),
        ("[BODY].name == pat(john*)", #"{"name":"jane"}"#, false),
        ("[BODY].name == pat(*j?n*)", #"{"name":"ajbn"}"#, true),
        ("[BODY].name == pat([jk]*.x)", #"{"name":"kim.x"}"#, true),
        ("[BODY].name == pat([jk]*.x)", #"{"name":"kimyx"}"#, false),
        ("[BODY].name != pat(john*)", #"{"name":"jane"}"#, true),
        ("[BODY].n == pat(2*)", #"{"n":200}"#, true),
        ("[BODY].name == any(a, b)", #"{"name":"b"}"#, true),
        ("[BODY].name == any(a, b)", #"{"name":"c"}"#, false),
        ("[BODY].name != any(a, b)", #"{"name":"c"}"#, true),
        ("[BODY] == pat(*<h1>Example</h1>*)", "<p><h1>Example</h1>", true),
        ("[BODY] == pat(*<h1>Example</h1>*)", "<p>", false),
        ("[BODY] == OK", " OK\n", true), ("[BODY] == OK", "NOT OK", false), ("[BODY] > 5", "6", true),
        ("[BODY] > 5", "many", false),
        ("len([BODY].items) == 2", #"{"items":[1,2]}"#, true),
        ("len([BODY].items) > 2", #"{"items":[1,2]}"#, false),
        ("len([BODY].name) == 4", #"{"name":"john"}"#, true), ("len([BODY].items) == 0", "{}", false),
        ("len([BODY]) == 3", "[1,2,3]", true), ("len([BODY]) == 5", "hello", true),
        ("has([BODY].errors) == false", "{}", true),
        ("has([BODY].errors) == false", #"{"errors":[]}"#, false),
        ("has([BODY].data) == true", #"{"data":1}"#, true), ("has([BODY].data) != true", "{}", true),
        ("[BODY].items[*].ok == true", #"{"items":[{"ok":true},{"ok":true}]}"#, true),
        ("[BODY].items[*].ok == true", #"{"items":[{"ok":true},{"ok":false}]}"#, false),
        ("[BODY].items[*].ok == true", #"{"items":[]}"#, false), ("[BODY].items[*].ok == true", "{}", false),
        ("[BODY][*][*] < 5", "[[1,2],[3]]", true), ("[BODY][*][*] < 5", "[[1,2],[7]]", false),
        ("len([BODY].items[*].tags) > 0", #"{"items":[{"tags":[1]}]}"#, true),
    ])
    func `a condition about the body is met or not`(condition: String, body: String, isMet: Bool) throws {
        let fixture = try Fixture(conditions: [condition])
        let outcome = try fixture.judge(Fixture.sample(body: body))
        #expect(outcome == (isMet ? .clear : .holds(.minor)), "\(fixture.migration.rules)")
        #expect(fixture.warnings == [])
    }

    /// Bodies of every shape: a rule may find fault with them but must never end in an error.
    @Test(arguments: [
        "[BODY].a.b[0].c == 1", "[BODY].a.b[0].c != x", "[BODY].a.b < 5", "len([BODY].a.b) == 1",
        "has([BODY].a.b) == true", "[BODY].a[*].b == pat(x*)", "[BODY] == any(a, b)", "[BODY].a == [BODY].b",
        "[BODY][0] == pat(*x*)",
    ])
    func `no shape of a body is an error of the rule`(condition: String) throws {
        let fixture = try Fixture(conditions: [condition])
        for body in [
            "", "x", "null", "1", "1.5", "true", #""text""#, "[]", "{}", "[1]", "[[1]]", #"{"a":1}"#,
            #"{"a":null}"#, #"{"a":[]}"#, #"{"a":"b"}"#, #"{"a":{"b":1}}"#, #"{"a":{"b":[1]}}"#,
            #"{"a":{"b":[{"c":[]}]}}"#, #"{"a":[1,null,{"b":{}}]}"#, #"[{"a":1}]"#,
        ] {
            switch try fixture.judge(Fixture.sample(body: body)) {
            case .clear, .holds: break
            case let other: Issue.record("\(condition) of \(body): \(other)")
            }
        }
    }

    @Test(arguments: [
        ("[RESPONSE_TIME] < 300", 299, true), ("[RESPONSE_TIME] < 300", 300, false),
        ("[RESPONSE_TIME] <= 2s", 2000, true), ("[RESPONSE_TIME] <= 2s", 2001, false),
    ])
    func `a time is in milliseconds unless it has a unit`(condition: String, took: Int, isMet: Bool) throws {
        let sample = Fixture.sample(milliseconds: took)
        #expect(try Fixture(conditions: [condition]).judge(sample) == (isMet ? .clear : .holds(.minor)))
    }

    @Test(arguments: [("48h", 3, true), ("48h", 1, false), ("240h", nil, false), ("86400000", 2, true)])
    func `a certificate lasts long enough or not`(limit: String, days: Int64?, isMet: Bool) throws {
        let sample = Fixture.sample(certificateDays: days)
        let fixture = try Fixture(conditions: ["[CERTIFICATE_EXPIRATION] > \(limit)"])
        #expect(try fixture.judge(sample) == (isMet ? .clear : .holds(.minor)))
    }

    @Test func `headers and addresses are compared`() throws {
        let sample = Fixture.sample(headers: [HeaderField("Content-Type", "text/html; charset=utf-8")])
        for (condition, isMet) in [
            ("[HEADER].content-type == pat(text/html*)", true), ("[HEADER].Content-Type == text/html", false),
            ("has([HEADER].Server) == true", false), ("[HEADER].Server != nginx", false),
            ("[IP] == pat(192.0.2.*)", true), ("[IP] == any(192.0.2.8, 192.0.2.7)", true),
            ("[IP] == 192.0.2.8", false),
        ] {
            let outcome = try Fixture(conditions: [condition]).judge(sample)
            #expect(outcome == (isMet ? .clear : .holds(.minor)), "\(condition)")
        }
    }

    @Test(arguments: [
        (["[STATUS] == 200"], "200"), (["[STATUS] == any(200, 429)"], "[200, 429]"),
        (["[STATUS] < 300"], "100-299"), (["[STATUS] >= 200", "[STATUS] < 400"], "200-399"),
        (["[STATUS] != 500"], "[100-499, 501-599]"), (["[STATUS] == pat(2*)"], "200-299"),
        (["[STATUS] == pat(40?)"], "400-409"), (["[BODY] == x"], "100-599"), (["500 > [STATUS]"], "100-499"),
        (["[CONNECTED] == true"], "100-599"),
    ])
    func `conditions about the status become the probe's`(conditions: [String], codes: String) throws {
        let fixture = try Fixture(conditions: conditions)
        #expect(fixture.migration.configuration.contains("expect: {status: \(codes)}"))
        #expect(fixture.warnings == [])
    }

    @Test(arguments: [
        "[STATUS] < 300", "[BODY].queue < 5", "[BODY].status != down", "has([BODY].errors) == false",
    ])
    func `a dead server is never well, though Gatus takes it for that`(condition: String) throws {
        let dead = Fixture.sample(status: nil, outcome: .failed(Failure(.connect, "connection refused")))
        #expect(try Fixture(conditions: [condition]).judge(dead) == .holds(.minor))
    }

    @Test(arguments: ["[CONNECTED] == false", "[STATUS] == 0", "[CONNECTED] != true"])
    func `an endpoint that must not answer is well when it does not`(condition: String) throws {
        let fixture = try Fixture(conditions: [condition])
        let dead = Fixture.sample(status: nil, outcome: .failed(Failure(.connect, "connection refused")))
        #expect(try fixture.judge(dead) == .clear)
        #expect(try fixture.judge(Fixture.sample()) == .holds(.minor))
    }

    @Test(arguments: [
        "[DOMAIN_EXPIRATION] > 720h", "[DNS_RCODE] == NOERROR", "age([BODY].at) < 10m",
        "[CONTEXT].token == x", "1 == 1", "[BODY].a == pat(${X}*)", "len([STATUS]) == 3", "[BODY].a[x] == 1",
    ])
    func `what cannot be said is left out with a warning and shown where it stood`(condition: String) throws {
        let fixture = try Fixture(conditions: ["[STATUS] == 200", condition])
        #expect(fixture.warnings.count == 1, "\(fixture.warnings)")
        #expect(fixture.warnings.first?.contains("is left out") == true)
        #expect(fixture.migration.rules.contains("// \(condition)\n"))
        #expect(fixture.migration.rules.contains("LEFT OUT"))
        #expect(try fixture.judge(Fixture.sample()) == .clear)
    }

    @Test(arguments: ["[STATUS]==200", "[STATUS] = 200", "", "ok"])
    func `what Gatus refuses is no condition`(condition: String) throws {
        let fixture = try Fixture(conditions: ["[STATUS] == 200", condition])
        #expect(fixture.warnings.first?.contains("is no condition") == true, "\(fixture.warnings)")
    }
}
