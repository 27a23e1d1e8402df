/// By what factor the 95th percentile changed, with a bootstrap interval of one look at the end.
///
/// For a report: during a watch `TailTest` takes its place, because a bootstrap is not valid at every look.
/// The percentile is the k-th smallest of n latencies, k = ⌈0.95·n⌉, as there. That of a resample is the
/// ⌈n·u⌉-th smallest of the sample itself, with u the k-th smallest of n uniform numbers: Beta(k, n+1−k).
/// So each resample is one draw of u, exactly as if n latencies had been drawn (Efron, "Bootstrap Methods",
/// 1979), and a million latencies cost no more than sixty.
package struct PercentileRatio: Equatable, Sendable {
    /// With fewer latencies the percentile is the greatest of them, of which a bootstrap says nothing.
    package static let leastSamples = 20
    package static let resamples = 400

    /// In seconds; +∞ if it is a timeout.
    package let before: Double
    package let after: Double
    /// 1 where both are timeouts.
    package let estimate: Double
    /// The interval of the 2.5 % and 97.5 % percentiles of the resampled ratios.
    package let lower: Double
    package let upper: Double

    /// Takes latencies in seconds, +∞ for a timeout; nil with fewer than 20 on a side.
    ///
    /// The same seed gives the same interval, whatever the order of the latencies.
    package init?(window: some Sequence<Double>, baseline: LatencyBaseline, seed: UInt64 = 1) {
        let latencies = LatencyBaseline(window)
        guard latencies.count >= Self.leastSamples, baseline.count >= Self.leastSamples else { return nil }
        before = baseline.sorted[TailTest.thresholdRank(baseline: baseline.count) - 1]
        after = latencies.sorted[TailTest.thresholdRank(baseline: latencies.count) - 1]
        estimate = Self.ratio(after, before)
        var generator = UniformSource(seed: seed)
        let ratios = (0..<Self.resamples).map { _ in
            Self.ratio(
                Self.resampled(latencies.sorted, &generator),
                Self.resampled(baseline.sorted, &generator)
            )
        }
        .sorted()
        let cut = Self.resamples / 40
        lower = ratios[cut - 1]
        upper = ratios[Self.resamples - cut]
    }

    private static func resampled(_ sorted: [Double], _ generator: inout UniformSource) -> Double {
        let rank = TailTest.thresholdRank(baseline: sorted.count)
        let place = BetaDistribution(alpha: Double(rank), beta: Double(sorted.count + 1 - rank))
            .quantile(generator.next())
        return sorted[min(sorted.count - 1, Int(place * Double(sorted.count)))]
    }

    private static func ratio(_ after: Double, _ before: Double) -> Double {
        after == before ? 1 : after / before
    }
}

/// Uniform numbers between 0 and 1 from a seed (SplitMix64: Steele, Lea & Flood, "Fast Splittable
/// Pseudorandom Number Generators", 2014).
private struct UniformSource {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        bits ^= bits >> 31
        return (Double(bits >> 11) + 0.5) / Double(UInt64(1) << 53)
    }
}
