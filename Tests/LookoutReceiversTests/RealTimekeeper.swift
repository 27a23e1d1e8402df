import LookoutModel
import LookoutSimulation

/// The system's clock, for programs that really run.
struct RealTimekeeper: Timekeeper {
    private static let start = ContinuousClock.now

    var now: Moment {
        let elapsed = ContinuousClock.now - Self.start
        return Moment(wall: Examples.fired + elapsed, monotonic: elapsed)
    }

    /// Looks at the clock now and then: nothing in a test has to be woken to the microsecond.
    func sleep(until deadline: Duration) async throws {
        try await eventually("the time has come", within: .seconds(3600)) { now.monotonic >= deadline }
    }
}
