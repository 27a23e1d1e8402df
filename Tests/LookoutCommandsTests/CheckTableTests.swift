import LookoutModel
import Testing

@testable import LookoutCommands
@testable import LookoutDaemon

@Suite struct TableOfOneRound {
    private func table(_ outcome: Outcome, _ judgements: [Judgement]) -> String {
        let sample = Sample(
            check: CheckID(environment: "production", probe: "backend-health"),
            startedAt: .epoch,
            outcome: outcome,
            timings: Timings(total: .milliseconds(12)),
            version: "2.0.4"
        )
        return CheckTable(CheckReport(results: [.init(sample, judgements: judgements)])).text
    }

    private func judgement(_ outcome: Judgement.Outcome) -> Judgement {
        Judgement(
            alert: AlertID(rule: "backend-down", labels: [:]),
            outcome: outcome,
            texts: AlertTexts(summary: "the backend cannot be reached"),
            interval: .seconds(30)
        )
    }

    @Test func `a sound check shows its version`() {
        #expect(table(.ok, [judgement(.clear)]).contains("ok       -         12 ms  version 2.0.4\n"))
    }

    @Test func `a failed check shows the rule and what was seen`() {
        let text = table(.failed(Failure(.connect, "connection refused")), [judgement(.holds(.outage))])
        #expect(
            text.contains(
                "1         12 ms  [backend-down] the backend cannot be reached; connection refused\n"
            )
        )
        #expect(text.hasSuffix("1 failed; worst severity 1\n"))
    }

    @Test func `a rule that cannot be judged is said`() {
        let text = table(.ok, [judgement(.error("no such key: services"))])
        #expect(text.contains("[backend-down] cannot be judged: no such key: services"))
    }
}
