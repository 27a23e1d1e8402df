/// T2: do more runs fail? A Beta-mixture e-process, valid however often it is looked at.
///
/// With x_b failures among m baseline samples, p0* is the 0.75 quantile of Beta(x_b+½, m−x_b+½), the
/// posterior under Jeffreys' prior, and at least `floor`: a service that fails once in 200 probes is
/// normal. With fewer than 60 baseline samples it is at least 2 %. The bets are `BetaMixture`'s with
/// Beta(1, 9). The simulations of the research round p0* to three digits to save tables; this does not.
package struct FailureTest: Equatable, Sendable {
    /// p0* is at least this with fewer than `LatencyTest.leastBaseline` baseline samples.
    package static let shortBaselineFloor = 0.02

    package let baselineFailures: Int
    /// m.
    package let baselineCount: Int
    package let mixture: BetaMixture
    /// x.
    package private(set) var failures = 0
    /// n.
    package private(set) var count = 0

    package init(baselineFailures: Int, of baselineCount: Int, floor: Double = 0.005) {
        precondition((0...baselineCount).contains(baselineFailures), "more failures than samples")
        self.baselineFailures = baselineFailures
        self.baselineCount = baselineCount
        let posterior = BetaDistribution(
            alpha: Double(baselineFailures) + 0.5,
            beta: Double(baselineCount - baselineFailures) + 0.5
        )
        let isShort = baselineCount < LatencyTest.leastBaseline
        let least = isShort ? max(floor, Self.shortBaselineFloor) : floor
        mixture = BetaMixture(nullRatio: max(least, posterior.quantile(0.75)), concentration: 9)
    }

    package mutating func observe(isOK: Bool) {
        count += 1
        failures += isOK ? 0 : 1
    }

    /// p0*.
    package var nullRatio: Double { mixture.nullRatio }

    /// ln Eₙ.
    package var logEvidence: Double { mixture.logEvidence(events: failures, of: count) }
}
