import LookoutModel
import LookoutRules
import Testing

/// `on_no_data`: what a rule makes of having nothing to judge by.
@Suite struct NoDataPolicyTests {
    private static let check = RuleFixture.check()

    private static func judge(
        _ policy: String,
        _ keys: String,
        severity: String = "2",
        of sample: Sample = RuleFixture.sample()
    ) throws -> Judgement {
        var engine = try RuleFixture.engine(
            RuleFixture.file("on_no_data: \(policy)\n        \(keys)", severity: severity)
        )
        return try #require(engine.observe(sample, of: check, at: RuleFixture.now).first)
    }

    @Test(arguments: [
        "expr: failures(5) >= 1", #"expr: success_ratio("1h") < 0.5"#, "expr: previous.failed",
        "expr: sample.ok\n        when: sample.failed", #"expr: last("version") == "1""#,
        "expr: deployment.watching", "expr: sample.ok\n        when: previous.ok",
    ])
    func `too little to judge by, and a sample that is not concerned, are no data`(keys: String) throws {
        #expect(try Self.judge("keep", keys).outcome == .noData)
        #expect(try Self.judge("ok", keys).outcome == .clear)
        let alert = try Self.judge("alert", keys)
        #expect(alert.outcome == .holds(.major))
        #expect(alert.texts.summary == "text")
        #expect(alert.texts.description.hasPrefix("No data: "))
    }

    @Test func `a target that could not be asked is no data`() throws {
        let sample = RuleFixture.sample(.error("no descriptors left"))
        #expect(try Self.judge("keep", "expr: sample.failed", of: sample).outcome == .noData)
        #expect(try Self.judge("ok", "expr: sample.failed", of: sample).outcome == .clear)
        let alert = try Self.judge("alert", "expr: sample.failed\n        description: more", of: sample)
        #expect(alert.outcome == .holds(.major))
        #expect(
            alert.texts.description == "No data: the target could not be asked: no descriptors left. more"
        )
    }

    @Test(arguments: ["keep", "ok", "alert"])
    func `while nothing can be said about any target every rule holds`(policy: String) throws {
        let sample = RuleFixture.sample(.inconclusive("Lookout is offline"))
        let judged = try Self.judge(policy, "expr: sample.ok", of: sample)
        #expect(judged.outcome == .hold("Lookout is offline"))
        #expect(judged.texts == AlertTexts())
    }

    @Test(arguments: ["keep", "ok", "alert"])
    func `an error of the rule is none of it`(policy: String) throws {
        guard case .error = try Self.judge(policy, "expr: sample.json.a == 1").outcome else {
            Issue.record("not an error")
            return
        }
    }

    @Test func `a severity that has no data either is the mildest`() throws {
        let judged = try Self.judge("alert", "expr: failures(5) >= 1", severity: "'failures(9) > 1 ? 1 : 2'")
        #expect(judged.outcome == .holds(.minor))
    }

    @Test(arguments: ["keep", "ok", "alert"])
    func `what only the store lacks is no data whatever the rule says`(policy: String) throws {
        let stored = RuleFixture.sample(observation: nil)
        #expect(try Self.judge(policy, "expr: sample.body == \"\"", of: stored).outcome == .noData)
    }

    @Test func `counts tell no data from what the policy makes of it`() throws {
        var engine = try RuleFixture.engine(
            RuleFixture.file("on_no_data: alert\n        expr: failures(2) == 2")
        )
        for outcome in [RuleFixture.refused, RuleFixture.refused, .ok] {
            _ = engine.observe(RuleFixture.sample(outcome), of: Self.check, at: RuleFixture.now)
        }
        let statistics = try #require(engine.statistics["rule"])
        #expect(statistics.evaluations == 3 && statistics.noData == 1 && statistics.holds == 1)
    }
}
