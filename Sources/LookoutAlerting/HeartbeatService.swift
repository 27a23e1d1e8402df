package import Logging
package import LookoutHTTP
package import LookoutModel
import Synchronization

/// Calls the addresses that raise the alarm when nobody calls them.
package final class HeartbeatService: Sendable {
    /// How the calls to one address fare.
    package struct Statistics: Hashable, Sendable {
        package var sent = 0
        package var failed = 0
        package var lastSent: Timestamp?
        /// Why the last call did not work; nil if it did.
        package var trouble: String?

        package init() {}
    }

    private struct State {
        var heartbeats: [Heartbeat]
        var statistics: [String: Statistics] = [:]
    }

    /// How often a call is made before the next period.
    private static let attempts = 3
    private static let timeout = Duration.seconds(10)

    private let transport: any HTTPTransport
    private let timekeeper: any Timekeeper
    private let health: @Sendable () async -> AgentHealth
    private let logger: Logger
    private let changes = WakeSignal()
    private let state: Mutex<State>

    /// - Parameters:
    ///   - heartbeats: the addresses; `replace` changes them.
    ///   - transport: the way to them.
    ///   - timekeeper: tells when a call is due.
    ///   - logger: gets calls that did not work at `warning`.
    ///   - health: how the agent fares; where that does not return, nobody is called, which is meant so.
    package init(
        _ heartbeats: [Heartbeat],
        transport: any HTTPTransport,
        timekeeper: any Timekeeper,
        logger: Logger,
        health: @escaping @Sendable () async -> AgentHealth
    ) {
        self.transport = transport
        self.timekeeper = timekeeper
        self.logger = logger
        self.health = health
        state = Mutex(State(heartbeats: heartbeats))
    }

    package var statistics: [String: Statistics] { state.withLock { $0.statistics } }

    /// Goes on with other addresses.
    package func replace(_ heartbeats: [Heartbeat]) {
        let isChanged = state.withLock { state in
            defer { state.heartbeats = heartbeats }
            return state.heartbeats != heartbeats
        }
        if isChanged { changes.raise() }
    }

    /// Calls until cancelled.
    package func run() async {
        while !Task.isCancelled {
            let seen = changes.generation
            let heartbeats = state.withLock { state in
                let names = Set(state.heartbeats.map(\.name))
                state.statistics = state.statistics.filter { names.contains($0.key) }
                return state.heartbeats
            }
            await withTaskGroup(of: Void.self) { group in
                for heartbeat in heartbeats { group.addTask { await self.keepCalling(heartbeat) } }
                group.addTask { await self.changes.wait(beyond: seen) }
                await group.next()
                group.cancelAll()
            }
        }
    }

    private func keepCalling(_ heartbeat: Heartbeat) async {
        var schedule = HeartbeatSchedule(heartbeat)
        while !Task.isCancelled {
            let health = await health()
            let now = timekeeper.now.monotonic
            if let beat = schedule.beat(health, at: now) {
                await call(heartbeat, beat, health, until: now + heartbeat.period)
            }
            // The sleep is cut short by cancellation alone, which the loop looks for.
            try? await timekeeper.sleep(until: schedule.nextLook(after: timekeeper.now.monotonic))
        }
    }

    private func call(
        _ heartbeat: Heartbeat,
        _ beat: HeartbeatSchedule.Beat,
        _ health: AgentHealth,
        until deadline: Duration
    ) async {
        let call = HeartbeatCall(heartbeat: heartbeat, beat: beat, health: health)
        var trouble: String?
        for attempt in 1...Self.attempts {
            trouble = await call.send(over: transport, timeout: Self.timeout)
            let pause = Duration.seconds(1 << attempt)
            guard trouble != nil, attempt < Self.attempts, !Task.isCancelled,
                timekeeper.now.monotonic + pause + Self.timeout < deadline
            else { break }
            try? await timekeeper.sleep(for: pause)
        }
        guard !Task.isCancelled else { return }
        note(trouble, of: heartbeat)
    }

    private func note(_ trouble: String?, of heartbeat: Heartbeat) {
        let now = timekeeper.now.wall
        let before = state.withLock { state in
            var statistics = state.statistics[heartbeat.name] ?? Statistics()
            defer { state.statistics[heartbeat.name] = statistics }
            let before = statistics.trouble
            statistics.trouble = trouble
            if trouble == nil {
                statistics.sent += 1
                statistics.lastSent = now
            } else {
                statistics.failed += 1
            }
            return before
        }
        guard trouble != before else { return }
        if let trouble {
            logger.warning(
                "the dead-man's switch could not be reached; it may raise the alarm",
                metadata: ["heartbeat": "\(heartbeat.name)", "error": "\(trouble)"]
            )
        } else {
            logger.notice(
                "the dead-man's switch is reached again",
                metadata: ["heartbeat": "\(heartbeat.name)"]
            )
        }
    }
}
