/// T3: has the slowest twentieth grown? A Beta-mixture e-process on how many latencies are beyond the
/// 95th percentile of the baseline.
///
/// The threshold is the k-th smallest of m baseline latencies, k = ⌈0.95·m⌉. How often a latency like
/// the baseline's is beyond it follows Beta(m+1−k, k) whatever their distribution, and p0* is its 0.75
/// quantile. The bets are `BetaMixture`'s with Beta(1, 5). Replaces a bootstrap of p95, which cannot be
/// looked at while it runs.
///
/// Two things are not in the research, which simulates this test on independent latencies that do not
/// drift. Without them, 2 % of 2,000 unchanged windows with a look after every sample raise an alarm at
/// E ≥ 100 with AR(1) φ = 0.3, 9 % with φ = 0.6, 6 % with a drift of 10 % after six hours of baseline:
///
/// - A latency is divided by the margin ρ₀ before it is compared, as in `LatencyTest`. With ρ₀ = 1 it is
///   the research's test.
/// - `discountedLogEvidence` is what is to be judged: it counts samples in clusters for fewer, before
///   the change and after it.
///
/// With both it is at most 1.1 % in each case (`FalseAlarmTests`). The price: one in ten latencies five
/// times as long, after six hours of baseline, is found in 67 % of the windows instead of 84 %.
package struct TailTest: Equatable, Sendable {
    /// m.
    package let baselineCount: Int
    /// In seconds; nil without a baseline.
    package let threshold: Double?
    /// ρ₀.
    package let margin: Double
    /// V, how many samples in clusters are worth one independent one.
    package let varianceInflation: Double
    /// The bets as if the latencies were independent.
    package let mixture: BetaMixture
    /// The bets that clusters leave: against the p0* of m/V latencies.
    package let discountedMixture: BetaMixture
    /// x, how many were beyond the threshold.
    package private(set) var exceedances = 0
    /// n.
    package private(set) var count = 0

    package init(baseline: LatencyBaseline, margin: Double = 1.1) {
        precondition(margin > 0 && margin.isFinite, "a margin is positive")
        self.margin = margin
        baselineCount = baseline.count
        varianceInflation = Self.varianceInflation(autocorrelation: baseline.autocorrelation)
        let rank = Self.thresholdRank(baseline: baseline.count)
        guard rank > 0 else {
            threshold = nil
            mixture = BetaMixture(nullRatio: 1, concentration: 5)
            discountedMixture = mixture
            return
        }
        threshold = baseline.sorted[rank - 1]
        let (beyond, within) = (Double(baseline.count + 1 - rank), Double(rank))
        mixture = Self.mixture(beyond: beyond, within: within)
        discountedMixture = Self.mixture(
            beyond: beyond / varianceInflation,
            within: within / varianceInflation
        )
    }

    /// Takes the next latency; +∞ is a timeout, and what is no measurement is left out.
    package mutating func observe(_ seconds: Double) {
        guard let threshold, let latency = LatencyBaseline.latency(seconds) else { return }
        count += 1
        exceedances += latency / margin > threshold ? 1 : 0
    }

    /// Whether the threshold rests on enough samples to be judged by.
    package var isJudgeable: Bool { baselineCount >= LatencyTest.leastBaseline }

    /// p0* as if the latencies were independent.
    package var nullRatio: Double { mixture.nullRatio }

    /// ln Eₙ as if the latencies were independent.
    package var logEvidence: Double { mixture.logEvidence(events: exceedances, of: count) }

    /// ln Eₙ of x/V exceedances among n/V latencies after m/V, for an alarm.
    package var discountedLogEvidence: Double {
        discountedMixture.logEvidence(events: exceedances, of: count, inflation: varianceInflation)
    }

    private static func mixture(beyond: Double, within: Double) -> BetaMixture {
        let share = BetaDistribution(alpha: beyond, beta: within)
        return BetaMixture(nullRatio: share.quantile(0.75), concentration: 5)
    }

    /// k = ⌈0.95·m⌉, without rounding.
    package static func thresholdRank(baseline count: Int) -> Int { (19 * count + 19) / 20 }

    /// V = 1 + 2·Σρ over all lags, where ρ is the correlation of being beyond the 95th percentile.
    ///
    /// For logarithms that are a Gaussian AR(1) process with coefficient r, the supposition of
    /// `LatencyBaseline.varianceInflation` too, Mehler's expansion gives the ρ of correlation s as
    /// Σⱼ cⱼ·sʲ with cⱼ = (φ(t)·Heⱼ₋₁(t))²/(j!·0.05·0.95), t = Φ⁻¹(0.95). At lag l the correlation is
    /// rˡ, and the sum over l is a geometric series: V = 1 + 2·Σⱼ cⱼ·rʲ/(1−rʲ). The far tail clusters
    /// less than the level: 1.26 for r = 0.3, where that has 1.86; 2.1 for 0.6, where that has 4.
    package static func varianceInflation(autocorrelation: Double) -> Double {
        let quantile = NormalDistribution.quantile(0.95)
        // The term j = 1 is φ(t)²/(p·q); Hermite polynomials over √j! by their recurrence.
        let density = NormalDistribution.density(quantile)
        let scale = density * density / (0.05 * 0.95)
        var (earlier, polynomial) = (0.0, 1.0)
        var power = autocorrelation
        var total = 0.0
        for order in stride(from: 1.0, through: 200, by: 1) {
            total += scale * polynomial * polynomial / order * power / (1 - power)
            power *= autocorrelation
            let next = (quantile * polynomial - (order - 1).squareRoot() * earlier) / order.squareRoot()
            (earlier, polynomial) = (polynomial, next)
        }
        return 1 + 2 * total
    }
}
