package import LookoutModel

/// Notices steps of the wall clock by the monotonic one.
package struct CourseClock: Sendable {
    /// Less than this is slewing, or the time between two readings.
    static let tolerance: Duration = .seconds(2)

    private var last: Moment?

    package init() {}

    /// Takes the time; what the wall clock should show and does, if it was stepped.
    package mutating func step(at now: Moment) -> (from: Timestamp, to: Timestamp)? {
        defer { last = now }
        guard let last else { return nil }
        let expected = last.wall + (now.monotonic - last.monotonic)
        let step = now.wall - expected
        return step > Self.tolerance || step < .zero - Self.tolerance ? (expected, now.wall) : nil
    }
}
