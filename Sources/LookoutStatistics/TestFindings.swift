/// The numbers of `LatencyTest` in a comparison.
package struct LatencyFindings: Equatable, Sendable {
    /// n and m.
    package let count: Int
    package let baselineCount: Int
    /// r and V.
    package let autocorrelation: Double
    package let varianceInflation: Double
    /// ρ₀ and τ.
    package let margin: Double
    package let prior: Double
    /// Σ2cᵢ, θ̂ and I.
    package let doubledRankSum: Int
    package let effect: Double
    package let information: Double
    /// ln E at the end, and the greatest that was judged.
    package let logEvidence: Double
    package let peak: Double
    package let isJudgeable: Bool
    /// nil without latencies on both sides.
    package let ratio: LatencyRatio?
    /// The smallest slowdown that would have been seen; nil if none would.
    package let smallestDetectableRatio: Double?

    init(_ comparison: CheckComparison) {
        let test = comparison.latency
        count = test.count
        baselineCount = test.baseline.count
        autocorrelation = test.baseline.autocorrelation
        varianceInflation = test.baseline.varianceInflation
        margin = test.margin
        prior = test.prior
        doubledRankSum = test.doubledRankSum
        effect = test.effect
        information = test.information
        logEvidence = test.logEvidence
        peak = comparison.peak(of: .latency)
        isJudgeable = test.isJudgeable
        ratio = LatencyRatio(window: comparison.latencies, baseline: test.baseline)
        smallestDetectableRatio = test.smallestDetectableRatio(
            reaching: comparison.policy.alarmThreshold,
            power: comparison.policy.power
        )
    }
}

/// The numbers of `FailureTest` in a comparison.
package struct FailureFindings: Equatable, Sendable {
    /// n and x.
    package let count: Int
    package let failures: Int
    /// m and x_b.
    package let baselineCount: Int
    package let baselineFailures: Int
    /// p0*.
    package let nullRatio: Double
    /// ln E at the end, and the greatest.
    package let logEvidence: Double
    package let peak: Double
    /// What the failure ratio does not exceed with 95 % confidence.
    package let upperBound: Double
    package let minutesWithFailures: Int
    package let isFailingNow: Bool
    package let isMoreThanABurst: Bool
    /// The smallest failure ratio that would have been seen; nil if none would.
    package let smallestDetectableRatio: Double?

    init(_ comparison: CheckComparison) {
        let test = comparison.failures
        count = test.count
        failures = test.failures
        baselineCount = test.baselineCount
        baselineFailures = test.baselineFailures
        nullRatio = test.nullRatio
        logEvidence = test.logEvidence
        peak = comparison.peak(of: .failures)
        upperBound = FailureBound.upper(failures: test.failures, of: test.count)
        minutesWithFailures = comparison.spread.minutesWithFailures
        isFailingNow = comparison.spread.isFailingNow
        isMoreThanABurst = comparison.spread.isConfirmed
        smallestDetectableRatio = test.mixture.smallestDetectableRatio(
            of: test.count,
            reaching: comparison.policy.alarmThreshold,
            power: comparison.policy.power
        )
    }
}

/// The numbers of `TailTest` in a comparison.
package struct TailFindings: Equatable, Sendable {
    /// n and x.
    package let count: Int
    package let exceedances: Int
    /// m.
    package let baselineCount: Int
    /// In seconds; nil without a baseline.
    package let threshold: Double?
    /// ρ₀ and V.
    package let margin: Double
    package let varianceInflation: Double
    /// p0* without regard to clusters and with.
    package let nullRatio: Double
    package let discountedNullRatio: Double
    /// ln E at the end, without regard to clusters and with.
    package let logEvidence: Double
    package let discountedLogEvidence: Double
    /// The greatest `discountedLogEvidence` that was judged.
    package let peak: Double
    package let isJudgeable: Bool
    /// The smallest part of slow runs that would have been seen; nil if none would.
    package let smallestDetectableRatio: Double?

    init(_ comparison: CheckComparison) {
        let test = comparison.tail
        count = test.count
        exceedances = test.exceedances
        baselineCount = test.baselineCount
        threshold = test.threshold
        margin = test.margin
        varianceInflation = test.varianceInflation
        nullRatio = test.nullRatio
        logEvidence = test.logEvidence
        discountedNullRatio = test.discountedMixture.nullRatio
        discountedLogEvidence = test.discountedLogEvidence
        peak = comparison.peak(of: .tail)
        isJudgeable = test.isJudgeable
        let detectable = test.discountedMixture.smallestDetectableRatio(
            of: test.count,
            reaching: comparison.policy.alarmThreshold,
            power: comparison.policy.power,
            inflation: test.varianceInflation
        )
        smallestDetectableRatio = test.isJudgeable ? detectable : nil
    }
}
