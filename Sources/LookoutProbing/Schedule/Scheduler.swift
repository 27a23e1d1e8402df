package import LookoutModel
import Synchronization

/// Runs checks when they are due: carries out what a `Schedule` decides.
///
/// The loop runs on an executor of its own, the timer thread, so that it is on time however busy
/// the cooperative pool is; the runs themselves are on the pool.
package final class Scheduler: Sendable {
    /// What the scheduler keeps to.
    package struct Limits: Hashable, Sendable {
        /// Probes in flight at any time.
        package var runsInFlight: Int
        /// Time beyond its timeouts after which a probe is given up.
        package var grace: Duration
        /// Time that probes in flight have to end at a stop.
        package var stop: Duration

        package init(
            runsInFlight: Int = 500,
            grace: Duration = .seconds(5),
            stop: Duration = .seconds(4)
        ) {
            self.runsInFlight = runsInFlight
            self.grace = grace
            self.stop = stop
        }
    }

    private typealias Call = AbandonableCall<Sample>

    private struct State {
        var schedule: Schedule
        var statistics = SchedulerStatistics()
        var probes: [CheckID: ConfiguredProbe] = [:]
        /// The calls of the probes in flight, by the number of their run.
        var calls: [Int: Call] = [:]
        var isStopping = false
    }

    /// A run that is about to begin.
    private struct Launch: Sendable {
        let run: Schedule.Run
        let probe: ConfiguredProbe
        let call: Call
    }

    /// What is to be done now, and until when there is nothing to do after that.
    private struct Turn {
        var launches: [Launch] = []
        var abandoned: [Call] = []
        var wake: Duration?
    }

    private let timekeeper: any Timekeeper
    private let executor: any TaskExecutor
    private let runExecutor: any TaskExecutor
    private let limits: Limits
    private let context: @Sendable (Check) -> ProbeContext
    private let sink: any SampleSink
    private let alarm: AlarmClock
    private let state: Mutex<State>

    /// Makes a scheduler without checks; `replace` gives it some and `run` runs them.
    ///
    /// The loop runs on `executor`, probes and deliveries on `runExecutor`. `context` makes what
    /// a probe may use in one run.
    package init(
        timekeeper: any Timekeeper,
        executor: any TaskExecutor,
        runExecutor: any TaskExecutor = globalConcurrentExecutor,
        limits: Limits = Limits(),
        context: @escaping @Sendable (Check) -> ProbeContext,
        sink: any SampleSink
    ) {
        self.timekeeper = timekeeper
        self.executor = executor
        self.runExecutor = runExecutor
        self.limits = limits
        self.context = context
        self.sink = sink
        alarm = AlarmClock(timekeeper: timekeeper)
        state = Mutex(State(schedule: Schedule(limit: limits.runsInFlight, grace: limits.grace)))
    }

    package var statistics: SchedulerStatistics {
        state.withLock { state in
            var statistics = state.statistics
            statistics.schedule = state.schedule.counts
            return statistics
        }
    }

    /// How long the next thing that the loop has to do has been waiting for it.
    ///
    /// Next to nothing while the loop works, and growing while it does not.
    package var overdue: Duration {
        let now = timekeeper.now.monotonic
        return state.withLock { max(.zero, now - ($0.schedule.nextWake ?? now)) }
    }

    /// Puts other checks in the place of the present ones, before `run` or while it runs.
    ///
    /// `Schedule.replace` says what becomes of those that stay, go and come.
    package func replace(_ checks: [ScheduledCheck], lastStarts: [CheckID: Timestamp] = [:]) {
        let now = timekeeper.now
        let cancelled = state.withLock { state in
            state.probes = Dictionary(
                checks.map { ($0.check.id, $0.probe) },
                uniquingKeysWith: { _, last in last }
            )
            let runs = state.schedule.replace(with: checks.map(\.check), lastStarts: lastStarts, at: now)
            return runs.compactMap { state.calls[$0.number] }
        }
        for call in cancelled { call.cancel() }
        alarm.ring()
    }

    /// Lets every check run once soon, as after a time in which nothing could be seen.
    package func hasten() {
        let now = timekeeper.now.monotonic
        state.withLock { $0.schedule.hasten(at: now) }
        alarm.ring()
    }

    /// Runs checks until `stop`, and returns when all runs have ended.
    ///
    /// Cancelling the task ends it too, without waiting for probes to return; deliveries under
    /// way are then cancelled as well, so `stop` is the better way.
    package func run() async {
        await withTaskExecutorPreference(executor) {
            await withDiscardingTaskGroup { group in
                while let turn = nextTurn() {
                    for call in turn.abandoned { call.abandon() }
                    for launch in turn.launches {
                        group.addTask(executorPreference: runExecutor) { await self.perform(launch) }
                    }
                    await alarm.sleep(until: turn.wake)
                }
                await endCalls()
            }
        }
    }

    /// Ends `run`: no more runs begin, and probes in flight are cancelled.
    ///
    /// What these would have come to is not delivered; deliveries under way are completed.
    package func stop() {
        state.withLock { $0.isStopping = true }
        alarm.ring()
    }

    /// What is to be done now; nil if it is time to stop.
    private func nextTurn() -> Turn? {
        let now = timekeeper.now.monotonic
        return state.withLock { state in
            guard !state.isStopping, !Task.isCancelled else { return nil }
            var turn = Turn()
            for effect in state.schedule.advance(to: now) {
                switch effect {
                case .start(let run):
                    guard let probe = state.probes[run.check.id] else {
                        preconditionFailure("checks and probes are replaced together")
                    }
                    let call = Call()
                    state.calls[run.number] = call
                    state.statistics.lateness.add(now - run.due)
                    turn.launches.append(Launch(run: run, probe: probe, call: call))
                case .abandon(let run):
                    if let call = state.calls[run.number] { turn.abandoned.append(call) }
                }
            }
            turn.wake = state.schedule.nextWake
            return turn
        }
    }

    /// Carries out one run, and delivers its sample if it is still wanted.
    private func perform(_ launch: Launch) async {
        let check = launch.run.check
        let startedAt = timekeeper.now.wall
        let run = CheckRun(check, probe: launch.probe, context: context(check))
        let ending = await launch.call.ending(named: "\(check.id)", on: runExecutor) { await run.sample() }
        if noteEnd(of: launch.run), let sample = sample(of: check, startedAt: startedAt, ending) {
            await sink.receive(sample, of: check, at: timekeeper.now)
            state.withLock { $0.statistics.count(sample.outcome) }
        }
        state.withLock { $0.schedule.delivered(launch.run) }
    }

    /// Frees the slot of a run; whether its result is wanted.
    private func noteEnd(of run: Schedule.Run) -> Bool {
        let (isWanted, mustRing) = state.withLock { state in
            state.calls[run.number] = nil
            let isWanted = state.schedule.probeEnded(run)
            return (isWanted, state.isStopping ? state.calls.isEmpty : state.schedule.canBegin)
        }
        if mustRing { alarm.ring() }
        return isWanted
    }

    private func sample(of check: Check, startedAt: Timestamp, _ ending: Call.Ending) -> Sample? {
        switch ending {
        case .returned(let sample):
            return sample
        case .cancelled:
            return nil
        case .abandoned:
            guard !state.withLock({ $0.isStopping }) else { return nil }
            let limit = AttemptPolicy(check).longestRun + limits.grace
            let message = "the probe did not return within \(limit), so it was given up"
            return Sample(check: check.id, startedAt: startedAt, outcome: .error(message))
        }
    }

    /// Cancels the probes in flight and gives up those that do not return in time.
    private func endCalls() async {
        for call in callsInFlight { call.cancel() }
        let deadline = timekeeper.now.monotonic + limits.stop
        while !callsInFlight.isEmpty, !Task.isCancelled, timekeeper.now.monotonic < deadline {
            await alarm.sleep(until: deadline)
        }
        state.withLock { $0.isStopping = true }
        for call in callsInFlight { call.abandon() }
    }

    private var callsInFlight: [Call] { state.withLock { Array($0.calls.values) } }
}
