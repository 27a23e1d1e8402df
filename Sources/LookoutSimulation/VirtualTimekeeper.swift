package import LookoutModel
import Synchronization

/// Clocks that move only when a test moves them.
///
/// Those who sleep are woken in the order of their deadlines, and for the same deadline in the
/// order in which they lay down. Tests usually move time through `Simulation`, which lets all
/// that wakes run before time moves on.
package final class VirtualTimekeeper: Timekeeper {
    private struct Sleeper {
        let id: Int
        let deadline: Duration
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        /// What the wall clock showed when the monotonic clock was zero.
        var wallOrigin: Timestamp
        var monotonic: Duration
        var nextID = 0
        /// Ordered by deadline, and by age where deadlines are equal.
        var sleepers: [Sleeper] = []

        var now: Moment { Moment(wall: wallOrigin + monotonic, monotonic: monotonic) }

        mutating func add(_ sleeper: Sleeper) {
            var (low, high) = (0, sleepers.count)
            while low < high {
                let middle = (low + high) / 2
                if sleepers[middle].deadline <= sleeper.deadline { low = middle + 1 } else { high = middle }
            }
            sleepers.insert(sleeper, at: low)
        }

        mutating func remove(_ id: Int) -> CheckedContinuation<Void, any Error>? {
            guard let index = sleepers.firstIndex(where: { $0.id == id }) else { return nil }
            return sleepers.remove(at: index).continuation
        }

        mutating func removeDue() -> [Sleeper] {
            let count = sleepers.prefix { $0.deadline <= monotonic }.count
            defer { sleepers.removeFirst(count) }
            return Array(sleepers.prefix(count))
        }
    }

    private let state: Mutex<State>

    package init(at start: Moment = Moment(wall: Timestamp(seconds: 1_790_000_000), monotonic: .zero)) {
        state = Mutex(State(wallOrigin: start.wall - start.monotonic, monotonic: start.monotonic))
    }

    package var now: Moment { state.withLock { $0.now } }

    /// The next moment of the monotonic clock for which somebody waits.
    package var nextDeadline: Duration? { state.withLock { $0.sleepers.first?.deadline } }

    /// How many wait for a later time.
    package var sleeperCount: Int { state.withLock { $0.sleepers.count } }

    package func sleep(until deadline: Duration) async throws {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isOver = state.withLock { state in
                    guard !Task.isCancelled, deadline > state.monotonic else { return true }
                    state.add(Sleeper(id: id, deadline: deadline, continuation: continuation))
                    return false
                }
                guard isOver else { return }
                if Task.isCancelled {
                    continuation.resume(throwing: CancellationError())
                } else {
                    continuation.resume()
                }
            }
        } onCancel: {
            state.withLock { $0.remove(id) }?.resume(throwing: CancellationError())
        }
    }

    /// Moves both clocks on to a time of the monotonic clock and wakes whom it concerns.
    package func move(to monotonic: Duration) {
        let due = state.withLock { state in
            precondition(monotonic >= state.monotonic, "virtual time does not run backwards")
            state.monotonic = monotonic
            return state.removeDue()
        }
        for sleeper in due {
            sleeper.continuation.resume()
        }
    }

    /// Sets the wall clock forward or back, as an administrator, NTP or a suspend does.
    package func stepWallClock(by step: Duration) {
        state.withLock { $0.wallOrigin = $0.wallOrigin + step }
    }
}
