import LookoutModel
import LookoutRules
import LookoutSettings
import Testing

@Suite struct ObjectiveTests {
    private func rule(_ slo: String, _ more: String = "") throws -> CompiledRule {
        let (rules, diagnostics) = try RuleFixture.compile(
            RuleFixture.rules("id: budget, runbook: docs/slo.md, slo: {\(slo)}\(more)")
        )
        #expect(diagnostics.sorted.map(\.rendered) == [])
        return try #require(rules?.rules.first)
    }

    @Test func `the rows of thirty days are those that the SRE workbook and sloth publish`() throws {
        let rule = try rule("objective: 99.9")
        #expect(
            rule.conditionText == """
                (burn_rate(99.9, "1h", 10) > 14.4 && burn_rate(99.9, "5m", 1) > 14.4 && failures("1h") >= 2) \
                || (burn_rate(99.9, "6h", 10) > 6.0 && burn_rate(99.9, "30m", 1) > 6.0 && failures("6h") >= 2) \
                || (burn_rate(99.9, "1d", 10) > 3.0 && burn_rate(99.9, "2h", 1) > 3.0 && failures("1d") >= 2) \
                || (burn_rate(99.9, "3d", 10) > 1.0 && burn_rate(99.9, "6h", 10) > 1.0 && failures("3d") >= 2)
                """
        )
    }

    /// sloth's catalogue for four weeks, and the usual weekly rows.
    @Test(arguments: [
        ("28d", ["\"1h\", 10) > 13.44", "\"6h\", 10) > 5.6", "\"1d\", 10) > 2.8", "\"3d\", 10) > 0.933"]),
        ("7d", ["\"1h\", 10) > 16.8", "\"6h\", 10) > 5.6", "\"1d\", 10) > 2.8"]),
        ("90d", ["\"1h\", 10) > 43.2", "\"6h\", 10) > 18.0", "\"1d\", 10) > 9.0", "\"3d\", 10) > 3.0"]),
        ("14d", ["\"1h\", 10) > 6.72", "\"6h\", 10) > 2.8", "\"1d\", 10) > 1.4"]),
    ])
    func `another period has its own factors`(period: String, rows: [String]) throws {
        let text = try rule("objective: 99.9, period: \(period)").conditionText
        for row in rows { #expect(text.contains(row), "\(text)") }
        #expect(text.split(separator: " || ").count == rows.count)
    }

    @Test func `a row that asks for more failures than there are samples is left out`() throws {
        let text = try rule("objective: 90").conditionText
        #expect(!text.contains("> 14.4"))
        #expect(text.hasPrefix("(burn_rate(90.0, \"6h\", 10) > 6.0"))
    }

    @Test func `the severity is the page's while a page's row is certain, else the ticket's`() throws {
        let rule = try rule("objective: 99.9, min_samples: 24, min_failures: 1, page: 2, ticket: 3")
        #expect(
            rule.severityText == """
                (count("1h") >= 24 && count("5m") >= 2 && burn_rate(99.9, "1h", 24) > 14.4 \
                && burn_rate(99.9, "5m", 2) > 14.4) || (count("6h") >= 24 && count("30m") >= 2 \
                && burn_rate(99.9, "6h", 24) > 6.0 && burn_rate(99.9, "30m", 2) > 6.0) ? 2 : 3
                """
        )
    }

    @Test func `a severity of the rule itself takes the place of both`() throws {
        #expect(try rule("objective: 99.9", ", severity: 2").severityText == "2")
    }

    @Test(arguments: [
        ("period: 30d", "\"objective\" is missing"),
        ("objective: 0.999", "an objective of 0.999 % cannot be alerted on - it is given in percent: 99.9"),
        ("objective: 100", "an objective of 100.0 % cannot be alerted on"),
        ("objective: high", "expected a number, found \"high\""),
        ("objective: 99.9, period: 1d", "1d is not from 7d to 90d"),
        ("objective: 99.9, min_samples: 0", "0 is not from 1 to 100000"),
        ("objective: 99.9, min_failures: 0", "0 is not from 1 to 100000"),
        ("objective: 99.9, page: 3, ticket: 1", "ticket: 1 is worse than page: 3"),
        ("objective: 99.9, page: 5", "severity 5 does not exist"),
        ("objectiv: 99.9", "unknown key \"objectiv\" - did you mean \"objective\"?"),
        ("objective: 50, period: 90d", "this objective cannot be missed fast enough to alert"),
    ])
    func `a wrong objective is an error`(slo: String, message: String) throws {
        let found = try RuleFixture.findings(RuleFixture.rules("slo: {\(slo)}"))
        #expect(found.contains { $0.contains(" error: ") && $0.contains(message) }, "\(found)")
    }

    @Test func `an objective of an environment is an error`() throws {
        let found = try RuleFixture.findings(RuleFixture.rules("scope: environment, slo: {objective: 99.9}"))
        #expect(found.contains { $0.contains("an objective is about a check") }, "\(found)")
    }

    @Test func `windows that hold too few samples are a warning at the objective`() throws {
        let scope = RuleScope(
            types: RuleFixture.types,
            environments: RuleFixture.environments,
            checks: [RuleFixture.check(interval: .seconds(600))]
        )
        let text =
            "groups:\n  - name: g\n    rules:\n      - id: b\n        runbook: a.md\n        slo: {objective: 99}\n"
        #expect(
            try RuleFixture.findings(text, scope: scope) == [
                "a:6:14 warning: rule b: 1h hold 6 samples of production/backend-health, min_samples asks for 10 "
                    + "- that window never counts; ask more often, or for fewer samples"
            ]
        )
    }

    @Test func `a page of severity 1 without runbook is a warning`() throws {
        let found = try RuleFixture.findings(RuleFixture.rules("slo: {objective: 99.9}"))
        #expect(found.contains { $0.contains("has no runbook") }, "\(found)")
        #expect(try RuleFixture.findings(RuleFixture.rules("slo: {objective: 99.9, page: 2}")) == [])
    }
}
