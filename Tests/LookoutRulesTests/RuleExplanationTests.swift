import CEL
import LookoutModel
import LookoutRules
import Testing

/// Why a rule says what it says of the newest sample.
@Suite struct RuleExplanationTests {
    private static let check = RuleFixture.check()
    private static let now = RuleFixture.now

    private static func engine(_ keys: String, severity: String = "2") throws -> RuleEngine {
        try RuleFixture.engine(RuleFixture.file(keys, severity: severity))
    }

    private static func history(_ outcomes: Outcome...) -> [Sample] {
        outcomes.enumerated().map { index, outcome in
            RuleFixture.sample(
                outcome,
                at: 1_000_000 - Int64(outcomes.count - 1 - index) * 30,
                observation: nil
            )
        }
    }

    @Test func `it judges the newest stored sample, with every part's value`() throws {
        var engine = try Self.engine(
            "expr: failures(\"5m\") >= 2 && sample.failed\n        when: has(previous.status)",
            severity: "'environment.name == \"production\" ? 1 : 2'"
        )
        engine.seed(Self.history(.ok, RuleFixture.refused, RuleFixture.refused), of: Self.check.id)
        let explanation = try #require(engine.explain("rule", of: .check(Self.check.id), at: Self.now))
        #expect(explanation.outcome == .holds(.outage))
        #expect(explanation.noDataReason == nil)
        #expect(explanation.sample?.startedAt == Timestamp(seconds: 1_000_000))
        #expect(explanation.alert.rule == "rule")
        let lines = explanation.condition.lines.map { "\($0.text) \($0.outcome)" }
        #expect(lines.contains { $0.hasPrefix("failures(\"5m\") 2") }, "\(lines)")
        #expect(explanation.when != nil && explanation.severity != nil)
        let window = try #require(explanation.windows.first)
        #expect(explanation.windows.count == 1 && window.call == "failures(\"5m\")")
        #expect(window.view.count == 3 && window.view.newest == Timestamp(seconds: 1_000_000))
    }

    @Test func `what is not stored shows as no data`() throws {
        var engine = try Self.engine("expr: sample.headers[\"x\"] == \"y\"")
        engine.seed(Self.history(.ok), of: Self.check.id)
        let explanation = try #require(engine.explain("rule", of: .check(Self.check.id), at: Self.now))
        #expect(explanation.outcome == .noData)
        #expect(explanation.noDataReason == "sample.headers is not stored")
        guard case .failure(let error) = explanation.condition.outcome else {
            Issue.record("\(explanation.condition)")
            return
        }
        #expect(error.code == .noData)
    }

    @Test func `a window with too few samples shows how many there are`() throws {
        var engine = try Self.engine(
            "expr: success_ratio(\"1h\") < 0.5 || baseline(\"p95\", \"5m\", \"1h\") > duration(\"1s\")"
        )
        engine.seed(Self.history(.ok, .ok), of: Self.check.id)
        let explanation = try #require(engine.explain("rule", of: .check(Self.check.id), at: Self.now))
        #expect(explanation.outcome == .noData)
        #expect(explanation.noDataReason?.contains("2 of 60 needed samples in 1h") == true)
        #expect(explanation.windows.map(\.view.count) == [2, 0])
    }

    @Test func `it changes nothing`() throws {
        var engine = try Self.engine("expr: consecutive_failures() == 1")
        engine.seed(Self.history(RuleFixture.refused), of: Self.check.id)
        for _ in 0..<3 {
            let explanation = engine.explain("rule", of: .check(Self.check.id), at: Self.now)
            #expect(explanation?.outcome == .holds(.major))
        }
        #expect(engine.statistics["rule"]?.evaluations == 0)
    }

    @Test func `a rule about an environment is explained by its checks`() throws {
        var engine = try RuleFixture.engine(
            RuleFixture.file("scope: environment\n        expr: checks.all(c, c.failed)")
        )
        #expect(
            engine.explain("rule", of: .environment("production"), at: Self.now)?.noDataReason
                == "not every check of the environment has had a sample"
        )
        for check in RuleFixture.checks {
            engine.seed([RuleFixture.sample(RuleFixture.refused, of: check.id)], of: check.id)
        }
        let explanation = engine.explain("rule", of: .environment("production"), at: Self.now)
        #expect(explanation?.outcome == .holds(.major))
        #expect(explanation?.sample == nil)
    }

    @Test func `there is nothing to explain without a sample, a rule or a check`() throws {
        var engine = try Self.engine("expr: sample.ok")
        #expect(engine.explain("rule", of: .check(Self.check.id), at: Self.now) == nil)
        engine.seed(Self.history(.ok), of: Self.check.id)
        #expect(engine.explain("other", of: .check(Self.check.id), at: Self.now) == nil)
        let nowhere = CheckID(environment: "x", probe: "y")
        #expect(engine.explain("rule", of: .check(nowhere), at: Self.now) == nil)
        #expect(engine.explain("rule", of: .environment("production"), at: Self.now) == nil)
    }
}
