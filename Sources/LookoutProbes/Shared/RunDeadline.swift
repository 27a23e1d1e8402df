import LookoutModel
import LookoutProbing

/// When a run began and by when it must end, on the monotonic clock.
struct RunDeadline: Sendable {
    private let timekeeper: any Timekeeper
    private let start: Duration
    private let end: Duration

    init(_ context: ProbeContext) {
        timekeeper = context.timekeeper
        start = context.timekeeper.now.monotonic
        end = start + context.timeout
    }

    /// Time since the run began.
    var elapsed: Duration { timekeeper.now.monotonic - start }

    /// Time that is left, at least a millisecond, so that a late step fails by its own timeout.
    var remaining: Duration { max(end - timekeeper.now.monotonic, .milliseconds(1)) }

    /// Time that is left for a step that may take at most `limit`.
    func remaining(atMost limit: Duration) -> Duration { min(remaining, limit) }

    var hasPassed: Bool { timekeeper.now.monotonic >= end }
}
