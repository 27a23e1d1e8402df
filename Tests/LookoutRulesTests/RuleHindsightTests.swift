import LookoutModel
import LookoutRules
import Testing

/// What a rule sees of earlier samples and of other probes.
@Suite struct RuleHindsightTests {
    private static func history(_ outcomes: [Outcome], every seconds: Int64 = 30) -> [Sample] {
        outcomes.enumerated().map { index, outcome in
            RuleFixture.sample(outcome, at: 1_000_000 - Int64(outcomes.count - index) * seconds)
        }
    }

    @Test(arguments: [
        (#"failures("2m") == 3"#, Judgement.Outcome.holds(.major)),
        (#"failures(duration("2m")) == 3 && count("2m") == 4"#, .holds(.major)),
        (#"failures(5) == 4"#, .holds(.major)),
        (#"failures(500) == 4"#, .noData),
        (#"consecutive_failures() == 3"#, .holds(.major)),
        (#"success_ratio("2m") < 0.5"#, .holds(.major)),
        (#"success_ratio("10m") < 0.5"#, .noData),
        (#"success_ratio("10m", 5) < 0.5"#, .holds(.major)),
        (#"sample.failed || success_ratio("10m") < 0.5"#, .holds(.major)),
        (#"sample.ok && success_ratio("10m") < 0.5"#, .clear),
        (#"p95("2m") >= p50("2m") && max("2m") >= p99("2m") && min("2m") <= avg("2m")"#, .holds(.major)),
        (#"changed("status", "10m")"#, .clear),
        (#"changed("colour", "10m")"#, .error("")),
        (#".failures("3m") > 0"#, .holds(.major)),
        (#"last("status") == 200"#, .holds(.major)),
        (#"last("version") == "1""#, .noData),
    ])
    func `rules look back`(expression: String, expected: Judgement.Outcome) throws {
        let earlier = Self.history([.ok, RuleFixture.refused, .ok, RuleFixture.refused, RuleFixture.refused])
        let outcome = try RuleFixture.outcome(
            expression,
            of: RuleFixture.sample(RuleFixture.refused),
            after: earlier
        )
        if case (.error?, .error) = (outcome, expected) { return }
        #expect(outcome == expected)
    }

    @Test func `previous is the conclusive sample before, and no data for the first`() throws {
        var engine = try RuleFixture.engine(
            RuleFixture.file(
                "expr: previous.ok && previous.version != sample.version && !has(previous.status)"
            )
        )
        let check = RuleFixture.check()
        func observe(_ outcome: Outcome, _ version: String) -> Judgement.Outcome? {
            let sample = RuleFixture.sample(outcome, status: nil, version: version)
            return engine.observe(sample, of: check, at: RuleFixture.now).first?.outcome
        }
        #expect(observe(.ok, "1") == .noData)
        #expect(observe(.error("x"), "2") == .noData)
        #expect(observe(.ok, "1") == .clear)
        #expect(observe(.ok, "2") == .holds(.major))
        engine.seed([RuleFixture.sample(at: 5, status: nil, version: "7")], of: check.id)
        #expect(observe(.ok, "8") == .holds(.major))
    }

    @Test func `rules know whether another probe of the environment fails`() throws {
        var engine = try RuleFixture.engine(
            RuleFixture.file(#"expr: probe_failing("backend-health")"# + "\n        match: {probe: frontend}")
        )
        let frontend = RuleFixture.check("production", "frontend", type: "page")
        func frontendOutcome() -> Judgement.Outcome? {
            engine.observe(RuleFixture.sample(of: frontend.id), of: frontend, at: RuleFixture.now).first?
                .outcome
        }
        func health(_ outcome: Outcome, _ environment: String) {
            let check = RuleFixture.check(environment)
            _ = engine.observe(RuleFixture.sample(outcome, of: check.id), of: check, at: RuleFixture.now)
        }
        #expect(frontendOutcome() == .clear)
        health(RuleFixture.refused, "staging")
        #expect(frontendOutcome() == .clear)
        health(RuleFixture.refused, "production")
        #expect(frontendOutcome() == .holds(.major))
        health(.inconclusive("offline"), "production")
        #expect(frontendOutcome() == .holds(.major))
        health(.ok, "production")
        #expect(frontendOutcome() == .clear)
    }
}
