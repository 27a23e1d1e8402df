import LookoutModel
import Testing

@testable import LookoutDaemon

@Suite struct ReportOfOneRound {
    private static let id = CheckID(environment: "production", probe: "backend-health")

    private func result(_ outcome: Outcome, _ judgements: [Judgement.Outcome]) -> CheckReport.Result {
        CheckReport.Result(
            Sample(check: Self.id, startedAt: .epoch, outcome: outcome),
            judgements: judgements.enumerated().map { index, outcome in
                Judgement(
                    alert: AlertID(rule: "rule-\(index)", labels: [:]),
                    outcome: outcome,
                    interval: .seconds(30)
                )
            }
        )
    }

    @Test func `the worst rule gives the severity`() {
        let result = result(.ok, [.holds(.minor), .clear, .holds(.outage), .noData])
        #expect(result.severity == .outage)
        #expect(result.findings.map(\.rule) == ["rule-2", "rule-0"])
        #expect(CheckReport(results: [result]).worstSeverity == .outage)
    }

    @Test func `a failure that no rule speaks of is minor, not nothing`() {
        #expect(result(.failed(Failure(.status, "503")), [.clear]).severity == .minor)
        #expect(result(.ok, [.clear]).severity == nil)
    }

    @Test(arguments: [
        (Outcome.ok, [Judgement.Outcome.clear], true),
        (.failed(Failure(.dns, "no such name")), [.clear], true),
        (.error("out of descriptors"), [.noData], false),
        (.inconclusive("offline"), [.noData], false),
        (.ok, [.error("no such key")], false),
    ])
    func `a round is complete only if everything could be asked and judged`(
        outcome: Outcome,
        judgements: [Judgement.Outcome],
        expected: Bool
    ) {
        #expect(CheckReport(results: [result(outcome, judgements)]).isComplete == expected)
    }
}
