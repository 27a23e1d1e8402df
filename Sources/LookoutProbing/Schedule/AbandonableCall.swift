import Synchronization

/// A call that its caller can stop waiting for.
///
/// A child task cannot be that: its parent waits for it, however long it ignores that it has been
/// cancelled. So the call runs in a task of its own, the one task here that is not a child.
final class AbandonableCall<Value: Sendable>: Sendable {
    /// How the call ended for the one who waits.
    enum Ending: Sendable {
        case returned(Value)
        /// It was cancelled, and has returned since; what it returned says nothing.
        case cancelled
        /// It was given up, and may still be running.
        case abandoned
    }

    private struct State {
        var task: Task<Void, Never>?
        var isCancelled = false
        var ending: Ending?
        var waiter: CheckedContinuation<Ending, Never>?
    }

    private let state = Mutex(State())

    /// Makes the call, the only one, and waits for its ending.
    func ending(
        named name: String,
        on executor: any TaskExecutor,
        of operation: sending @escaping () async -> Value
    ) async -> Ending {
        let task = Task.immediate(name: name, executorPreference: executor) {
            self.settle(.returned(await operation()))
        }
        let isCancelled = state.withLock { state in
            if state.ending == nil { state.task = task }
            return state.isCancelled
        }
        if isCancelled { task.cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                let ending = state.withLock { state in
                    if state.ending == nil { state.waiter = waiter }
                    return state.ending
                }
                if let ending { waiter.resume(returning: ending) }
            }
        } onCancel: {
            cancel()
        }
    }

    /// Asks the call to end.
    func cancel() {
        let task = state.withLock { state in
            state.isCancelled = true
            return state.task
        }
        task?.cancel()
    }

    /// Asks the call to end, and ends the waiting for it.
    func abandon() {
        cancel()
        settle(.abandoned)
    }

    /// Keeps the first ending and tells it to the one who waits.
    private func settle(_ ending: Ending) {
        let told = state.withLock { state -> (CheckedContinuation<Ending, Never>, Ending)? in
            guard state.ending == nil else { return nil }
            var ending = ending
            if case .returned = ending, state.isCancelled { ending = .cancelled }
            state.ending = ending
            state.task = nil
            return state.waiter.take().map { ($0, ending) }
        }
        if let (waiter, ending) = told { waiter.resume(returning: ending) }
    }
}
