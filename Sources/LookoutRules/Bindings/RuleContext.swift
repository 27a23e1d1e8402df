import LookoutModel

/// What the functions of rules look at besides their arguments: the past of the check being judged,
/// and how the other checks of its environment stand.
final class RuleContext: Sendable {
    let history: SampleHistory
    let failing: ProbeFailures
    /// When the environment's newest deployment began, if one is known.
    let deployedAt: Timestamp?

    /// Of a rule that has nothing to look back on.
    static let empty = RuleContext(history: SampleHistory(interval: .zero))

    init(
        history: SampleHistory,
        failing: ProbeFailures = ProbeFailures(probes: []),
        deployedAt: Timestamp? = nil
    ) {
        self.history = history
        self.failing = failing
        self.deployedAt = deployedAt
    }
}

/// Whether the newest conclusive sample of each probe of an environment failed.
struct ProbeFailures: Sendable {
    private let numbers: [String: Int]
    private var isFailing: [Bool]

    init(probes: [String]) {
        numbers = Dictionary(probes.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        isFailing = Array(repeating: false, count: probes.count)
    }

    /// False for a probe without a sample.
    subscript(probe: String) -> Bool {
        numbers[probe].map { isFailing[$0] } ?? false
    }

    /// By the probe's place in the list that this was made of.
    subscript(number: Int) -> Bool {
        get { isFailing[number] }
        set { isFailing[number] = newValue }
    }
}
