import LookoutRehearsal
import LookoutSettings
import LookoutTestSupport
import Testing

/// A runner that cannot fail proves nothing: each kind of expectation is broken once, and the failure
/// has to name what is wrong and stand at the expectation's place.
@Suite struct `wrong expectations` {
    /// A test that fails, and the one failure that it must give.
    struct Case: CustomTestStringConvertible, Sendable {
        let expectation: String
        let failure: String
        var testDescription: String { failure }
    }

    /// A check that fails from 1m to 4m: pending at 1m, firing from 2m, recovering at 5m, resolved at 6m.
    private static let head = """
        tests:
          - name: t
            input_samples:
              - {check: production/site, values: 'ok fail x4 ok x5'}
              - {check: production/queue, values: [{json: {depth: 1}, repeat: 10}]}

        """

    private static let cases = [
        Case(
            expectation: "alert_rule_test: [{eval_time: 3m, alertname: failing}]",
            failure: "7:23 failing fires at 3m, and must not"
        ),
        Case(
            expectation: "alert_rule_test: [{eval_time: 3m, alertname: failing, exp_alerts: []}]",
            failure: "7:23 failing fires at 3m, and must not"
        ),
        Case(
            expectation: "alert_rule_test: [{eval_time: 1m, alertname: failing, exp_alerts: [{}]}]",
            failure: "7:72 failing does not fire at 1m"
        ),
        Case(
            expectation: "alert_rule_test: [{eval_time: 6m, alertname: failing, exp_alerts: [{}]}]",
            failure: "7:72 failing does not fire at 6m"
        ),
        Case(
            expectation:
                "alert_rule_test: [{eval_time: 3m, alertname: failing, exp_alerts: [{severity: 1}]}]",
            failure: "7:72 failing has other alerts at 3m than expected"
        ),
        Case(
            expectation: "alert_rule_test: [{eval_time: 3m, alertname: failing, exp_alerts: [{}, {}]}]",
            failure: "7:76 failing has other alerts at 3m than expected"
        ),
        Case(
            expectation:
                "alert_rule_test: [{eval_time: 5m, alertname: failing, exp_alerts: [{state: firing}]}]",
            failure: "7:72 failing has other alerts at 5m than expected"
        ),
        Case(
            expectation:
                "alert_rule_test: [{eval_time: 3m, alertname: failing, exp_alerts: [{check: production/queue}]}]",
            failure: "7:72 failing has other alerts at 3m than expected"
        ),
        Case(
            expectation: """
                alert_rule_test: [{eval_time: 3m, alertname: failing, exp_alerts: [
                        {exp_labels: {environment: production, probe: site}}]}]
                """,
            failure: "8:9 failing has other alerts at 3m than expected"
        ),
        Case(
            expectation: """
                alert_rule_test: [{eval_time: 3m, alertname: failing, exp_alerts: [
                        {exp_labels: {environment: production, probe: site, team: core, severity: 3}}]}]
                """,
            failure: "8:9 failing has other alerts at 3m than expected"
        ),
        Case(
            expectation: """
                alert_rule_test: [{eval_time: 3m, alertname: failing, exp_alerts: [
                        {exp_labels: {environment: production, probe: site, team: core, alertname: other}}]}]
                """,
            failure: "8:9 failing has other alerts at 3m than expected"
        ),
        Case(
            expectation: """
                alert_rule_test: [{eval_time: 3m, alertname: failing, exp_alerts: [
                        {exp_annotations: {summary: "failed in this test: condition", more: x}}]}]
                """,
            failure: "8:9 failing has other alerts at 3m than expected"
        ),
        Case(
            expectation:
                "alert_rule_test: [{eval_time: 3m, alertname: failing, exp_alerts: [{summary: other}]}]",
            failure: "7:72 failing has other alerts at 3m than expected"
        ),
        Case(
            expectation:
                "alert_rule_test: [{eval_time: 3m, alertname: failing, exp_alerts: [{suggest: rollback}]}]",
            failure: "7:72 failing has other alerts at 3m than expected"
        ),
        Case(
            expectation: "alert_rule_test: [{eval_time: 3m, alertname: failing, exp_alerts: [{runbook: a}]}]",
            failure: "7:72 failing has other alerts at 3m than expected"
        ),
        Case(
            expectation: "exp_state_at: [{alertname: failing, states: {1m: firing}}]",
            failure: "7:50 failing is not firing at 1m"
        ),
        Case(
            expectation: "exp_state_at: [{alertname: failing, states: {1m: pending, 3m: firing(1)}}]",
            failure: "7:63 failing is not firing at 3m"
        ),
        Case(
            expectation: "exp_state_at: [{alertname: failing, states: {3m: inactive}}]",
            failure: "7:50 failing is not inactive at 3m"
        ),
        Case(
            expectation: "exp_notifications: []",
            failure: "7:24 2 notifications came that are not expected"
        ),
        Case(
            expectation: "exp_notifications: [{receiver: default, kind: firing, at: 2m}]",
            failure: "7:24 a notification came that is not expected"
        ),
        Case(
            expectation: """
                exp_notifications:
                      - {receiver: default, kind: firing, at: 2m}
                      - {receiver: default, kind: resolved, at: 7m}
                """,
            failure: "9:9 a notification did not come"
        ),
        Case(
            expectation: """
                exp_notifications:
                      - {receiver: default, kind: firing, between: [0, 119s]}
                      - {receiver: default, kind: resolved}
                """,
            failure: "8:9 a notification did not come"
        ),
        Case(
            expectation: """
                exp_notifications:
                      - {receiver: default, kind: firing, severity: 1}
                      - {receiver: default, kind: resolved}
                """,
            failure: "8:9 a notification did not come"
        ),
        Case(
            expectation: """
                exp_notifications:
                      - {receiver: default, kind: firing, attempts: 2}
                      - {receiver: default, kind: resolved}
                """,
            failure: "8:9 a notification did not come"
        ),
        Case(
            expectation: """
                exp_notifications:
                      - {receiver: default, kind: firing, labels: {team: web}}
                      - {receiver: default, kind: resolved}
                """,
            failure: "8:9 a notification did not come"
        ),
        Case(
            expectation: """
                exp_notifications:
                      - {receiver: default, kind: firing}
                      - {receiver: default, kind: escalated}
                      - {receiver: default, kind: resolved}
                """,
            failure: "9:9 a notification did not come"
        ),
        Case(
            expectation: "exp_errors: [{alertname: deep}]",
            failure: "7:18 an error of a rule did not come"
        ),
        Case(
            expectation: "cel_expr_test: [{expr: 1 + 1, exp_value: 3}]",
            failure: "7:21 1 + 1 has another value"
        ),
        Case(
            expectation: "cel_expr_test: [{expr: 1 + 1, exp_value: \"2\"}]",
            failure: "7:21 1 + 1 has another value"
        ),
        Case(
            expectation: "cel_expr_test: [{expr: 1 / 0, exp_value: 3}]",
            failure: "7:21 1 / 0 cannot be evaluated"
        ),
        Case(
            expectation: "cel_expr_test: [{expr: 1 + 1, exp_error: division}]",
            failure: "7:21 1 + 1 has a value, and must not"
        ),
        Case(
            expectation: "cel_expr_test: [{expr: 1 / 0, exp_error: overflow}]",
            failure: "7:21 1 / 0 has another error"
        ),
        Case(
            expectation:
                "cel_expr_test: [{expr: sample.ok, check: production/site, eval_time: 1m, exp_value: true}]",
            failure: "7:21 sample.ok has another value"
        ),
    ]

