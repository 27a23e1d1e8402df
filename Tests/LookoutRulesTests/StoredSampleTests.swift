import LookoutModel
import LookoutRules
import Testing

/// Samples that come back from the store, without what was seen.
@Suite struct StoredSampleTests {
    private static func outcome(
        _ expression: String,
        _ outcome: Outcome = .ok,
        status: Int? = 200,
        tls: Duration? = .milliseconds(5)
    ) throws -> (Judgement.Outcome?, [String: Int]?) {
        var engine = try RuleFixture.engine(RuleFixture.file("expr: |-\n          \(expression)"))
        var sample = RuleFixture.sample(outcome, status: status, observation: nil)
        sample.timings.tls = tls
        let judged = engine.observe(sample, of: RuleFixture.check(), at: RuleFixture.now)
        return (judged.first?.outcome, engine.statistics["rule"]?.unstored)
    }

    @Test(arguments: [
        ("sample.json.status == 1", "json"), ("has(sample.json)", "json"), ("!has(sample.body)", "body"),
        (#"sample.?json.?status.orValue("") != "healthy""#, "json"), ("size(sample.headers) == 0", "headers"),
        ("sample.certificate.trusted", "certificate"), ("sample.findings == []", "findings"),
        ("sample.http.is_json", "http"), ("has(sample.http)", "http"),
    ])
    func `what was seen is no data, not absent`(expression: String, field: String) throws {
        let (outcome, unstored) = try Self.outcome(expression)
        #expect(outcome == .noData)
        #expect(unstored == ["sample.\(field)": 1])
    }

    @Test(arguments: [
        (
            "!has(sample.json) && !has(sample.body) && !has(sample.headers)", RuleFixture.refused,
            nil as Duration?
        ),
        ("!has(sample.certificate)", RuleFixture.refused, nil),
        (#"sample.failure == "connect" || has(sample.json)"#, RuleFixture.refused, .zero),
        (
            "sample.failed && !(has(sample.certificate) && !sample.certificate.trusted)", RuleFixture.refused,
            nil
        ),
        ("!has(sample.page)", RuleFixture.refused, nil),
    ])
    func `what cannot have been there is absent`(expression: String, outcome: Outcome, tls: Duration?) throws
    {
        let (found, unstored) = try Self.outcome(expression, outcome, status: nil, tls: tls)
        #expect(found == .holds(.major))
        #expect(unstored == [:])
    }

    @Test func `a failed handshake may have shown a certificate`() throws {
        let refused = Outcome.failed(Failure(.tls, "expired"))
        let (outcome, _) = try Self.outcome("has(sample.certificate)", refused, status: nil, tls: nil)
        #expect(outcome == .noData)
    }

    @Test func `what is stored is there`() throws {
        let (outcome, unstored) = try Self.outcome(
            #"sample.ok && sample.status == 200 && sample.duration == duration("120ms") && sample.attempts == 1"#
        )
        #expect(outcome == .holds(.major))
        #expect(unstored == [:])
    }
}
