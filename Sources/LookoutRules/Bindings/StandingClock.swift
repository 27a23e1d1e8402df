import LookoutModel
import Synchronization

/// What time it is for the elements of `checks`, which would otherwise be made anew for each sample.
///
/// Set before each evaluation by the one engine that owns it.
final class StandingClock: Sendable {
    private let microseconds = Atomic<Int64>(0)

    var now: Timestamp { Timestamp(microseconds: microseconds.load(ordering: .relaxed)) }

    func set(_ now: Timestamp) {
        microseconds.store(now.bounded, ordering: .relaxed)
    }
}
