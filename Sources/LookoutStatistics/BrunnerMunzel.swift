/// Whether a latency after a change is as often greater as smaller than one before it, in one look at the end.
///
/// The test of Brunner and Munzel, for a report.
/// Unlike the rank-sum test it allows the two spreads to differ (Brunner & Munzel, "The Nonparametric
/// Behrens-Fisher Problem", 2000). With Pᵢ the placements of one side in the other and S² their variances,
///
///     p̂ = P(before < after) + ½·P(before = after)      W = n·m·(p̂ − ½)/√(n·S²ₓ + m·S²ᵧ)
///
/// follows Student's t with Satterthwaite's degrees of freedom. It supposes independent latencies and a
/// single look, so it decides nothing here: that is `LatencyTest`'s business.
package struct BrunnerMunzel: Equatable, Sendable {
    /// n and m.
    package let count: Int
    package let baselineCount: Int
    /// p̂.
    package let effect: Double
    /// W; nil where neither side scatters in the other: all are equal, or the two do not overlap.
    package let statistic: Double?
    /// Nil where `statistic` is.
    package let degreesOfFreedom: Double?
    /// Of both sides; nil where `statistic` is.
    package let probability: Double?

    /// Takes latencies in seconds, +∞ for a timeout; nil with fewer than two on a side.
    package init?(window: some Sequence<Double>, baseline: LatencyBaseline) {
        let latencies = LatencyBaseline(window)
        guard latencies.count > 1, baseline.count > 1 else { return nil }
        count = latencies.count
        baselineCount = baseline.count
        let (n, m) = (Double(count), Double(baselineCount))
        let after = Placements(of: latencies, in: baseline)
        let before = Placements(of: baseline, in: latencies)
        effect = after.mean / m
        let (first, second) = (n * after.variance, m * before.variance)
        guard first + second > 0 else {
            (statistic, degreesOfFreedom, probability) = (nil, nil, nil)
            return
        }
        let statistic = n * m * (effect - 0.5) / (first + second).squareRoot()
        let freedom =
            (first + second) * (first + second) / (first * first / (n - 1) + second * second / (m - 1))
        self.statistic = statistic
        degreesOfFreedom = freedom
        probability = Self.probability(statistic, freedom)
    }

    /// P(|T| ≥ |t|) of Student's distribution: I_x(ν/2, ½) with x = ν/(ν + t²) (DLMF 8.17).
    static func probability(_ statistic: Double, _ freedom: Double) -> Double {
        BetaDistribution(alpha: freedom / 2, beta: 0.5)
            .cumulative(freedom / (freedom + statistic * statistic))
    }
}

/// How many of the other side are below each, half of those that are equal.
private struct Placements {
    let mean: Double
    /// With n − 1.
    let variance: Double

    init(of values: LatencyBaseline, in others: LatencyBaseline) {
        let doubled = values.sorted.map { Double(others.doubledRank(of: $0)) }
        let mean = doubled.reduce(0, +) / Double(doubled.count)
        let squares = doubled.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        self.mean = mean / 2
        variance = squares / Double(doubled.count - 1) / 4
    }
}
