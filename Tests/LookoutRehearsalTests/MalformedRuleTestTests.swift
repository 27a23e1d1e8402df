import LookoutRehearsal
import LookoutSettings
import LookoutTestSupport
import Testing

/// What a test file can have wrong: each is an error at its place, and no test runs.
@Suite struct `malformed rule tests` {
    /// A file after its `rule_files`, and the errors that it must give, without their hints.
    struct Case: CustomTestStringConvertible, Sendable {
        let text: String
        let errors: [String]
        var testDescription: String { errors.first ?? "" }

        init(_ text: String, _ errors: String...) {
            self.text = text
            self.errors = errors
        }
    }

    private static func values(_ values: String, _ more: String = "") -> String {
        """
        tests:
          - input_samples:
              - {check: production/site, \(more)values: \(values)}
        """
    }

    private static func entry(_ entry: String) -> String {
        """
        tests:
          - input_samples:
              - {check: production/site, values: 'ok x5'}
            \(entry)
        """
    }

    private static let cases = [
        Case("tests: []", "1:1 there is no test"),
        Case("tests: [{name: a}]\nmore: 1", "3:1 unknown key \"more\""),
        Case("tests: [{name: a, inputs: []}]", "2:19 unknown key \"inputs\""),
        Case("tests: [{name: a}, {name: a}]", "2:20 there are two tests \"a\""),
        Case("tests: [{interval: soon}]", "2:20 expected a time such as 5m, found \"soon\""),
        Case("tests: [{start_timestamp: now}]", "2:27 expected a time, found \"now\""),
        Case("group_eval_order: [example, none]\ntests: [{}]", "2:29 there is no group \"none\""),
        Case(
            "group_eval_order: [example, example]\ntests: [{}]",
            "2:29 the group \"example\" is named twice"
        ),
        Case(values("'ok okay'"), "4:46 \"okay\" is not a value"),
        Case(values("'ok fail(slow)'"), "4:46 there is no failure class \"slow\""),
        Case(values("'5x'"), "4:43 \"5x\" is not a number or a series of numbers"),
        Case(values("'5+1'"), "4:43 \"5+1\" is not a number or a series of numbers"),
        Case(values("'ok 5 x3'"), "4:48 a number and its repetitions are one word"),
        Case(values("'x3'"), "4:43 \"x3\" repeats nothing"),
        Case(values("'ok x3 x3'"), "4:49 \"x3\" repeats nothing"),
        Case(values("'okx0'"), "4:43 \"okx0\" is no sample at all"),
        Case(
            values("'1-1x3'"),
            "4:43 a duration cannot be negative, and this comes to -2.0 s"
        ),
        Case(values("'ok 2'", "numbers: up, "), "4:59 up is 1 or 0"),
        Case(values("'200.5'", "numbers: status, "), "4:60 a status is a whole number from 100 to 999"),
        Case(values("'1'", "numbers: speed, "), "4:43 \"speed\" is nothing that numbers can be"),
        Case(values("ok", "type: gopher, "), "4:40 there is no probe type \"gopher\""),
        Case(values("ok", "interval: 10ms, "), "4:17 an interval is from 1s to 366d"),
        Case(values("[{failure: status, outcome: ok}]"), "4:53 a sample that is ok has no failure"),
        Case(values("[{like: other}]"), "4:50 there is no sample \"other\""),
        Case(values("[{repeat: 0}]"), "4:52 repeat 0 is not from 1 to 4000000"),
        Case(
            values("[{certificate: {expires_in: 1d, expires_at: 5}}]"),
            "4:57 expires_in and expires_at exclude each other"
        ),
        Case(values("[{facts: {http: {redirect: 1}}}]"), "4:51 http has no fact \"redirect\""),
        Case(
            values("[{facts: {http: {redirects: many}}}]"),
            "4:51 the fact \"redirects\" of http is a whole number, not \"many\""
        ),
        Case(values("[{facts: {gopher: {a: 1}}}]"), "4:51 there is no probe type \"gopher\""),
        Case(
            "samples: {ok: {}, a: {like: b}, b: {like: a}}\ntests: [{}]",
            "2:43 the sample is like itself: a, b, a",
            "2:29 the sample is like itself: b, a, b",
            "2:15 \"ok\" cannot be a sample's name"
        ),
        Case(
            "tests: [{input_samples: [{check: production, values: ok}]}]",
            "2:34 \"production\" is not a check"
        ),
        Case(
            "tests: [{input_samples: [{check: a/b, values: ok}, {check: a/b}]}]",
            "2:52 the check a/b has two series"
        ),
        Case(
            "tests: [{input_series: [{series: 'up{probe=\"a\"}', values: 1}]}]",
            "2:34 a series needs the labels environment and probe"
        ),
        Case(
            "tests: [{input_series: [{series: 'up{probe=a}', values: 1}]}]",
            "2:44 a value in quotes is missing"
        ),
        Case(
            entry("alert_rule_test: [{eval_time: 1m, alertname: faling}]"),
            "5:50 there is no rule \"faling\""
        ),
        Case(entry("alert_rule_test: [{alertname: failing}]"), "5:23 \"eval_time\" is missing"),
        Case(
            entry("alert_rule_test: [{eval_time: 1m, alertname: failing, exp_alerts: [{check: a/b}]}]"),
            "5:80 the test has no check \"a/b\""
        ),
        Case(
            entry("alert_rule_test: [{eval_time: 1m, alertname: failing, exp_alerts: [{state: inactive}]}]"),
            "5:72 an alert that is inactive is none"
        ),
        Case(
            entry("exp_state_at: [{alertname: failing, states: {1m: flying}}]"),
            "5:54 \"flying\" is not one of inactive, pending, firing, recovering, resolved"
        ),
        Case(
            entry("exp_state_at: [{alertname: failing, states: {1m: firing(4)}}]"),
            "5:54 \"firing(4)\" has no severity from 1 to 3 in its parentheses"
        ),
        Case(
            entry("exp_notifications: [{receiver: slack, kind: fired}]"),
            "5:49 \"fired\" is not one of firing, escalated, deescalated"
        ),
        Case(
            entry("exp_notifications: [{receiver: a, kind: firing, between: [5m, 1m]}]"),
            "5:62 between needs a beginning and an end"
        ),
        Case(
            entry("receivers: [slack]\n    exp_notifications: [{receiver: pager, kind: firing}]"),
            "6:36 there is no receiver \"pager\""
        ),
        Case(
            entry("receivers_script: {slack: [\"200\", \"maybe\"]}"),
            "5:39 \"maybe\" is not an answer of a receiver"
        ),
        Case(
            entry("cel_expr_test: [{expr: 1 + 1}]"),
            "5:21 exactly one of exp_value and exp_error is needed"
        ),
        Case(entry("events: [{at: 1m, type: explosion}]"), "5:29 there is no event \"explosion\""),
        Case(entry("events: [{type: restart}]"), "5:14 \"at\" is missing"),
        Case(entry("events: [{at: 1m, type: restart, by: 1h}]"), "5:38 unknown key \"by\""),
        Case(entry("events: [{at: 1m, type: clock_jump}]"), "5:14 \"by\" is missing"),
        Case(entry("events: [{at: 1m, type: online}]"), "5:14 Lookout is not offline"),
        Case(
            entry("events: [{at: 1m, type: restart, down: 5m}, {at: 2m, type: crash}]"),
            "5:49 this falls into the restart before it, which ends at 6m"
        ),
        Case(entry("events: [{at: 1m, type: silence_end, id: a}]"), "5:46 there is no silence \"a\" then"),
        Case(
            entry("events: [{at: 1m, type: silence_add, id: a, for: 1h, matchers: '{rule=~\"(\"}'}]"),
            "5:76 the regular expression is wrong"
        ),
        Case(
            entry("events: [{at: 1m, type: reload, rule_files: [none.yaml]}]"),
            "5:50 no rule file matches \"none.yaml\""
        ),
        Case(
            entry("events: [{at: 1m, type: ack, alertname: failing}]"),
            "5:45 which alert of failing is it?"
        ),
    ]

