import Logging
import LookoutAlerting
import LookoutHTTP
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Synchronization

/// A dispatcher in virtual time whose receivers, disk, clock and power fail when a schedule says so.
///
/// All that receivers saw is kept, and what they must never see is noted at once.
final class OutboxWorld: Sendable {
    /// An attempt as a receiver saw it.
    struct Attempt: Sendable {
        let receiver: String
        let at: Duration
        let delivery: Delivery
        var verdict: SendVerdict?
        /// Which run of the program made it.
        let run: Int
    }

    private struct State {
        var answers: [String: [Answer]] = [:]
        var attempts: [Attempt] = []
        var violations: [String] = []
        var run = 0
    }

    static let receivers = ["team", "keyed", "local"]

    let simulation = Simulation()
    let store = MemoryAlertStore()
    private let signal = WakeSignal()
    private let state = Mutex(State())

    var attempts: [Attempt] { state.withLock { $0.attempts } }
    var violations: [String] { state.withLock { $0.violations } }
    var now: Moment { simulation.now }

    /// Another run of the program.
    func makeDispatcher() -> Dispatcher {
        let run = state.withLock { state in
            state.run += 1
            return state.run
        }
        return Dispatcher(
            store: store,
            receivers: Self.receivers.map { receiver($0, run) },
            tools: ReceiverTools(
                transport: AbsentTransport(),
                timekeeper: simulation.timekeeper,
                output: AbsentOutput(),
                errorOutput: AbsentOutput()
            ),
            owner: "run-\(run)",
            signal: signal,
            options: .init(digestThreshold: 2, digestLimit: 3),
            randomness: SeededGenerator(seed: 3),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    /// What a receiver answers next; after that it takes everything.
    func answer(_ receiver: String, _ answers: [Answer]) {
        state.withLock { $0.answers[receiver] = answers }
    }

    func commit(_ notices: [Notice]) async throws {
        try await store.commit(AlertCommit(notices: notices))
        signal.raise()
        simulation.settle()
    }

    func complain(_ violation: String) {
        state.withLock { $0.violations.append(violation) }
    }

    private func receiver(_ name: String, _ run: Int) -> ConfiguredReceiver {
        let traits = ReceiverTraits(isKeyed: name == "keyed", isLocal: name == "local")
        return ConfiguredReceiver(name: name, typeName: "scripted", traits: traits) { delivery, tools in
            let number = self.state.withLock { state in
                let now = self.now.monotonic
                state.attempts.append(Attempt(receiver: name, at: now, delivery: delivery, run: run))
                return state.attempts.count - 1
            }
            self.inspect(delivery, name, await self.store.outbox)
            let verdict = await self.verdict(self.nextAnswer(of: name), tools.timekeeper)
            self.state.withLock { $0.attempts[number].verdict = verdict }
            return verdict
        }
    }

    /// Nothing leaves that is not on the disk and claimed, and nothing urgent waits behind it.
    private func inspect(_ delivery: Delivery, _ receiver: String, _ rows: [MemoryAlertStore.Row]) {
        let ids = Set(delivery.notices.map(\.id))
        let own = rows.filter { ids.contains($0.notice.id) }
        let isClaimed = own.allSatisfy { row in
            row.status == .waiting && (delivery.isDigest ? row.digest == delivery.id : row.lease != nil)
        }
        if own.count != ids.count || !isClaimed { complain("P6: \(delivery.id) left without a claim") }
        if receiver == "keyed", delivery.isDigest { complain("a digest for a keyed receiver") }
        let alerts = Set(delivery.notices.map(\.subjectKey))
        let isUrgent = rows.contains { row in
            // It may be the mild beginning of what became urgent.
            row.status == .waiting && row.notice.receiver == receiver
                && row.notice.severity == .outage && alerts.contains(row.notice.subjectKey)
        }
        if isUrgent { return }
        var heads: Set<String> = []
        for row in rows where row.status == .waiting && row.notice.receiver == receiver {
            guard heads.insert(row.notice.subjectKey).inserted else { continue }
            let isFree = row.trial == .none && row.lease == nil && row.digest == nil && !row.isAlone
            if isFree, row.attempts.due == nil, row.notice.severity == .outage {
                complain("P14: \(delivery.id) went before severity 1")
            }
        }
    }

    private func nextAnswer(of receiver: String) -> Answer {
        state.withLock { state in
            guard let next = state.answers[receiver]?.first else { return .say(.delivered) }
            state.answers[receiver]?.removeFirst()
            return next
        }
    }

    private func verdict(_ answer: Answer, _ timekeeper: any Timekeeper) async -> SendVerdict {
        switch answer {
        case .say(let verdict): return verdict
        case .later(let wait, let verdict):
            try? await timekeeper.sleep(for: wait)
            return Task.isCancelled ? .retry(after: nil, reason: "cancelled") : verdict
        case .hang:
            try? await timekeeper.sleep(for: .seconds(1_000_000))
            return .retry(after: nil, reason: "cancelled")
        }
    }
}

/// A way out that nobody may use.
private struct AbsentTransport: HTTPTransport {
    func send(_ request: HTTPRequest) async throws(TransferError) -> HTTPResponse {
        throw TransferError(.local, "this test has no network")
    }

    func connect(_ request: ConnectionRequest) async throws(TransferError) -> any ByteStream {
        throw TransferError(.local, "this test has no network")
    }
}

private struct AbsentOutput: LineOutput {
    var showsColor: Bool { false }

    func write(_ text: String, timekeeper: any Timekeeper) async throws {
        throw CancellationError()
    }
}
