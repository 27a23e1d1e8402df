/// One reading of both clocks, taken together.
package struct Moment: Hashable, Sendable {
    /// What a calendar shows; it may jump.
    package var wall: Timestamp
    /// Time since an arbitrary start, never stepped; holds and schedules are measured on it.
    package var monotonic: Duration

    package init(wall: Timestamp, monotonic: Duration) {
        self.wall = wall
        self.monotonic = monotonic
    }

    package static func + (left: Moment, right: Duration) -> Moment {
        Moment(wall: left.wall + right, monotonic: left.monotonic + right)
    }
}

/// The only door to the clocks.
///
/// Decisions take `now` as a value; services ask a timekeeper for it. The daemon passes the system's clocks, tests pass virtual time.
package protocol Timekeeper: Sendable {
    var now: Moment { get }

    /// Returns when the monotonic clock has reached `deadline`; at once if it has passed.
    ///
    /// Throws `CancellationError` when the task is cancelled, and nothing else.
    func sleep(until deadline: Duration) async throws
}

extension Timekeeper {
    package func sleep(for duration: Duration) async throws {
        try await sleep(until: now.monotonic + duration)
    }
}