    @Test(arguments: cases)
    func `each is an error at its place`(malformed: Case) throws {
        let result = try RuleTestFixture.run(malformed.text)
        #expect(result.tests.isEmpty)
        #expect(!result.isReadable && !result.isPassed)
        #expect(result.errors.count == malformed.errors.count, "\(result.errors)")
        for error in malformed.errors {
            #expect(result.errors.contains { $0.hasPrefix(error) }, "\(error) is not in \(result.errors)")
        }
    }

    @Test func `wrong rules are shown as they are, and nothing runs`() throws {
        let folder = try ScratchFolder("rule-tests")
        try folder.write(
            "groups: [{name: a, rules: [{id: b, expr: 1 +, severity: 3, summary: s}]}]",
            to: "rules.yaml"
        )
        try folder.write("rule_files: [rules.yaml]\ntests: [{}]", to: "tests.yaml")
        let result = try RuleTestFixture.runner().run(folder.file("tests.yaml"))
        #expect(result.errors.count == 1)
        let position = try #require(result.diagnostics.errors.first?.position)
        #expect(position.file.hasSuffix("rules.yaml"))
        #expect(position.line == 1)
    }

    @Test func `a file that is not there is an error`() throws {
        let result = try RuleTestFixture.runner().run("/nowhere/tests.yaml")
        #expect(result.errors.count == 1)
        #expect(!result.isPassed)
    }

