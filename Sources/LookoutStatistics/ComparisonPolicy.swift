import Glibc

/// How a check is compared with its baseline, and what is enough for which verdict.
package struct ComparisonPolicy: Hashable, Sendable {
    /// ρ₀, the slowdown that is of no practical interest; raised by `PlaceboCalibration`.
    package var margin = 1.1
    /// The failure ratio that is normal whatever the baseline says; raised by `PlaceboCalibration`.
    package var failureFloor = 0.005
    /// α, the probability of a false suggestion to roll back, per deployment.
    package var alpha = 0.01
    /// w, the part of α that each test may use: one third for the three tests of one check.
    package var share = 1.0 / 3
    /// E from which a test is suspect, shown without suggesting anything.
    package var suspicion = 20.0
    /// How many of the first runs after the change are left out of the latencies, not of the failures.
    package var warmUp = 3
    /// The least latencies and runs with which a check can pass.
    package var leastToPass = 100
    /// The upper bound of the latency ratio with which a check can still pass.
    package var latencyTolerance = 1.25
    /// By how much the upper bound of the failure ratio may be above p0*.
    package var failureTolerance = 0.03
    /// With which probability the smallest detectable effect would have been seen.
    package var power = 0.8

    package init() {}

    /// What is wrong with a policy that people wrote; empty if a comparison can be made with it.
    package var faults: [String] {
        var faults: [String] = []
        func require(_ isMet: Bool, _ message: String) { if !isMet { faults.append(message) } }
        require(margin >= 1 && margin <= 10, "the margin must be from 1 to 10, not \(margin)")
        require(
            failureFloor > 0 && failureFloor < 1,
            "the failure ratio that is normal must be between 0 and 1, not \(failureFloor)"
        )
        require(alpha > 0 && alpha < 1, "the false-alarm budget must be between 0 and 1, not \(alpha)")
        require(share > 0 && share <= 1, "the share of a test must be above 0 and at most 1, not \(share)")
        require(suspicion > 1 && suspicion.isFinite, "the suspicion must be above 1, not \(suspicion)")
        require(warmUp >= 0, "the runs left out must be 0 or more, not \(warmUp)")
        require(leastToPass >= 1, "the runs to pass must be 1 or more, not \(leastToPass)")
        require(power > 0 && power < 1, "the power must be between 0 and 1, not \(power)")
        require(
            latencyTolerance >= 1 && latencyTolerance.isFinite,
            "the tolerated latency ratio must be 1 or more, not \(latencyTolerance)"
        )
        require(
            failureTolerance >= 0 && failureTolerance < 1,
            "the tolerated rise of the failure ratio must be from 0 to below 1, not \(failureTolerance)"
        )
        return faults
    }

    /// Shares α between the three tests of each of so many checks: 4 checks make 12 tests, and E must
    /// reach 1,200.
    package static func sharing(checks: Int) -> ComparisonPolicy {
        var policy = ComparisonPolicy()
        policy.share = 1 / Double(3 * max(1, checks))
        return policy
    }

    /// ln(1/(α·w)), which ln E must reach for an alarm.
    package var alarmThreshold: Double { -log(alpha * share) }

    package var suspicionThreshold: Double { log(suspicion) }
}
