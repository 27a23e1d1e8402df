package import LookoutModel

/// Notices that most checks fail at once, early enough that it can be told as one thing.
///
/// It begins once at least four checks failed, and those are four fifths of at least five that were sampled
/// since the first of them failed. It is over once fewer than half of the checks that were sampled still
/// fail. Only for samples that were taken while Lookout itself was online.
package struct StormWatch: Hashable, Sendable {
    /// How many checks must have failed.
    package static let failures = 4
    /// How many checks must have been sampled.
    package static let samples = 5
    /// The share of the sampled checks that must have failed, in percent.
    package static let share = 80
    /// The share below which it is over, in percent.
    package static let calm = 50
    /// Failures longer apart than this are not at once.
    package static let spell = Duration.seconds(300)

    /// What the last sample of a check said, and when.
    private struct Reading: Hashable {
        var isFailure: Bool
        var at: Duration
        /// Since when it has failed without a good sample in between.
        var failingSince: Duration?
    }

    private var readings: [CheckID: Reading] = [:]
    /// How many readings are failures: while those are few, which is nearly always, a sample costs no look at
    /// the others.
    private var failureCount = 0
    /// Whether there is one.
    package private(set) var isRaging = false

    package init() {}

    /// The checks that fail, of those sampled lately.
    package var failing: [CheckID] {
        readings.filter(\.value.isFailure).map(\.key).sorted()
    }

    /// How many checks were sampled lately.
    package var sampled: Int { readings.count }

    /// Takes a conclusive sample in, in the order of their ends.
    ///
    /// - Returns: Whether a storm began or ended with it.
    package mutating func take(_ check: CheckID, isFailure: Bool, at now: Duration) -> Bool {
        let before = readings[check]
        let began = isFailure ? before?.failingSince ?? now : nil
        readings[check] = Reading(isFailure: isFailure, at: now, failingSince: began)
        failureCount += (isFailure ? 1 : 0) - (before?.isFailure == true ? 1 : 0)
        let wasRaging = isRaging
        isRaging = wasRaging ? !isCalm : isBeginning(at: now)
        return isRaging != wasRaging
    }

    /// Forgets checks that are not configured any more.
    package mutating func keep(_ checks: Set<CheckID>) {
        readings = readings.filter { checks.contains($0.key) }
        failureCount = readings.values.count(where: \.isFailure)
        if readings.isEmpty { isRaging = false }
    }

    private func isBeginning(at now: Duration) -> Bool {
        guard failureCount >= Self.failures else { return false }
        let fresh = readings.values.filter { reading in
            reading.failingSince.map { now - $0 <= Self.spell } ?? false
        }
        guard fresh.count >= Self.failures, let first = fresh.compactMap(\.failingSince).min() else {
            return false
        }
        // What failed long before is neither part of the storm nor a sign of calm.
        let count = readings.values.count { reading in
            reading.at >= first && (reading.failingSince.map { now - $0 <= Self.spell } ?? true)
        }
        return count >= Self.samples && fresh.count * 100 >= count * Self.share
    }

    private var isCalm: Bool {
        failureCount * 100 < readings.count * Self.calm
    }
}
