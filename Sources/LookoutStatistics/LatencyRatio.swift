import Glibc

/// By what factor latencies changed: the Hodges–Lehmann estimate with its rank interval.
///
/// The ratio is exp(median of ln xᵢ − ln yⱼ) over all pairs (Hodges & Lehmann, "Estimates of Location
/// Based on Rank Tests", 1963). The interval reaches from the k-th smallest to the k-th greatest
/// difference. For at most 50 independent latencies in all, k is that of the exact distribution of U;
/// else it is ⌊nm/2 − z·√(V·nm(n+m+1)/12)⌋, where V widens it for autocorrelation. Ties make the
/// exact interval a little wider than needed, never narrower.
package struct LatencyRatio: Equatable, Sendable {
    /// n.
    package let count: Int
    /// m.
    package let baselineCount: Int
    /// +∞ if most pairs are timeouts now, 0 if most were before.
    package let estimate: Double
    /// 0 if the samples are too few for a bound.
    package let lower: Double
    /// +∞ if the samples are too few for a bound.
    package let upper: Double

    /// Takes latencies in seconds; nil if there are none on one side.
    ///
    /// What is no measurement is left out. `confidence` is that of the interval with both ends,
    /// `inflation` is V, by default the baseline's.
    package init?(
        window: some Sequence<Double>,
        baseline: LatencyBaseline,
        confidence: Double = 0.95,
        inflation: Double? = nil
    ) {
        let latencies = window.compactMap(LatencyBaseline.latency).sorted()
        guard !latencies.isEmpty, baseline.count > 0 else { return nil }
        let matrix = DifferenceMatrix(
            minuends: latencies.map { log($0) },
            subtrahends: baseline.sorted.map { log($0) }
        )
        count = latencies.count
        baselineCount = baseline.count
        estimate = exp(matrix.median)
        let rank = Self.rank(
            latencies.count,
            baseline.count,
            confidence: confidence,
            inflation: inflation ?? baseline.varianceInflation
        )
        lower = rank > 0 ? exp(matrix.orderStatistic(rank)) : 0
        upper = rank > 0 ? exp(matrix.orderStatistic(matrix.count + 1 - rank)) : .infinity
    }

    /// k; 0 if even the extreme pairs are no bounds.
    static func rank(_ first: Int, _ second: Int, confidence: Double, inflation: Double) -> Int {
        let tail = (1 - confidence) / 2
        if inflation == 1, first + second <= RankSumDistribution.mostSamples {
            return RankSumDistribution(first, second).greatestRank(withTailUpTo: tail)
        }
        let (n, m) = (Double(first), Double(second))
        let deviation = (inflation * n * m * (n + m + 1) / 12).squareRoot()
        let rank = (n * m / 2 + NormalDistribution.quantile(tail) * deviation).rounded(.down)
        return Int(max(0, rank))
    }
}
