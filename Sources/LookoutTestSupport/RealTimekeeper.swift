package import LookoutModel
import LookoutSimulation

/// The system's monotonic clock, for programs that really run; the wall clock starts at a given time.
package struct RealTimekeeper: Timekeeper {
    private static let start = ContinuousClock.now

    private let origin: Timestamp

    package init(from origin: Timestamp = Timestamp(seconds: 1_755_693_888)) {
        self.origin = origin
    }

    package var now: Moment {
        let elapsed = ContinuousClock.now - Self.start
        return Moment(wall: origin + elapsed, monotonic: elapsed)
    }

    /// Looks at the clock now and then: nothing in a test has to be woken to the microsecond.
    package func sleep(until deadline: Duration) async throws {
        try await eventually("the time has come", within: .seconds(3600)) { now.monotonic >= deadline }
    }
}
