package import LookoutModel

/// A time as it matters for telling people: the one that their clocks show, and one by which waits are
/// measured.
///
/// The steady clock is the wall clock as it was at the program's start, and from then on runs undisturbed: a
/// step of the wall clock neither hastens a reminder nor holds it back.
package struct TellingTime: Hashable, Sendable {
    package var wall: Timestamp
    package var steady: Timestamp

    package init(wall: Timestamp, steady: Timestamp) {
        self.wall = wall
        self.steady = steady
    }

    /// The time of a moment, the steady clock having been set at another.
    init(_ now: Moment, since start: Moment) {
        self.init(wall: now.wall, steady: start.wall + (now.monotonic - start.monotonic))
    }
}
