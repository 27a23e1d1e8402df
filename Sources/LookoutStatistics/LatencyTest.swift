import Glibc

/// T1: have latencies risen? A rank e-process, valid however often it is looked at.
///
/// With m baseline latencies y, and x₁… after the change:
///
///     cᵢ = #{y < xᵢ/ρ₀} + ½·#{y = xᵢ/ρ₀}          θ̂ₙ = Σcᵢ/(n·m) − ½
///     Iₙ = 12·n·m/((n+m+1)·V)    S = θ̂ₙ·Iₙ    v = 1 + τ²·Iₙ
///     ln Eₙ = −½·ln v + τ²S²/(2v) + ln(2Φ(τS/√v))
///
/// θ̂ is P(after > before) − ½, which has no unit, so one τ serves every check. S is a Brownian motion
/// in the time Iₙ for large n and m, which also counts that the baseline is itself a sample; ln E is
/// the mixture of its likelihood ratios over a half-normal prior of scale τ (Robbins 1970; Howard et
/// al., "Time-uniform, nonparametric, nonasymptotic confidence sequences", 2021; Lindon et al., "Rapid
/// Regression Detection in Software Deployments through Sequential Testing", 2022). By Ville's
/// inequality E ever reaches 1/α with a probability of at most α, asymptotically: hence the least n.
package struct LatencyTest: Equatable, Sendable {
    /// Below so many samples, or baseline samples, the normal approximation is not trusted.
    package static let leastSamples = 15
    package static let leastBaseline = 60

    package let baseline: LatencyBaseline
    /// ρ₀, the slowdown that is of no practical interest.
    package let margin: Double
    /// τ, the scale of θ that is looked for.
    package let prior: Double
    /// n.
    package private(set) var count = 0
    /// Σ2cᵢ, kept whole so that ln E can be recomputed to the last digit.
    package private(set) var doubledRankSum = 0
    /// How many samples were no measurements.
    package private(set) var ignored = 0

    /// The margin and the prior must be positive and finite.
    package init(baseline: LatencyBaseline, margin: Double = 1.1, prior: Double = 0.2) {
        precondition(
            margin > 0 && margin.isFinite && prior > 0 && prior.isFinite,
            "margin and prior must be positive"
        )
        self.baseline = baseline
        self.margin = margin
        self.prior = prior
    }

    /// Takes the next latency; +∞ is a timeout.
    package mutating func observe(_ seconds: Double) {
        guard let latency = LatencyBaseline.latency(seconds) else {
            ignored += 1
            return
        }
        count += 1
        doubledRankSum += baseline.doubledRank(of: latency / margin)
    }

    /// Whether there is enough on both sides for `logEvidence` to be judged.
    package var isJudgeable: Bool {
        count >= Self.leastSamples && baseline.count >= Self.leastBaseline
    }

    /// θ̂ₙ, from −½ to ½.
    package var effect: Double {
        let pairs = count * baseline.count
        return pairs == 0 ? 0 : Double(doubledRankSum) / (2 * Double(pairs)) - 0.5
    }

    /// Iₙ.
    package var information: Double {
        Self.information(samples: count, baseline: baseline.count, inflation: baseline.varianceInflation)
    }

    /// ln Eₙ by the formula for every n; 0 without samples or baseline.
    package var logEvidence: Double {
        Self.logEvidence(effect: effect, information: information, prior: prior)
    }

    /// Iₙ, of n samples against m.
    package static func information(samples: Int, baseline: Int, inflation: Double) -> Double {
        let (n, m) = (Double(samples), Double(baseline))
        return 12 * n * m / ((n + m + 1) * inflation)
    }

    /// ln Eₙ, to be recomputed from what was stored.
    ///
    /// τ²S²/(2v) is half the square of z = τS/√v, so the two last terms are taken together: for a
    /// latency that fell, each alone is beyond a `Double` of any use.
    package static func logEvidence(effect: Double, information: Double, prior: Double) -> Double {
        let growth = 1 + prior * prior * information
        let score = prior * effect * information / growth.squareRoot()
        return log(2) + NormalDistribution.logScaledCumulative(score) - log(growth) / 2
    }
}
