import CLinux
import Glibc
import Synchronization

/// One thread that keeps time: it wakes sleepers, and runs the tasks that prefer it.
///
/// A task on the cooperative pool is as late as the pool is busy; a schedule that runs here is
/// not. What runs here must be short, since everything else here waits for it. Deadlines are of
/// `CLOCK_MONOTONIC`; the kernel keeps the next one in a timerfd, which has no timer slack.
package final class TimerThread: TaskExecutor {
    private struct Sleeper: Comparable {
        let deadline: Duration
        let id: UInt64

        static func < (left: Sleeper, right: Sleeper) -> Bool {
            (left.deadline, left.id) < (right.deadline, right.id)
        }
    }

    private typealias Wake = CheckedContinuation<Void, any Error>

    private struct State {
        var jobs: [UnownedJob] = []
        /// May hold sleepers that have been cancelled; those have no entry in `wakes`.
        var sleepers = MinimumHeap<Sleeper>()
        var wakes: [UInt64: Wake] = [:]
        var lastID: UInt64 = 0
        var isWaiting = false
        var isStopping = false
        var hasStopped = false

        /// What the thread does next.
        mutating func step(at now: Duration) -> Step {
            var due: [Wake] = []
            while let sleeper = sleepers.popFirst(where: { $0.deadline <= now || wakes[$0.id] == nil }) {
                if let wake = wakes.removeValue(forKey: sleeper.id) { due.append(wake) }
            }
            guard due.isEmpty, jobs.isEmpty else {
                defer { jobs.removeAll(keepingCapacity: true) }
                return .work(due, jobs)
            }
            guard !isStopping else {
                hasStopped = true
                return .stop
            }
            isWaiting = true
            return .wait(until: sleepers.first?.deadline)
        }

        mutating func removeAllWakes() -> [Wake] {
            defer { wakes.removeAll() }
            return Array(wakes.values)
        }
    }

    private enum Step {
        case work([Wake], [UnownedJob])
        case wait(until: Duration?)
        case stop
    }

    private let name: String
    private let waiting: DeadlineWait
    private let state = Mutex(State())
    private let thread = Mutex<pthread_t?>(nil)

    /// Starts the thread.
    ///
    /// The name is for `top -H` and debuggers, at most 15 bytes.
    package init(name: String = "timer") throws(SystemCallError) {
        self.name = name
        waiting = try DeadlineWait()
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(self)
        let code = pthread_create(&thread, nil, runTimerThread, argument.toOpaque())
        guard code == 0 else {
            argument.release()
            throw SystemCallError(call: "pthread_create", code: code)
        }
        self.thread.withLock { $0 = thread }
    }

    /// The monotonic clock that deadlines are of.
    package static var now: Duration { Duration(clock: CLOCK_MONOTONIC) }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        changeAndWake { state in
            precondition(!state.hasStopped, "a task outlived the timer thread that it runs on")
            state.jobs.append(job)
            return true
        }
    }

    /// Returns when the monotonic clock has reached the deadline, at once if it has passed.
    ///
    /// Throws `CancellationError` when the task is cancelled or the thread stopped.
    package func sleep(until deadline: Duration) async throws {
        try Task.checkCancellation()
        guard deadline > Self.now else { return }
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { wake in
                add(Sleeper(deadline: deadline, id: id), wake)
            }
        } onCancel: {
            state.withLock { $0.wakes.removeValue(forKey: id) }?.resume(throwing: CancellationError())
        }
    }

    /// Ends the thread when what is ready has run, and waits for that.
    ///
    /// Those who sleep are woken with `CancellationError`. No task may prefer this executor any
    /// more, and the call must not come from the thread itself.
    package func stop() {
        guard let thread = thread.withLock({ $0.take() }) else { return }
        var wakes: [Wake] = []
        changeAndWake { state in
            state.isStopping = true
            wakes = state.removeAllWakes()
            return true
        }
        for wake in wakes {
            wake.resume(throwing: CancellationError())
        }
        pthread_join(thread, nil)
    }

    private func add(_ sleeper: Sleeper, _ wake: Wake) {
        var isRefused = false
        changeAndWake { state in
            // Cancellation comes before this or finds the entry: both take the lock.
            guard !Task.isCancelled, !state.isStopping else {
                isRefused = true
                return false
            }
            let isNext = state.sleepers.first.map { sleeper < $0 } ?? true
            state.sleepers.insert(sleeper)
            state.wakes[sleeper.id] = wake
            return isNext
        }
        if isRefused { wake.resume(throwing: CancellationError()) }
    }

    /// Changes the state, and wakes the thread if the change concerns it and it waits.
    private func changeAndWake(_ change: (inout State) -> Bool) {
        let isNeeded = state.withLock { state in
            guard change(&state), state.isWaiting else { return false }
            state.isWaiting = false
            return true
        }
        if isNeeded { waiting.interrupt() }
    }

    fileprivate func loop() {
        nameThread()
        while true {
            switch state.withLock({ $0.step(at: Self.now) }) {
            case .work(let wakes, let jobs):
                for wake in wakes { wake.resume() }
                for job in jobs { job.runSynchronously(on: asUnownedTaskExecutor()) }
            case .wait(let deadline):
                waiting.wait(until: deadline)
                state.withLock { $0.isWaiting = false }
            case .stop:
                return
            }
        }
    }

    /// Names the calling thread; `pthread_setname_np` is hidden from Swift behind `_GNU_SOURCE`.
    private func nameThread() {
        guard let file = fopen("/proc/thread-self/comm", "w") else { return }
        fputs(name, file)
        fclose(file)
    }
}

/// What the thread runs; it owns the reference that it is given.
private func runTimerThread(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    Unmanaged<TimerThread>.fromOpaque(argument).takeRetainedValue().loop()
    return nil
}
