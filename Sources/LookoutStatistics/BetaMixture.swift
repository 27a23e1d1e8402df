import Glibc

/// An e-process against "events are no more frequent than p0*", which bets on many greater ratios.
///
///     Eₙ(x) = Σ_g w_g · (g/p0*)^x · ((1−g)/(1−p0*))^(n−x)
///
/// for x events among n samples, over 200 points g from p0* + 1e-4 to 0.98 with weights that follow the
/// density of Beta(1, b). Each term is a likelihood ratio, so E is a supermartingale for every ratio up
/// to p0* with independent samples, and ever reaches 1/α with a probability of at most α (Ville; Robbins
/// 1970). Everything is done in logarithms.
package struct BetaMixture: Equatable, Sendable {
    private static let points = 200

    /// p0*.
    package let nullRatio: Double
    /// ln(g/p0*), ln((1−g)/(1−p0*)) and ln w_g for each point.
    private let gains: [Double]
    private let losses: [Double]
    private let weights: [Double]

    /// The bets thin out with growing g as Beta(1, `concentration`) does.
    ///
    /// With p0* at 0.98 there is nothing left to bet on, and E stays 1.
    package init(nullRatio: Double, concentration: Double) {
        precondition(nullRatio > 0 && nullRatio <= 1, "a ratio is above 0 and at most 1")
        self.nullRatio = nullRatio
        let first = nullRatio + 1e-4
        guard first < 0.98 else {
            (gains, losses, weights) = ([], [], [])
            return
        }
        let step = (0.98 - first) / Double(Self.points - 1)
        let grid = (0..<Self.points).map { first + Double($0) * step }
        gains = grid.map { log($0 / nullRatio) }
        losses = grid.map { log1p(-$0) - log1p(-nullRatio) }
        let densities = grid.map { (concentration - 1) * log1p(-$0) }
        let total = LogSpace.sum(densities)
        weights = densities.map { $0 - total }
    }

    /// ln Eₙ(x); 0 for no samples.
    ///
    /// With an `inflation` V, the likelihoods are those of x/V events among n/V samples: what samples in
    /// clusters are worth of independent ones.
    package func logEvidence(events: Int, of count: Int, inflation: Double = 1) -> Double {
        guard !weights.isEmpty, count > 0 else { return 0 }
        let (hits, misses) = (Double(events) / inflation, Double(count - events) / inflation)
        var terms = weights
        for point in terms.indices { terms[point] += hits * gains[point] + misses * losses[point] }
        return LogSpace.sum(terms)
    }

    /// The fewest events among so many samples with which ln E reaches the threshold; nil if even all
    /// of them do not.
    ///
    /// E grows with x, because every g is above p0*.
    package func fewestEvents(of count: Int, reaching threshold: Double, inflation: Double = 1) -> Int? {
        func suffices(_ events: Int) -> Bool {
            logEvidence(events: events, of: count, inflation: inflation) >= threshold
        }
        guard suffices(count) else { return nil }
        var (lower, upper) = (0, count)
        while lower < upper {
            let middle = (lower + upper) / 2
            if suffices(middle) { upper = middle } else { lower = middle + 1 }
        }
        return upper
    }

    /// The smallest true ratio with which ln E reaches the threshold at the last of so many samples
    /// with the probability `power`; nil if none does.
    ///
    /// P(Bin(n, p) ≥ x) = I_p(x, n−x+1) is solved for p at the fewest events x that suffice. What
    /// reaches the threshold earlier comes on top, so the true power is a little greater.
    package func smallestDetectableRatio(
        of count: Int,
        reaching threshold: Double,
        power: Double,
        inflation: Double = 1
    ) -> Double? {
        let fewest = fewestEvents(of: count, reaching: threshold, inflation: inflation)
        guard let events = fewest, events > 0 else { return nil }
        let distribution = BetaDistribution(alpha: Double(events), beta: Double(count - events + 1))
        return distribution.quantile(power)
    }
}
