import LookoutModel
import LookoutSimulation
import Synchronization

/// Time as a test counts it: on while the machine sleeps, and untouched by a wall clock that is set.
///
/// Lookout's monotonic clock stands while the machine sleeps, so the two come apart with each suspend.
final class TestClock: Sendable {
    private struct State {
        /// How long the machine has slept so far.
        var slept = Duration.zero
    }

    let timekeeper: VirtualTimekeeper
    private let state = Mutex(State())

    init(timekeeper: VirtualTimekeeper) {
        self.timekeeper = timekeeper
    }

    /// Now, from the test's start on.
    var now: Duration { timekeeper.now.monotonic + slept }

    private var slept: Duration { state.withLock { $0.slept } }

    /// What the monotonic clock shows at a time of the test.
    func monotonic(at time: Duration) -> Duration { time - slept }

    /// Lets the machine sleep: the calendar goes on, nothing else does.
    func sleep(for length: Duration) {
        timekeeper.stepWallClock(by: length)
        state.withLock { $0.slept += length }
    }
}
