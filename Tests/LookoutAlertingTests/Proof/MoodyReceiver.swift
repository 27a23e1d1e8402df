import LookoutAlerting
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Synchronization

/// What reached a receiver, as it saw it.
struct Arrival: Hashable, Sendable, CustomStringConvertible {
    /// How it was answered.
    enum Answer: Hashable, Sendable {
        case accepted
        case refused
        case rateLimited(Duration)
        /// The sender never heard of it.
        case lost
    }

    var at: Moment
    var receiver: String
    /// Which run of the program sent it.
    var run: Int
    var delivery: Delivery
    /// Whether people saw it: an answer may get lost behind it, or come without it.
    var isRead: Bool
    var answer: Answer

    var description: String {
        let notices = delivery.notices.map { "\($0.kind.rawValue) \($0.rule)#\($0.episode)" }
        return "\(at.monotonic.components.seconds)s run \(run) \(receiver) \(notices) \(answer)"
            + (isRead ? "" : " unread") + " \(delivery.id)"
    }
}

/// Receivers that behave as the world's do: well for a while, then badly for a while.
final class MoodyReceivers: Sendable {
    /// How a receiver behaves for now.
    enum Mood: CaseIterable, Hashable, Sendable {
        case well
        /// Fails in every way that passes, now and then.
        case erratic
        case down
        case hanging
        /// Refuses its credentials.
        case broken
    }

    private struct State {
        var moods: [String: Mood] = [:]
        var generator: SeededGenerator
        var run = 0
    }

    let arrivals = Recorder<Arrival>()
    private let state: Mutex<State>
    private let world: Simulation

    init(_ world: Simulation, seed: UInt64) {
        self.world = world
        state = Mutex(State(generator: SeededGenerator(seed: seed)))
    }

    func set(_ mood: Mood, of receiver: String) {
        state.withLock { $0.moods[receiver] = mood }
    }

    /// What is sent from now on is sent by another run of the program.
    func beginRun() {
        state.withLock { $0.run += 1 }
    }

    func receiver(named name: String, isKeyed: Bool) -> ConfiguredReceiver {
        ConfiguredReceiver(
            name: name,
            typeName: "moody",
            traits: ReceiverTraits(isKeyed: isKeyed)
        ) { delivery, tools in
            let answer = self.answer(of: name)
            let isRead = answer == .accepted || (answer == .lost && self.flip())
            self.arrivals.record(
                Arrival(
                    at: self.world.now,
                    receiver: name,
                    run: self.state.withLock { $0.run },
                    delivery: delivery,
                    isRead: isRead,
                    answer: answer
                )
            )
            switch answer {
            case .accepted:
                if self.flip() { try? await tools.timekeeper.sleep(for: .milliseconds(400)) }
                return .delivered
            case .refused: return self.refusal(of: name)
            case .rateLimited(let wait): return .retry(after: wait, reason: "429")
            case .lost:
                try? await tools.timekeeper.sleep(for: .seconds(100_000))
                return .retry(after: nil, reason: "cancelled")
            }
        }
    }

    private func flip() -> Bool {
        state.withLock { Bool.random(using: &$0.generator) }
    }

    private func refusal(of name: String) -> SendVerdict {
        state.withLock { $0.moods[name] } == .broken
            ? .broken(reason: "401") : .retry(after: nil, reason: "503")
    }

    private func answer(of name: String) -> Arrival.Answer {
        state.withLock { state in
            switch state.moods[name] ?? .well {
            case .well: return .accepted
            case .down, .broken: return .refused
            case .hanging: return .lost
            case .erratic:
                switch Int.random(in: 0..<6, using: &state.generator) {
                case 0, 1: return .accepted
                case 2: return .refused
                case 3: return .lost
                default: return .rateLimited(.seconds(Int.random(in: 1...120, using: &state.generator)))
                }
            }
        }
    }
}
