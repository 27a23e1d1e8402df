import LookoutModel
import LookoutRules
import LookoutSettings
import Testing

@Suite struct RuleKeysTests {
    @Test func `every key arrives in the rule`() throws {
        let (rules, diagnostics) = try RuleFixture.compile(
            """
            groups:
              - name: backend
                rules:
                  - {id: backend-down, expr: sample.failed, severity: 2, summary: down}
                  - id: chat-down
                    match: {probe: frontend}
                    when: has(sample.status)
                    expr: sample.status >= 500
                    for: 1m
                    keep_firing_for: 5m
                    min_failures: 5
                    min_successes: 20
                    on_no_data: alert
                    severity: 'environment.name == "production" ? 2 : 3'
                    summary: "{{ probe.name }}"
                    description: more
                    annotations:
                      dashboard: "https://dash.example/{{ environment.name }}"
                      owner: the chat people
                    labels: {team: chat}
                    depends_on: [backend-down]
                    suggest: restore-env
            """
        )
        #expect(diagnostics.sorted.map(\.rendered) == [])
        let rule = try #require(rules?.rules.last)
        #expect(
            rule.holds
                == Judgement.Holds(
                    pending: .seconds(60),
                    keepFiring: .seconds(300),
                    failures: 5,
                    successes: 20
                )
        )
        #expect(rule.scope == .check)
        #expect(rule.noDataPolicy == .alert)
        #expect(rule.parents == ["backend-down"])
        #expect(rule.suggestion == .restoreEnvironment)
        #expect(rule.labels == ["team": "chat"])
        #expect(rule.objective == nil)
    }

    @Test func `what is left out has its default`() throws {
        let rule = try #require(try RuleFixture.compile(RuleFixture.rules("")).rules?.rules.first)
        #expect(rule.holds == Judgement.Holds(pending: .zero, keepFiring: .zero, failures: 1, successes: 1))
        #expect(rule.scope == .check)
        #expect(rule.noDataPolicy == .keep)
        #expect(rule.parents == [])
        #expect(rule.suggestion == nil)
    }

    @Test func `one id needs no list`() throws {
        let text = RuleFixture.rules("id: a", "id: b, depends_on: a")
        #expect(try RuleFixture.compile(text).rules?.rules.last?.parents == ["a"])
    }

    @Test(arguments: [
        ("min_failures: 0", "0 is not from 1 to 1000"), ("min_failures: -1", "-1 is not from 1 to 1000"),
        ("min_failures: many", "expected a whole number, found \"many\""),
        ("min_successes: 1001", "1001 is not from 1 to 1000"),
        ("on_no_data: alrt", "\"alrt\" is not one of keep, ok, alert - did you mean \"alert\"?"),
        ("scope: probe", "\"probe\" is not one of check, environment"),
        ("suggest: roll-back", "\"roll-back\" is not one of rollback, restore-env, none"),
        ("suggest: roll-back", "did you mean \"rollback\"?"),
        ("annotations: [a]", "expected a mapping of keys and values, found a list"),
        ("annotations: {a: '{{ sample.nam }}'}", "undefined field 'nam'"),
        ("annotations: {a: [b]}", "expected an expression, found a list"),
        ("annotations: {a-b: c}", "\"a-b\" cannot be an annotation's name"),
        ("annotations: {summary: c}", "\"summary\" is a key of the rule, not an annotation"),
        ("depends_on: Backend", "\"Backend\" cannot be a rule's id"),
        ("depends_on: {a: b}", "expected a string, found a mapping"),
        ("slo: 99.9", "expected a mapping of keys and values, found a text"),
        ("slo: {objective: 99.9}", "a rule has expr or slo, not both"),
        ("dependson: []", "unknown key \"dependson\" - did you mean \"depends_on\"?"),
    ])
    func `each wrong value is an error`(line: String, message: String) throws {
        let found = try RuleFixture.findings(RuleFixture.rules("expr: sample.failed, " + line))
        #expect(found.contains { $0.contains(" error: ") && $0.contains(message) }, "\(found)")
    }

    @Test func `a rule without condition says what a condition is`() throws {
        let text =
            "groups:\n  - name: g\n    rules:\n      - {id: a, severity: 2, summary: x, exprr: 'true'}\n"
        #expect(
            try RuleFixture.findings(text) == [
                "a:4:9 error: the rule has no condition - write expr: with a CEL condition, or slo: with an objective",
                "a:4:42 error: unknown key \"exprr\" - did you mean \"expr\"?",
            ]
        )
    }

    @Test func `names of rules about checks are refused in rules about environments, each at its place`()
        throws
    {
        let found = try RuleFixture.findings(
            RuleFixture.file(
                """
                scope: environment
                        expr: |-
                          sample.failed || previous.ok
                          || failures("5m") > 1
                """
            )
        )
        let places = [
            ("a:9:11", "'sample'", "a rule about an environment has no sample; use checks"),
            ("a:9:28", "'previous'", "a rule about an environment has no sample; use checks"),
            ("a:10:22", "'failures'", "failures looks back on one check"),
        ]
        for (place, name, hint) in places {
            #expect(
                found.contains {
                    $0.hasPrefix("\(place) error: undeclared reference to \(name)")
                        && $0.contains(" - \(hint)")
                },
                "\(found)"
            )
        }
        #expect(found.count == places.count)
    }

    @Test func `an alert of an environment names no probe`() throws {
        let text = RuleFixture.rules("id: all, scope: environment, expr: 'checks.all(check, check.failed)'")
        let rule = try #require(try RuleFixture.compile(text).rules?.rules.first)
        let check = CheckID(environment: "production", probe: "frontend")
        #expect(rule.alert(for: check) == AlertID(rule: "all", labels: ["environment": "production"]))
    }
}
