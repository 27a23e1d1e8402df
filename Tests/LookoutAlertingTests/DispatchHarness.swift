import Logging
import LookoutAlerting
import LookoutHTTP
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Synchronization

/// What a scripted receiver does with an attempt.
enum Answer: Hashable, Sendable {
    case say(SendVerdict)
    /// Says it after a while.
    case later(Duration, SendVerdict)
    /// Never answers, until it is cancelled.
    case hang
}

/// An attempt as a receiver saw it: at which second of the test, and what.
struct Sent: Hashable, Sendable, CustomStringConvertible {
    var second: Int64
    var receiver: String
    var text: String

    var description: String { "\(second)s \(receiver) \(text)" }
}

/// A dispatcher over a store in memory, in virtual time, with receivers that follow a script.
final class DispatchHarness: Sendable {
    let world = Simulation()
    let store = MemoryAlertStore()
    let signal = WakeSignal()
    let sent = Recorder<Sent>()
    /// The notices that receivers said they have, in order.
    let accepted = Recorder<Delivery>()
    private let scripts: Mutex<[String: [Answer]]>
    private let start: Moment

    /// Each receiver's answers in order; the last one is repeated.
    init(_ scripts: [String: [Answer]]) {
        self.scripts = Mutex(scripts)
        start = world.now
    }

    func script(_ receiver: String, _ answers: [Answer]) {
        scripts.withLock { $0[receiver] = answers }
    }

    func dispatcher(owner: String = "boot-1", options: Dispatcher.Options = .init()) -> Dispatcher {
        Dispatcher(
            store: store,
            receivers: scripts.withLock { $0.keys.sorted() }.map(receiver(named:)),
            tools: ReceiverTools(
                transport: NoTransport(),
                timekeeper: world.timekeeper,
                output: NoOutput(),
                errorOutput: NoOutput()
            ),
            owner: owner,
            signal: signal,
            options: options,
            randomness: SeededGenerator(seed: 3),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    /// The rule and what is told of it, or how many notices; `plain` where it is sent in plain words.
    private static func text(of delivery: Delivery) -> String {
        let form = delivery.form == .plain ? "plain " : ""
        if delivery.isDigest { return "\(form)digest of \(delivery.notices.count)" }
        return form + delivery.notice.rule + " " + delivery.notice.kind.rawValue
    }

    func receiver(named name: String) -> ConfiguredReceiver {
        let traits = ReceiverTraits(isKeyed: name.hasPrefix("keyed"), isLocal: name.hasPrefix("local"))
        return ConfiguredReceiver(name: name, typeName: "scripted", traits: traits) { delivery, tools in
            self.sent.record(
                Sent(
                    second: (self.world.now.monotonic - self.start.monotonic).components.seconds,
                    receiver: name,
                    text: Self.text(of: delivery)
                )
            )
            let verdict = await self.verdict(self.nextAnswer(of: name), tools.timekeeper)
            if verdict.isDelivered { self.accepted.record(delivery) }
            return verdict
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

    /// Commits a notice for each receiver, and wakes the dispatcher.
    func tell(
        _ receivers: String...,
        rule: String = "down",
        severity: Severity = .major,
        kind: Notice.Kind = .firing,
        episode: Int = 0
    ) async throws {
        var notices: [Notice] = []
        for receiver in receivers {
            var generator = SystemRandomNumberGenerator()
            let id = AlertID(rule: rule, labels: [:])
            notices.append(
                Notice(
                    id: NoticeID(at: world.now.wall, using: &generator),
                    receiver: receiver,
                    kind: kind,
                    alert: Alert(
                        id: id,
                        severity: severity,
                        episode: episode,
                        pendingSince: world.now.wall
                    ),
                    createdAt: world.now.wall
                )
            )
        }
        try await store.commit(AlertCommit(notices: notices))
        signal.raise()
        world.settle()
    }

    /// What was sent to a receiver so far, as "second rule kind".
    func texts(_ receiver: String) -> [String] {
        sent.values.filter { $0.receiver == receiver }.map { "\($0.second)s \($0.text)" }
    }

    private func nextAnswer(of receiver: String) -> Answer {
        scripts.withLock { scripts in
            guard let answers = scripts[receiver], let next = answers.first else { return .say(.delivered) }
            if answers.count > 1 { scripts[receiver]?.removeFirst() }
            return next
        }
    }
}

/// A way out that nobody may use.
struct NoTransport: HTTPTransport {
    func send(_ request: HTTPRequest) async throws(TransferError) -> HTTPResponse {
        throw TransferError(.local, "this test has no network")
    }

    func connect(_ request: ConnectionRequest) async throws(TransferError) -> any ByteStream {
        throw TransferError(.local, "this test has no network")
    }
}

struct NoOutput: LineOutput {
    var showsColor: Bool { false }

    func write(_ text: String, timekeeper: any Timekeeper) async throws {
        throw CancellationError()
    }
}
