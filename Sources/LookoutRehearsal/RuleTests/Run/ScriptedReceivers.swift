import LookoutAlerting
import LookoutModel
import Synchronization

/// The receivers of a test: each answers as its script says, and everything that reaches it is kept.
final class ScriptedReceivers: Sendable {
    private struct State {
        var scripts: [String: ReceiverScript]
        var isOffline = false
        /// How often each notice was tried.
        var attempts: [NoticeID: Int] = [:]
    }

    private let state: Mutex<State>
    private let timeline: Timeline

    init(scripts: [String: ReceiverScript], timeline: Timeline) {
        state = Mutex(State(scripts: scripts))
        self.timeline = timeline
    }

    /// Receivers of these names, as a dispatcher takes them.
    func configured(_ names: [String]) -> [ConfiguredReceiver] {
        names.map { name in
            ConfiguredReceiver(name: name, typeName: "rehearsal") { [self] delivery, tools in
                await send(delivery, to: name, tools)
            }
        }
    }

    /// Changes what a receiver answers from now on.
    func replace(_ script: ReceiverScript, of receiver: String) {
        state.withLock { $0.scripts[receiver] = script }
    }

    /// Cuts the way to all receivers, or opens it again.
    func setOffline(_ isOffline: Bool) {
        state.withLock { $0.isOffline = isOffline }
    }

    private func send(_ delivery: Delivery, to receiver: String, _ tools: ReceiverTools) async -> SendVerdict
    {
        let (answer, number) = state.withLock { state in
            let number = (state.attempts[delivery.notice.id] ?? 0) + 1
            state.attempts[delivery.notice.id] = number
            guard !state.isOffline else { return (ReceiverAnswer(kind: .refused), number) }
            return (state.scripts[receiver]?.next() ?? .taken, number)
        }
        if answer.kind == .hang {
            record(delivery, receiver, answer, number)
            // Longer than any sender waits.
            try? await tools.timekeeper.sleep(for: .seconds(86_400))
            return answer.verdict
        }
        if answer.delay > .zero {
            do {
                try await tools.timekeeper.sleep(for: answer.delay)
            } catch {
                record(delivery, receiver, ReceiverAnswer(kind: .hang), number)
                return .retry(after: nil, reason: "given up before the answer")
            }
        }
        record(delivery, receiver, answer, number)
        return answer.verdict
    }

    private func record(_ delivery: Delivery, _ receiver: String, _ answer: ReceiverAnswer, _ number: Int) {
        let attempt = ReceiverAttempt(
            receiver: receiver,
            notice: delivery.notice,
            answer: answer,
            number: number
        )
        timeline.record(.attempt(attempt))
    }
}
