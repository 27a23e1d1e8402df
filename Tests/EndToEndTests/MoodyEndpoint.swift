import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Synchronization

/// A webhook that fails in every way there is, until it recovers.
final class MoodyEndpoint: Sendable {
    /// What it does with a message.
    private enum Mood: CaseIterable {
        case accepts
        case fails
        case throttles
        case breaksOff
        /// It takes the message, and the answer is lost.
        case losesAnswer
    }

    private final class Memory: Sendable {
        struct State {
            var generator: SeededGenerator
            var isWell = false
            var accepted: [(key: String, body: String)] = []
            var refusals = 0
        }

        let state: Mutex<State>

        init(seed: UInt64) {
            state = Mutex(State(generator: SeededGenerator(seed: seed)))
        }

        func mood() -> Mood {
            state.withLock {
                $0.isWell ? .accepts : Mood.allCases.randomElement(using: &$0.generator) ?? .accepts
            }
        }

        func note(_ request: LoopbackRequest, _ mood: Mood) {
            let key = request.headers.first { $0.name.lowercased() == "idempotency-key" }?.value ?? ""
            state.withLock { state in
                if mood == .accepts || mood == .losesAnswer {
                    state.accepted.append((key, String(decoding: request.body, as: UTF8.self)))
                } else {
                    state.refusals += 1
                }
            }
        }
    }

    private let memory: Memory
    private let server: LoopbackServer

    init(seed: UInt64) throws {
        let memory = Memory(seed: seed)
        self.memory = memory
        server = try LoopbackServer { connection in
            let request = try connection.readRequest()
            let mood = memory.mood()
            memory.note(request, mood)
            switch mood {
            case .accepts: try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            case .fails: try connection.send("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")
            case .throttles:
                try connection.send(
                    "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n"
                )
            case .breaksOff, .losesAnswer: connection.reset()
            }
        }
    }

    var url: String { server.url("/moody") }

    /// From now on it accepts everything.
    func recover() {
        memory.state.withLock { $0.isWell = true }
    }

    /// The bodies of the messages that it took, in order.
    var accepted: [String] { memory.state.withLock { $0.accepted.map(\.body) } }
    /// Their idempotency keys.
    var acceptedKeys: [String] { memory.state.withLock { $0.accepted.map(\.key) } }
    var refusals: Int { memory.state.withLock { $0.refusals } }

    func stop() { server.stop() }
}
