package import LookoutHTTP
package import LookoutModel
import Synchronization

/// Knows whether this machine has a network, by asking the references when somebody wants to know.
///
/// However many want to know at once, each reference is asked once. While there is no network it asks by
/// itself, to see its return.
package final class ConnectivityWatch: Sendable {
    private struct State {
        var connectivity: Connectivity
        var isAsking = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private enum Step {
        case known(NetworkOutage?)
        case ask(Connectivity)
        case wait
    }

    private let transport: any HTTPTransport
    private let timekeeper: any Timekeeper
    private let report: @Sendable (Connectivity.Change) -> Void
    private let alarm: AlarmClock
    private let state: Mutex<State>

    /// - Parameters:
    ///   - options: who is asked.
    ///   - transport: the way to them.
    ///   - timekeeper: for how long an answer holds.
    ///   - report: told of each change, once, from any thread.
    package init(
        _ options: Connectivity.Options,
        transport: any HTTPTransport,
        timekeeper: any Timekeeper,
        report: @escaping @Sendable (Connectivity.Change) -> Void
    ) {
        self.transport = transport
        self.timekeeper = timekeeper
        self.report = report
        alarm = AlarmClock(timekeeper: timekeeper)
        state = Mutex(State(connectivity: Connectivity(options)))
    }

    /// The outage that goes on, as of the last answers; asks nobody.
    package var knownOutage: NetworkOutage? { state.withLock { $0.connectivity.outage } }

    /// The outage that a run fell into which began at a time, and has just failed.
    ///
    /// Asks the references unless they were asked just now, and waits for them, at most for their timeout.
    package func outage(since start: Timestamp) async -> NetworkOutage? {
        while true {
            switch step(since: start) {
            case .known(let outage): return outage
            case .ask(let connectivity):
                await ask(connectivity)
                if Task.isCancelled { return state.withLock { $0.connectivity.outage(since: start) } }
            case .wait: await waitForAnswers()
            }
        }
    }

    /// Goes on with other references.
    package func replace(_ options: Connectivity.Options) {
        let now = timekeeper.now
        let change = state.withLock { $0.connectivity.replace(options, at: now) }
        if let change { report(change) }
        alarm.ring()
    }

    /// While there is no network, looks for its return; until cancelled.
    package func run() async {
        while !Task.isCancelled {
            let isOffline = knownOutage != nil
            await alarm.sleep(until: isOffline ? timekeeper.now.monotonic + Connectivity.freshness : nil)
            if isOffline, !Task.isCancelled { _ = await outage(since: timekeeper.now.wall) }
        }
    }

    private func step(since start: Timestamp) -> Step {
        let now = timekeeper.now.monotonic
        return state.withLock { state in
            if !state.connectivity.isAsked || state.connectivity.isFresh(at: now) {
                return .known(state.connectivity.outage(since: start))
            }
            if state.isAsking { return .wait }
            state.isAsking = true
            return .ask(state.connectivity)
        }
    }

    /// Asks, takes the answers in and wakes those who wait for them.
    ///
    /// Where the asking task was cancelled nothing is taken in: one of the others asks again.
    private func ask(_ connectivity: Connectivity) async {
        let answers = await answers(to: connectivity)
        let now = timekeeper.now
        let isCancelled = Task.isCancelled
        let (change, waiters) = state.withLock { state in
            state.isAsking = false
            defer { state.waiters = [] }
            let isStale = isCancelled || state.connectivity.options != connectivity.options
            return (isStale ? nil : state.connectivity.note(answers, at: now), state.waiters)
        }
        for waiter in waiters { waiter.resume() }
        guard let change else { return }
        report(change)
        alarm.ring()
    }

    private func answers(
        to connectivity: Connectivity
    ) async -> [ConnectivityReference: Connectivity.Answer] {
        let (transport, timekeeper, options) = (transport, timekeeper, connectivity.options)
        return await withTaskGroup(of: (ConnectivityReference, Connectivity.Answer).self) { group in
            for reference in options.references {
                let call = ReferenceCall(
                    reference: reference,
                    transport: transport,
                    timekeeper: timekeeper,
                    timeout: options.timeout
                )
                group.addTask { (reference, await call.answer()) }
            }
            var answers: [ConnectivityReference: Connectivity.Answer] = [:]
            for await (reference, answer) in group {
                answers[reference] = answer
                if connectivity.isDecided(answers.values) { break }
            }
            group.cancelAll()
            return answers
        }
    }

    private func waitForAnswers() async {
        await withCheckedContinuation { waiter in
            let isOver = state.withLock { state in
                guard state.isAsking else { return true }
                state.waiters.append(waiter)
                return false
            }
            if isOver { waiter.resume() }
        }
    }
}