    @Test(arguments: cases)
    func `one fails at its place and nothing else does`(wrong: Case) throws {
        let result = try RuleTestFixture.run(Self.head + "    " + wrong.expectation + "\n")
        #expect(result.errors == [])
        #expect(result.failures == [wrong.failure])
        #expect(!result.isPassed)
    }

    @Test func `an error of a rule that nobody expects fails the test`() throws {
        let result = try RuleTestFixture.run(
            """
            tests:
              - input_samples:
                  - check: production/queue
                    values: [{json: {depth: 1}}, {json: {length: 1}}, {json: {depth: 1}}]
            """
        )
        #expect(
            result.failures == [
                "3:5 deep cannot be evaluated from 1m on; if it must be so, say it in exp_errors"
            ]
        )
        let got = try #require(result.tests.first?.failures.first?.got.first)
        #expect(got.contains("depth"))
    }

    @Test func `an expected error of another time or text does not count`() throws {
        let samples = """
            tests:
              - input_samples:
                  - check: production/queue
                    values: [{json: {depth: 1}}, {json: {length: 1}}, {json: {depth: 1}}]

            """
        for wrong in ["at: 0", "at: 2m", "between: [2m, 9m]", "contains: nonsense"] {
            let result = try RuleTestFixture.run(samples + "    exp_errors: [{alertname: deep, \(wrong)}]\n")
            #expect(result.failures.count == 2, "\(wrong)")
        }
        for right in ["at: 1m", "between: [0, 1m]", "contains: depth", "at: 119s"] {
            let result = try RuleTestFixture.run(samples + "    exp_errors: [{alertname: deep, \(right)}]\n")
            #expect(result.failures == [], "\(right)")
        }
    }

    @Test func `a broad expectation leaves a narrow one what only that fits`() throws {
        let result = try RuleTestFixture.run(
            """
            tests:
              - input_samples:
                  - {check: production/site, values: 'fail x5'}
                  - {check: staging/site, values: 'fail x5'}
                alert_rule_test:
                  - eval_time: 3m
                    alertname: failing
                    exp_alerts: [{}, {check: production/site}]
                exp_notifications:
                  - {receiver: default, kind: firing}
                  - {receiver: default, kind: firing, check: production/site}
            """
        )
        #expect(result.failures == [])
    }

    @Test func `the report shows what was expected and what came`() throws {
        let result = try RuleTestFixture.run(
            Self.head
                + "    alert_rule_test: [{eval_time: 3m, alertname: failing, exp_alerts: [{severity: 1}]}]\n"
        )
        let folder = result.path.dropLast("tests.yaml".count)
        let text = RuleTestReport(showsDifference: true).text(result).replacing(folder, with: "")
        #expect(
            text == """
                Rule tests: tests.yaml
                  tests.yaml:7:72: FAIL t: failing has other alerts at 3m than expected
                      - expected  + got
                      - any firing
                      -   severity: 1
                      + production/site firing
                      +   severity: 2
                      around that time:
                        1m failing of production/site: inactive -> pending (appeared, severity 2)
                        2m failing of production/site: pending -> firing (held, severity 2)
                        5m failing of production/site: firing -> recovering (cleared, severity 2)
                        6m failing of production/site: recovering -> resolved (recovered, severity 2)
                  FAILED  1 failed, 0 passed

                """
        )
    }
}
