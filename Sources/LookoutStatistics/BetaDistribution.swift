import Glibc

/// The beta distribution with two positive parameters.
package struct BetaDistribution: Equatable, Sendable {
    package let alpha: Double
    package let beta: Double

    /// Both parameters must be positive and finite.
    package init(alpha: Double, beta: Double) {
        precondition(alpha > 0 && beta > 0 && (alpha + beta).isFinite, "the parameters must be positive")
        self.alpha = alpha
        self.beta = beta
    }

    /// I_x(α, β), the probability of at most x (the regularized incomplete beta function).
    ///
    /// The continued fraction DLMF 8.17.22 on the side of the mean where it converges quickly. The
    /// factor before it is taken by `logKernel`.
    package func cumulative(_ x: Double) -> Double {
        guard x > 0 else { return 0 }
        guard x < 1 else { return 1 }
        let isLower = x <= (alpha + 1) / (alpha + beta + 2)
        let tail = isLower ? lowerTail(x, 1 - x) : mirrored.lowerTail(1 - x, x)
        return min(1, max(0, isLower ? tail : 1 - tail))
    }

    /// The x with I_x(α, β) = p: 0 for p ≤ 0, 1 for p ≥ 1.
    ///
    /// Newton's method within a bracket; a step that leaves it is replaced by halving.
    package func quantile(_ p: Double) -> Double {
        guard p > 0 else { return 0 }
        guard p < 1 else { return 1 }
        var (lower, upper) = (0.0, 1.0)
        var x = alpha / (alpha + beta)
        for _ in 0..<400 {
            let excess = cumulative(x) - p
            if excess == 0 { return x }
            if excess < 0 { lower = x } else { upper = x }
            let slope = exp(logKernel(x, 1 - x) - log(x) - log1p(-x))
            let newton = x - excess / slope
            let isInside = newton > lower && newton < upper
            // Towards zero in steps of magnitude: a quantile may be 1e-30.
            let halved = lower > 0 || upper > 0.01 ? (lower + upper) / 2 : upper / 1_024
            let next = isInside ? newton : halved
            if next == x || upper - lower <= x.ulp { return next }
            x = next
        }
        return x
    }

    private var mirrored: BetaDistribution { BetaDistribution(alpha: beta, beta: alpha) }

    /// I_x(α, β) by Lentz's algorithm for the continued fraction, good where x is at most a bit
    /// above the mean.
    private func lowerTail(_ x: Double, _ complement: Double) -> Double {
        let tiny = 1e-300
        var numerator = 1.0
        var denominator = 1 - (alpha + beta) * x / (alpha + 1)
        denominator = 1 / (abs(denominator) < tiny ? tiny : denominator)
        var fraction = denominator
        for level in stride(from: 1.0, through: 100_000, by: 1) {
            let even = level * (beta - level) * x / ((alpha + 2 * level - 1) * (alpha + 2 * level))
            let odd =
                -(alpha + level) * (alpha + beta + level) * x
                / ((alpha + 2 * level) * (alpha + 2 * level + 1))
            var change = 1.0
            for coefficient in [even, odd] {
                denominator = 1 + coefficient * denominator
                denominator = 1 / (abs(denominator) < tiny ? tiny : denominator)
                numerator = 1 + coefficient / numerator
                numerator = abs(numerator) < tiny ? tiny : numerator
                change = numerator * denominator
                fraction *= change
            }
            if abs(change - 1) < 2e-16 { break }
        }
        return exp(logKernel(x, complement)) * fraction / alpha
    }

    /// ln(x^α (1−x)^β / B(α, β)).
    ///
    /// Three log gammas would lose four digits for thousands of samples. The saddle-point form of
    /// Loader ("Fast and Accurate Computation of Binomial Probabilities", 2000) takes Stirling's
    /// leading terms out first, so that only small numbers are subtracted.
    private func logKernel(_ x: Double, _ complement: Double) -> Double {
        let total = alpha + beta
        let deviance =
            Self.deviance(alpha, expected: total * x) + Self.deviance(beta, expected: total * complement)
        let corrections =
            GammaFunction.stirlingError(total) - GammaFunction.stirlingError(alpha)
            - GammaFunction.stirlingError(beta)
        return corrections - deviance + (log(alpha) + log(beta / total) - log(2 * Double.pi)) / 2
    }

    /// a·ln(a/e) + e − a.
    private static func deviance(_ value: Double, expected: Double) -> Double {
        let relative = (value - expected) / expected
        guard abs(relative) < 0.5 else { return value * log(value / expected) + expected - value }
        return expected * ((1 + relative) * log1p(relative) - relative)
    }
}
