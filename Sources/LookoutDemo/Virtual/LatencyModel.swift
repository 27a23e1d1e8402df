import Glibc

/// How long a site takes to answer: lognormal, each answer leaning on the one before (AR(1) of the logarithms).
///
/// The same seed gives the same latencies.
package struct LatencyModel: Sendable {
    /// In seconds.
    package var median: Double
    /// The standard deviation of the logarithm.
    package var sigma: Double
    /// The correlation of neighbours, from 0 to below 1.
    package var correlation: Double
    /// What every latency is multiplied by: how a bad release makes a site slow.
    package var factor = 1.0
    private var random: UInt64
    private var last = 0.0

    package init(median: Double = 0.08, sigma: Double = 0.25, correlation: Double = 0.3, seed: UInt64 = 1) {
        self.median = median
        self.sigma = sigma
        self.correlation = correlation
        random = seed
    }

    /// The next latency, at most a minute.
    package mutating func next() -> Duration {
        let share = (1 - correlation * correlation).squareRoot()
        last = correlation * last + share * normal()
        return .seconds(min(60, factor * median * Glibc.exp(sigma * last)))
    }

    /// Two uniform numbers make one of the normal distribution (Box and Muller 1958).
    private mutating func normal() -> Double {
        let (one, other) = (uniform(), uniform())
        return (-2 * Glibc.log(one)).squareRoot() * Glibc.cos(2 * .pi * other)
    }

    /// Above 0 and at most 1 (SplitMix64).
    private mutating func uniform() -> Double {
        random &+= 0x9E37_79B9_7F4A_7C15
        var mixed = random
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        mixed ^= mixed >> 31
        return (Double(mixed >> 11) + 1) / 0x1p53
    }
}
