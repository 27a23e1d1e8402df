import LookoutModel
import LookoutRules
import Testing

/// What the rows of an objective say of samples.
@Suite struct ObjectiveJudgingTests {
    private static let start: Int64 = 1_000_000_000

    /// The last judgement over samples at an interval, of which those at some places fail.
    private func judge(
        _ slo: String,
        every interval: Int64,
        count: Int,
        failing: Set<Int>
    ) throws -> Judgement? {
        let text = RuleFixture.rules(
            "id: budget, match: {probe: backend-health}, runbook: a.md, slo: {\(slo)}"
        )
        let check = RuleFixture.check(interval: .seconds(interval))
        let scope = RuleScope(
            types: RuleFixture.types,
            environments: RuleFixture.environments,
            checks: [check]
        )
        var engine = try RuleFixture.engine(text, scope: scope)
        var last: Judgement?
        for place in 0..<count {
            let seconds = Self.start + Int64(place) * interval
            let outcome = failing.contains(place) ? RuleFixture.refused : .ok
            let now = Moment(
                wall: Timestamp(seconds: seconds),
                monotonic: .seconds(Int64(place) * interval)
            )
            last = engine.observe(RuleFixture.sample(outcome, at: seconds), of: check, at: now).first
        }
        return last
    }

    @Test(
        arguments: [
            ([], nil), ([119], nil), ([118, 119], 1), ([117, 118, 119], 1), ([20, 21, 22], 3),
        ] as [(Set<Int>, Int?)]
    )
    func `an hour that burns the budget pages while it goes on`(failing: Set<Int>, severity: Int?) throws {
        let judgement = try judge("objective: 99.9", every: 30, count: 120, failing: failing)
        let expected = severity.flatMap { Severity(rawValue: $0) }.map { Judgement.Outcome.holds($0) }
        #expect(judgement?.outcome == expected ?? .clear)
    }

    @Test func `a budget that goes slowly is a ticket, and the texts say so`() throws {
        let judgement = try judge("objective: 99.9", every: 300, count: 864, failing: [200, 500, 862])
        #expect(judgement?.outcome == .holds(.minor))
        #expect(
            judgement?.texts.summary
                == "production: backend-health spends its error budget too fast: more than 1 times in 3d and in 6h, "
                + "so that all of it is gone within 30d"
        )
        #expect(judgement?.texts.description.contains("13.8889 in 6h") == true)
        #expect(judgement?.texts.description.contains("3.4722 in 3d") == true)
    }

    @Test func `too few samples are no data, not a burnt budget`() throws {
        let judgement = try judge(
            "objective: 99.9, min_samples: 50",
            every: 60,
            count: 20,
            failing: [18, 19]
        )
        #expect(judgement?.outcome == .noData)
    }

    /// An hour with too few samples says nothing of the page's row; the ticket's rows still do.
    @Test func `a window without data hides no other`() throws {
        let judgement = try judge(
            "objective: 99, min_samples: 20, page: 1, ticket: 3",
            every: 600,
            count: 432,
            failing: Set((300..<432).filter { $0 % 12 == 11 })
        )
        #expect(judgement?.outcome == .holds(.outage))
        let quiet = try judge(
            "objective: 99, min_samples: 20, page: 1, ticket: 3",
            every: 600,
            count: 432,
            failing: Set((300..<432).filter { $0 % 30 == 11 })
        )
        #expect(quiet?.outcome == .holds(.minor))
    }
}
