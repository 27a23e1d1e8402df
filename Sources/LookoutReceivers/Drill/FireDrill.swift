package import LookoutAlerting
import LookoutHTTP
package import LookoutModel
import LookoutSettings
import Synchronization

/// Tries a receiver before it is needed: sends it one marked notice, or shows what it would be sent.
package struct FireDrill: Sendable {
    /// What came of it.
    package struct Outcome: Hashable, Sendable {
        package var verdict: SendVerdict
        package var exchanges: [DrillExchange]
        /// What a receiver that writes lines has written.
        package var output: String
    }

    private let receiver: ConfiguredReceiver
    private let tools: ReceiverTools
    private let secrets: [Secret]

    /// - Parameters:
    ///   - receiver: who is tried.
    ///   - tools: as in operation.
    ///   - secrets: what must not be shown, whatever a peer repeats.
    package init(_ receiver: ConfiguredReceiver, _ tools: ReceiverTools, secrets: [Secret]) {
        self.receiver = receiver
        self.tools = tools
        self.secrets = secrets
    }

    /// Sends a notice that says what it is; a peer that keeps alerts by their names is told of the end as well,
    /// so that nothing stays open there.
    package func run() async -> Outcome {
        let now = tools.timekeeper.now.wall
        let transport = DrillTransport(http: tools.transport, mail: tools.mail, secrets: secrets)
        var tools = tools
        tools.transport = transport
        tools.mail = transport
        let kinds: [Notice.Kind] = receiver.traits.isKeyed ? [.firing, .resolved] : [.firing]
        var verdict = SendVerdict.delivered
        for kind in kinds where verdict.isDelivered {
            let alert = DrillNotice.alert(for: receiver.name, kind: kind, at: now)
            verdict = await receiver.send(
                DrillNotice.delivery(of: alert, kind, to: receiver.name, at: now),
                tools
            )
        }
        return Outcome(verdict: verdict, exchanges: transport.exchanges, output: "")
    }

    /// What the receiver would be sent; nothing leaves.
    ///
    /// Nil for a receiver that starts programs, whose work cannot be held back.
    package func preview(of alert: Alert, _ kind: Notice.Kind) async -> Outcome? {
        guard !receiver.traits.startsPrograms else { return nil }
        let now = tools.timekeeper.now.wall
        let transport = DrillTransport(http: nil, mail: nil, secrets: secrets)
        let output = DrillOutput()
        var tools = tools
        tools.transport = transport
        tools.mail = transport
        tools.output = output
        tools.errorOutput = output
        let delivery = DrillNotice.delivery(of: alert, kind, to: receiver.name, at: now)
        let verdict = await receiver.send(delivery, tools)
        return Outcome(
            verdict: verdict,
            exchanges: transport.exchanges,
            output: SecretMask(secrets).masked(output.text)
        )
    }
}

extension SendVerdict {
    /// The verdict for people.
    package var words: String {
        switch self {
        case .accepted(let reference): reference.map { "delivered, called \($0) there" } ?? "delivered"
        case .retry(let after?, let reason): "not now, again after \(after.durationText): \(reason)"
        case .retry(nil, let reason): "failed, would be tried again: \(reason)"
        case .broken(let reason): "the receiver cannot work as it is configured: \(reason)"
        case .rejected(let reason): "refused for good: \(reason)"
        }
    }
}

/// Keeps what is written instead of writing it.
private final class DrillOutput: LineOutput {
    private let written = Mutex("")

    let showsColor = false
    var text: String { written.withLock { $0 } }

    func write(_ text: String, timekeeper: any Timekeeper) async throws {
        written.withLock { $0 += text }
    }
}
