import ArgumentParser
import LookoutStatistics

/// By what a comparison judges, as options.
struct PolicyOptions: ParsableArguments {
    @Option(help: "The false-alarm budget of all checks together, between 0 and 1.")
    var alpha = ComparisonPolicy().alpha

    @Option(help: "The part of alpha for each test; without it all tests of all checks share alike.")
    var share: Double?

    @Option(help: "The slowdown that does not matter: 1.1 for ten percent.")
    var margin = ComparisonPolicy().margin

    @Option(help: "The ratio of failures that is normal whatever the baseline says.")
    var failureFloor = ComparisonPolicy().failureFloor

    @Option(help: "E from which a test is suspect.")
    var suspicion = ComparisonPolicy().suspicion

    @Option(help: "How many of the first runs are left out of the latencies of each check.")
    var warmUp = ComparisonPolicy().warmUp

    @Option(help: "The least runs and latencies with which a check can pass.")
    var leastToPass = ComparisonPolicy().leastToPass

    @Option(help: "To pass, the latency ratio must be shown to be at most this.")
    var latencyTolerance = ComparisonPolicy().latencyTolerance

    @Option(help: "To pass, failures must be shown to be at most this above their normal ratio.")
    var failureTolerance = ComparisonPolicy().failureTolerance

    @Option(help: "The probability with which the smallest detectable effect would have been seen.")
    var power = ComparisonPolicy().power

    func validate() throws {
        let faults = policy(checks: 1).faults
        if !faults.isEmpty { throw ValidationError(faults.joined(separator: "; ")) }
    }

    /// The policy for each of so many checks.
    func policy(checks: Int) -> ComparisonPolicy {
        var policy = ComparisonPolicy.sharing(checks: checks)
        policy.alpha = alpha
        policy.margin = margin
        policy.failureFloor = failureFloor
        policy.suspicion = suspicion
        policy.warmUp = warmUp
        policy.leastToPass = leastToPass
        policy.latencyTolerance = latencyTolerance
        policy.failureTolerance = failureTolerance
        policy.power = power
        if let share { policy.share = share }
        return policy
    }
}
