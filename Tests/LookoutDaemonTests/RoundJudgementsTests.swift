import LookoutModel
import Testing

@testable import LookoutDaemon

@Suite struct OneRoundOfJudgements {
    private func judgement(
        _ rule: String,
        _ outcome: Judgement.Outcome,
        in environment: String = "production",
        of probe: String? = "api",
        parents: [String] = []
    ) -> Judgement {
        var labels: Labels = ["environment": environment]
        labels["probe"] = probe
        return Judgement(
            alert: AlertID(rule: rule, labels: labels),
            outcome: outcome,
            parents: parents,
            interval: .seconds(30)
        )
    }

    private func heard(_ samples: [Judgement]...) -> [[String]] {
        var round = RoundJudgements()
        for judgements in samples { round.add(judgements) }
        return round.heard.map { $0.map(\.alert.rule) }
    }

    @Test func `what another alert of the environment explains is not heard`() {
        let child = judgement("chat-unreachable", .holds(.major), of: "chat", parents: ["backend-down"])
        #expect(heard([child], [judgement("backend-down", .holds(.outage))]) == [[], ["backend-down"]])
        #expect(
            heard([child], [judgement("backend-down", .clear)])
                == [["chat-unreachable"], ["backend-down"]]
        )
        #expect(
            heard([child], [judgement("backend-down", .holds(.outage), in: "staging")])
                == [["chat-unreachable"], ["backend-down"]]
        )
    }

    @Test func `an error is heard whatever explains the alert`() {
        let child = judgement("chat", .error("no such key"), parents: ["backend-down"])
        #expect(heard([child, judgement("backend-down", .holds(.outage))]) == [["chat", "backend-down"]])
    }

    @Test func `a rule about an environment is heard once, as of the last sample`() {
        let early = judgement("everything-down", .holds(.outage), of: nil)
        let late = judgement("everything-down", .clear, of: nil)
        let child = judgement("backend-down", .holds(.outage), parents: ["everything-down"])
        #expect(heard([child, early], [late]) == [["backend-down"], ["everything-down"]])
    }
}
