import LookoutModel
import LookoutRules
import LookoutSettings
import Testing

@Suite struct RuleCompilerTests {
    @Test func `a sound file has no findings and keeps what it says`() throws {
        let (rules, diagnostics) = try RuleFixture.compile(
            """
            groups:
              - name: backend
                rules:
                  - id: backend-slow
                    match: {probe: backend-*, environment: [production, staging], type: http, labels: {environment: prod*}}
                    when: sample.ok
                    expr: p95("10m") > duration("2s") && failures(5) < 3
                    for: 1m
                    keep_firing_for: 5m
                    severity: 'environment.name == "production" ? 1 : 2'
                    summary: "{{ probe.name }} is slow: {{ p95('1h') }}"
                    description: no expression here
                    runbook: https://wiki.example.com/runbooks#slow
                    labels: {team: core}
            """
        )
        #expect(diagnostics.all.isEmpty)
        let rule = try #require(rules?.rules.first)
        #expect(rule.id == "backend-slow")
        #expect(rule.group == "backend")
        #expect(rule.holds == Judgement.Holds(pending: .seconds(60), keepFiring: .seconds(300)))
        #expect(rule.runbook == "https://wiki.example.com/runbooks#slow")
        #expect(rule.demand == HistoryDemand(age: .seconds(3600), count: 5))
        #expect(rule.match.matches(RuleFixture.check("production")))
        #expect(!rule.match.matches(RuleFixture.check("staging")))
        #expect(!rule.match.matches(RuleFixture.check("production", "frontend", type: "page")))
        #expect(
            rule.alert(for: CheckID(environment: "production", probe: "backend-health")).labels
                == ["environment": "production", "probe": "backend-health"]
        )
        #expect(rule.labels == ["team": "core"])
    }

    @Test(arguments: [
        ("expr: sample.okay", "7:21 error: undefined field 'okay'"),
        ("expr: sample.http.is_jason", "7:26 error: undefined field 'is_jason'"),
        ("expr: sample.status", "7:21 error: expected type 'bool' but found 'int'"),
        ("expr: sample.ok &&", "7:"),
        (
            "expr: >-\n          sample.ok\n          && sampel.ok",
            "9:14 error: undeclared reference to 'sampel'"
        ),
        ("expr: 'sample.message == \"it''s\" && sample.x'", "7:51 error: undefined field 'x'"),
        ("expr: sample.message.matches('(')", "7:"),
        ("expr: failures(\"5x\") > 1", "7:23 error: failures: \"5x\" is no window"),
        ("expr: failures(0) > 1", "7:23 error: failures: a window holds 1 to 25000 samples, not 0"),
        (
            "expr: p95(\"25h\") > p50(5)",
            "7:18 error: p95: a window is longer than nothing and at most 1d"
        ),
        ("expr: failures(sample.attempts) > 1", "7:23 error: failures: a window must be written out"),
        ("expr: failures() > 1", "7:"),
        ("expr: p95(\"5m\") > 3", "7:"),
        ("expr: ''", "7:15 error: the expression is empty"),
        ("expr: [a]", "7:15 error: expected an expression, found a list"),
        ("{}", ""),
    ])
    func `a wrong condition is an error at its place in the file`(keys: String, finding: String) throws {
        guard keys != "{}" else { return }
        let found = try RuleFixture.findings(RuleFixture.file(keys))
        #expect(found.contains { $0.hasPrefix("a:\(finding)") }, "\(found)")
    }

    @Test(arguments: [
        ("severity: 0", "severity 0 does not exist"),
        ("severity: 4", "severity 4 does not exist"),
        ("severity: '\"high\"'", "expected type 'int' but found 'string'"),
        ("severity: sample.ok", "expected type 'int' but found 'bool'"),
        ("severity: [1]", "expected a severity, found a list"),
        ("summary: '{{ sample.nam }}'", "undefined field 'nam'"),
        ("summary: 'a {{ b'", "\"{{\" is never closed by \"}}\""),
        ("summary: 'a {{ }}'", "there is no expression between {{ and }}"),
        ("summary: [a]", "expected an expression, found a list"),
        ("description: '{{ failures(\"0s\") }}'", "failures: a window is longer than nothing"),
        ("runbook: javascript:alert(1)", "is neither a web address nor a path"),
        ("runbook: https://", "is neither a web address nor a path"),
        ("runbook: the wiki", "is neither a web address nor a path"),
        ("for: soon", "\"soon\" is not a duration"),
        ("for: -5m", "\"-5m\" is not a duration"),
        ("keep_firing_for: 5", "\"5\" is not a duration"),
        ("id: Backend Down", "cannot be a rule's id"),
        ("id: ''", "cannot be a rule's id"),
        ("labels: {severity: high}", "the label \"severity\" belongs to Lookout"),
        ("labels: [a]", "expected a mapping"),
        ("match: {prob: x}", "unknown key \"prob\" - did you mean \"probe\"?"),
        (
            "match: {probe: backend-helth}",
            "there is no probe \"backend-helth\" - did you mean \"backend-health\"?"
        ),
        (
            "match: {environment: [production, stagin]}",
            "there is no environment \"stagin\" - did you mean \"staging\"?"
        ),
        ("match: {type: htp}", "there is no probe type \"htp\""),
        ("match: {probe: []}", "\"probe\" is an empty list, which matches nothing"),
        ("match: {probe: ''}", "a name is missing here"),
        ("exprr: 'true'", "unknown key \"exprr\" - did you mean \"expr\"?"),
    ])
    func `each wrong key is an error`(line: String, message: String) throws {
        let key = String(line.prefix { $0 != ":" })
        let sound = ["id: rule", "severity: 2", "summary: text", "expr: sample.ok"]
        let lines = sound.filter { !$0.hasPrefix("\(key):") } + [line]
        let text = "groups:\n  - name: g\n    rules:\n      - " + lines.joined(separator: "\n        ")
        let found = try RuleFixture.findings(text)
        #expect(found.contains { $0.contains(" error: ") && $0.contains(message) }, "\(found)")
    }

    @Test(arguments: ["id", "severity", "summary"])
    func `a required key that is missing is an error`(key: String) throws {
        let sound = ["id: rule", "severity: 2", "summary: text", "expr: sample.ok"]
        let lines = sound.filter { !$0.hasPrefix("\(key):") }
        let text = "groups:\n  - name: g\n    rules:\n      - " + lines.joined(separator: "\n        ")
        #expect(try RuleFixture.findings(text).contains { $0.contains("error: \"\(key)\" is missing") })
    }

    @Test func `all mistakes of all files come at once in the order of their lines`() throws {
        let first = """
            groups:
              - name: one
                rules:
                  - {id: same, expr: sample.okay, severity: 2, summary: "{{ nope }}"}
                  - {id: broken, exp: 1, expr: sample.ok + 1, severity: 2, summary: "{{ }}"}
            """
        let second = """
            groups:
              - name: two
                rules:
                  - {id: same, expr: sample.ok, severity: 9, summary: x, match: {probe: backend-healht}}
                  - {id: same, expr: sample.ok, severity: 2, summary: x}
                  - {id: same, expr: sample.ok, severity: 2, summary: x}
            """
        let found = try RuleFixture.findings(first, second)
        let expected = [
            ("a:4:", "undefined field 'okay'"), ("a:4:", "undeclared reference to 'nope'"),
            ("a:5:", "unknown key \"exp\""), ("a:5:", "no matching overload"),
            ("a:5:", "no expression between"), ("b:4:", "severity 9"),
            ("b:5:", "there are two rules \"same\""),
            ("b:6:", "there are two rules \"same\" - the first is at a.yaml:4:9"),
        ]
        for (place, message) in expected {
            #expect(
                found.contains { $0.hasPrefix(place) && $0.contains(message) },
                "\(place) \(message): \(found)"
            )
        }
    }

    @Test func `an error in an expression shows the line and a caret`() throws {
        let (_, diagnostics) = try RuleFixture.compile(RuleFixture.file("expr: sample.ok && sample.okay"))
        let excerpt = try #require(diagnostics.errors.first?.excerpt)
        #expect(excerpt == " | sample.ok && sample.okay\n | ...................^")
    }

    @Test(arguments: [
        ("severity: 1", "can wake somebody with severity 1 and has no runbook"),
        ("severity: 'environment.name == \"production\" ? 1 : 2'", "can wake somebody with severity 1"),
        ("match: {labels: {team: none}}", "is about none of the checks"),
        ("match: {probe: chat-websocket}", "there is no probe \"chat-websocket\""),
        ("for: 10s", "for: 10s is shorter than the interval of production/"),
    ])
    func `what is hardly meant is a warning and no error`(line: String, message: String) throws {
        let key = String(line.prefix { $0 != ":" })
        let sound = ["id: rule", "severity: 2", "summary: text", "expr: sample.ok"]
        let lines = sound.filter { !$0.hasPrefix("\(key):") } + [line]
        let text = "groups:\n  - name: g\n    rules:\n      - " + lines.joined(separator: "\n        ")
        let (rules, diagnostics) = try RuleFixture.compile(text)
        #expect(rules != nil)
        #expect(diagnostics.warnings.contains { $0.message.contains(message) }, "\(diagnostics.all)")
    }

    @Test func `a window with more samples than are kept is a warning`() throws {
        let scope = RuleScope(
            types: RuleFixture.types,
            environments: RuleFixture.environments,
            checks: [RuleFixture.check(interval: .seconds(2))]
        )
        let found = try RuleFixture.findings(RuleFixture.file("expr: p95(\"24h\") > p50(5)"), scope: scope)
        #expect(found.contains { $0.contains("more than the 25000 samples that are kept") })
    }

    @Test func `windows are found wherever an expression can have them`() throws {
        let (rules, diagnostics) = try RuleFixture.compile(
            RuleFixture.file(
                """
                expr: |-
                          // failures("23h") in a comment, and in a string:
                          sample.message != "failures('22h')" && failures( '7m' ) > 0
                          && success_ratio(duration("2h"), 3) < 0.5 || changed("version", "90m")
                          || [1].exists(x, sample.attempts == x && avg(300) > duration("1s"))
                """
            )
        )
        #expect(diagnostics.all.isEmpty, "\(diagnostics.all)")
        let demand = try #require(rules?.rules.first?.demand)
        #expect(demand.age == .seconds(5400) && demand.count == 300)
        #expect(demand.counted == [.seconds(420), .seconds(7200)])
    }

    @Test(arguments: ["", "groups: 5", "groups: [1]", "rules: []", "[]", "groups:\n  - rules: []", "x"])
    func `a file of another shape is an error`(text: String) throws {
        let text = text.isEmpty ? "{}" : text
        #expect(try !RuleFixture.findings(text).isEmpty)
        #expect(try RuleFixture.compile(text).rules == nil)
    }

    @Test func `no files are no rules`() {
        let (rules, diagnostics) = RuleCompiler(scope: RuleFixture.scope).compile([])
        #expect(rules?.rules.isEmpty == true)
        #expect(diagnostics.all.isEmpty)
    }
}
