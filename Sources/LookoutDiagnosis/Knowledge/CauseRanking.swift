import Glibc

/// How likely causes are, from how likely each makes what was seen.
///
/// Each cause's odds against "something else" are its prior odds times the likelihood ratios of what was seen
/// (naive Bayes), as logarithms. Exactly one is taken to be the cause; "something else" has odds of 1.
enum CauseRanking {
    /// No amount of evidence counts for more than this on one side: its pieces are never as independent as assumed.
    static let mostSupport = log(10_000.0)

    /// The logarithm of the odds, where the weightiest of each group speaks for the whole group.
    static func score(
        logPrior: Double,
        evidence: [(logWeight: Double, group: String?)],
        against: [(logWeight: Double, group: String?)]
    ) -> Double {
        logPrior + min(total(evidence), mostSupport) - min(total(against), mostSupport)
    }

    /// Two views of one fact are one fact.
    private static func total(_ evidence: [(logWeight: Double, group: String?)]) -> Double {
        var groups: [String: Double] = [:]
        var sum = 0.0
        for piece in evidence {
            if let group = piece.group {
                groups[group] = max(groups[group] ?? 0, piece.logWeight)
            } else {
                sum += piece.logWeight
            }
        }
        // In the order of names, so that the sum is the same in every run.
        return groups.sorted { $0.key < $1.key }.reduce(sum) { $0 + $1.value }
    }

    /// The causes' probabilities; what is missing to 1 is that of "something else".
    static func probabilities(of scores: [Double]) -> [Double] {
        // The greatest exponent becomes 0, so that nothing overflows.
        let top = max(scores.max() ?? 0, 0)
        let rest = exp(-top)
        let odds = scores.map { exp($0 - top) }
        let whole = odds.reduce(rest, +)
        return odds.map { $0 / whole }
    }
}
