/// How often a rule was evaluated, and to what end.
package struct RuleStatistics: Hashable, Sendable {
    package var evaluations = 0
    /// Evaluations that were true.
    package var holds = 0
    package var noData = 0
    package var errors = 0
    /// The newest error in words; nil once the rule has been evaluated without.
    package var currentError: String?

    package init() {}

    mutating func record(_ verdict: Verdict) {
        evaluations += 1
        currentError = nil
        switch verdict {
        case .holds: holds += 1
        case .clear: break
        case .noData: noData += 1
        case .error(let words):
            errors += 1
            currentError = words
        }
    }
}