    @Test func `without rule_files there has to be a config`() throws {
        let result = try RuleTestFixture.run(file: "tests: [{}]")
        #expect(result.errors == ["1:1 \"rule_files\" is missing"])
    }

    /// Files of a hostile hand: each must be refused at once, whatever it asks for.
    private static let hostile = [
        Case(values("'okx99999999999999999999'"), "4:43 \"okx99999999999999999999\" is more than"),
        Case(values("'ok x4000001'"), "4:46 \"x4000001\" is more than"),
        Case(values("'1x4000000'"), "4:9 the test has more than 4000000 samples"),
        Case(values("'ok x3000000 fail x3000000'"), "4:9 the test has more than 4000000 samples"),
        Case(
            values("[{repeat: 2000000}, {repeat: 2000000}, ok]"),
            "4:9 the test has more than 4000000 samples"
        ),
        Case(values("'ok x4'", "interval: 366d, "), "3:5 the test takes 1098d, more than"),
        Case(
            entry("alert_rule_test: [{eval_time: 99y, alertname: failing}]"),
            "3:5 the test takes 36135d, more than"
        ),
        Case(
            entry("receivers_script: {slack: [\"500 x1000001\"]}"),
            "5:32 \"500 x1000001\" is not an answer of a receiver"
        ),
    ]

    @Test(arguments: hostile)
    func `hostile sizes are refused`(malformed: Case) throws {
        let result = try RuleTestFixture.run(malformed.text)
        #expect(result.tests.isEmpty)
        #expect(result.errors.count == malformed.errors.count, "\(result.errors)")
        for error in malformed.errors {
            #expect(result.errors.contains { $0.hasPrefix(error) }, "\(error) is not in \(result.errors)")
        }
    }

    @Test func `a bomb of aliases is refused`() throws {
        var text = "a0: &a0 [ok, ok, ok, ok, ok, ok, ok, ok, ok, ok]\n"
        for level in 1...9 {
            let inner = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(inner)]\n"
        }
        let result = try RuleTestFixture.run(
            file: text + "tests: [{input_samples: [{check: a/b, values: *a9}]}]"
        )
        #expect(!result.isReadable)
    }
}
