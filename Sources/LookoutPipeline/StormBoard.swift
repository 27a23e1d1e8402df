import LookoutAlerting
import LookoutModel

/// In which environments most checks fail at once.
struct StormBoard: Sendable {
    private var watches: [String: StormWatch] = [:]

    /// Takes a sample in; what to say if a storm began or ended with it.
    mutating func take(_ sample: Sample, at now: Duration) -> (storm: SelfFacts.Storm, isRaging: Bool)? {
        guard sample.outcome.isConclusive else { return nil }
        let environment = sample.check.environment
        let isFailure = sample.outcome.failure != nil
        let hasTipped = watches[environment, default: StormWatch()]
            .take(sample.check, isFailure: isFailure, at: now)
        guard hasTipped, let watch = watches[environment] else { return nil }
        return (Self.storm(watch, in: environment), watch.isRaging)
    }

    /// Forgets the checks that are gone.
    mutating func keep(_ checks: Set<CheckID>) {
        for environment in watches.keys { watches[environment]?.keep(checks) }
    }

    /// The storms that there are, by environment.
    var raging: [SelfFacts.Storm] {
        watches.filter(\.value.isRaging).sorted { $0.key < $1.key }.map { Self.storm($1, in: $0) }
    }

    /// The words stay the same while the same checks fail.
    private static func storm(_ watch: StormWatch, in environment: String) -> SelfFacts.Storm {
        let failing = watch.failing.filter { $0.environment == environment }
        let names = failing.prefix(10).map(\.probe).joined(separator: ", ")
        let rest = failing.count > 10 ? " and \(failing.count - 10) more" : ""
        return SelfFacts.Storm(
            labels: ["environment": environment],
            severity: SelfRule.storm.severity,
            summary: "most of \(environment) fails at once",
            description: "\(failing.count) of \(watch.sampled) checks fail: \(names)\(rest). "
                + "Their alerts are not told one by one while this lasts."
        )
    }
}
