import LookoutModel
import Synchronization

/// A sleep of one task that others can end early.
final class AlarmClock: Sendable {
    private enum State {
        case silent
        /// Rung while nobody slept: the next sleep ends at once.
        case rung
        case sleeping(CheckedContinuation<Void, Never>)
    }

    private let timekeeper: any Timekeeper
    private let state = Mutex(State.silent)

    init(timekeeper: any Timekeeper) {
        self.timekeeper = timekeeper
    }

    /// Returns at the deadline, when somebody rings, or when the task is cancelled.
    ///
    /// One task at a time. It may also return early, so the caller looks at what is to be done.
    func sleep(until deadline: Duration?) async {
        await withTaskGroup(of: Void.self) { group in
            if let deadline {
                group.addTask {
                    if (try? await self.timekeeper.sleep(until: deadline)) != nil { self.ring() }
                }
            }
            await sleepUntilRung()
            group.cancelAll()
        }
    }

    /// Ends the sleep, or the next one if nobody sleeps.
    func ring() {
        let sleeper = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard case .sleeping(let sleeper) = state else {
                state = .rung
                return nil
            }
            state = .silent
            return sleeper
        }
        sleeper?.resume()
    }

    private func sleepUntilRung() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { sleeper in
                let isRung = state.withLock { state in
                    if case .silent = state, !Task.isCancelled {
                        state = .sleeping(sleeper)
                        return false
                    }
                    state = .silent
                    return true
                }
                if isRung { sleeper.resume() }
            }
        } onCancel: {
            ring()
        }
    }
}
