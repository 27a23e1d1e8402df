/// Whether failures are more than one burst: a bad minute alone is no reason to roll back.
///
/// Failures come in bursts, one bad minute is six of them, and `FailureTest` takes them for
/// independent. So its alarm counts only if failures fall into at least three minutes, or the check is
/// failing now. "Failing now" is three failures in a row up to now, not one: E only ever rises with a
/// failure, so the sample that raises the alarm has always failed.
package struct FailureSpread: Equatable, Sendable {
    /// In how many minutes of the clock failures must fall.
    package static let requiredMinutes = 3

    private var minutes: Set<Int> = []
    private var outage = ConsecutiveFailures()

    package init() {}

    /// Takes the next sample; `time` is in seconds since any beginning of a minute.
    package mutating func observe(isOK: Bool, at time: Double) {
        outage.observe(isOK: isOK)
        guard !isOK, let minute = Int(exactly: (time / 60).rounded(.down)) else { return }
        minutes.insert(minute)
    }

    /// How many minutes had failures.
    package var minutesWithFailures: Int { minutes.count }

    package var isFailingNow: Bool { outage.isConfirmed }

    /// Whether the failures are more than one burst.
    package var isConfirmed: Bool { isFailingNow || minutesWithFailures >= Self.requiredMinutes }
}
