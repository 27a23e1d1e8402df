import Glibc

/// The standard normal distribution, in log space and accurate far in the tails.
package enum NormalDistribution {
    /// ln √(2π).
    private static let logRootTwoPi = 0.918_938_533_204_672_8
    /// Below it the continued fraction takes over from `erfc`, which ends at −38.
    private static let tail = -5.0

    /// φ(x).
    package static func density(_ x: Double) -> Double { exp(-x * x / 2 - logRootTwoPi) }

    /// ln Φ(x); −∞ only where x²/2 is beyond a `Double`.
    package static func logCumulative(_ x: Double) -> Double {
        switch x {
        case ..<tail: log(millsRatio(-x)) - x * x / 2 - logRootTwoPi
        case ...0: log(erfc(-x / 2.0.squareRoot()) / 2)
        default: log1p(-erfc(x / 2.0.squareRoot()) / 2)
        }
    }

    /// ln(Φ(x)·exp(x²/2)), in which the two cancel in the lower tail without loss.
    package static func logScaledCumulative(_ x: Double) -> Double {
        x < tail ? log(millsRatio(-x)) - logRootTwoPi : logCumulative(x) + x * x / 2
    }

    /// The x with Φ(x) = p; −∞ and +∞ for 0 and 1 and what is beyond them.
    ///
    /// Newton's method on ln Φ, which is concave: from the left of the root it comes nearer with
    /// each step and never beyond. Φ(−t) ≤ ½·exp(−t²/2) gives the start.
    package static func quantile(_ p: Double) -> Double {
        guard p > 0 else { return -.infinity }
        guard p < 1 else { return .infinity }
        guard p <= 0.5 else { return -quantile(1 - p) }
        var x = -(-2 * log(p)).squareRoot()
        for _ in 0..<50 {
            let logCumulative = logCumulative(x)
            let slope = exp(-x * x / 2 - logRootTwoPi - logCumulative)
            let step = (log(p) - logCumulative) / slope
            x += step
            if abs(step) <= abs(x) * 1e-16 { break }
        }
        return min(x, 0)
    }

    /// (1 − Φ(t))/φ(t) for t ≥ 5 by its continued fraction (Laplace; DLMF 7.9.3), whose 40 levels
    /// are exact to the last bit from t = 4 on.
    private static func millsRatio(_ t: Double) -> Double {
        var denominator = t
        for level in stride(from: 40.0, through: 1, by: -1) {
            denominator = t + level / denominator
        }
        return 1 / denominator
    }
}
