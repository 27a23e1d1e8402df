import LookoutModel

/// What the rules say of one round of checks, as it should be heard: of each alert its newest judgement,
/// and none that another alert of the same environment explains (`depends_on`).
///
/// The alerts of a running agent come to the same over time; a single round has it at once.
struct RoundJudgements {
    private struct Place: Hashable {
        let environment: String?
        let rule: String

        init(_ alert: AlertID, rule: String? = nil) {
            environment = alert.labels["environment"]
            self.rule = rule ?? alert.rule
        }
    }

    /// In the order in which they were added.
    private var judgements: [[Judgement]] = []
    /// Where the newest judgement of each alert stands: an environment's rules judge at every sample.
    private var newest: [AlertID: Int] = [:]

    /// Adds what the rules say of one more sample.
    mutating func add(_ judgements: [Judgement]) {
        for judgement in judgements { newest[judgement.alert] = self.judgements.count }
        self.judgements.append(judgements)
    }

    /// What is left for each sample, in the order in which they were added.
    var heard: [[Judgement]] {
        let current = judgements.enumerated().map { index, judgements in
            judgements.filter { newest[$0.alert] == index }
        }
        let up = Set(current.joined().filter(\.outcome.isHolding).map { Place($0.alert) })
        return current.map { judgements in
            judgements.filter { judgement in
                !judgement.outcome.isHolding
                    || !judgement.parents.contains { up.contains(Place(judgement.alert, rule: $0)) }
            }
        }
    }
}

extension Judgement.Outcome {
    fileprivate var isHolding: Bool {
        if case .holds = self { true } else { false }
    }
}
