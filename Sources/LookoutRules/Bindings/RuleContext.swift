/// What the functions of rules look at besides their arguments: the past of the check being judged,
/// and how the other checks of its environment stand.
package final class RuleContext: Sendable {
    package let history: SampleHistory
    /// Whether the newest conclusive sample failed, by the names of the environment's probes.
    package let failing: [String: Bool]

    package init(history: SampleHistory, failing: [String: Bool] = [:]) {
        self.history = history
        self.failing = failing
    }
}
