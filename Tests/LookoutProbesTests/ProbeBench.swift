import LookoutHTTP
import LookoutModel
import LookoutProbing
import LookoutSettings
import LookoutSimulation
import LookoutTestSupport

/// Runs probes over the real HTTP client, with settings written as JSON.
struct ProbeBench {
    /// The real clock.
    struct Clock: Timekeeper {
        private let start = ContinuousClock.now

        var now: Moment { Moment(wall: .epoch, monotonic: ContinuousClock.now - start) }

        func sleep(until deadline: Duration) async throws {
            fatalError("a probe waits only for its transport")
        }
    }

    let transport: any HTTPTransport
    let timekeeper = Clock()

    init(transport: any HTTPTransport) {
        self.transport = transport
    }

    init() throws {
        self.init(transport: try HTTPClient())
    }

    func run(
        _ type: any ProbeType.Type,
        _ settings: JSONValue,
        timeout: Duration = .seconds(60)
    ) async throws -> ProbeResult {
        let probe = try ProbeBench.probe(type, settings)
        return await probe.run(ProbeContext(transport: transport, timekeeper: timekeeper, timeout: timeout))
    }

    static func probe(_ type: any ProbeType.Type, _ settings: JSONValue) throws -> ConfiguredProbe {
        var context = SettingsContext()
        guard let probe = type.configured(SettingsNode(settings), &context) else { throw context.diagnostics }
        return probe
    }

    /// What is wrong with settings, in words.
    static func complaints(_ type: any ProbeType.Type, _ settings: JSONValue) -> [String] {
        var context = SettingsContext()
        _ = type.configured(SettingsNode(settings), &context)
        return context.diagnostics.all.map(\.message)
    }

    /// The least settings that a type takes, found from its required keys.
    static func leastSettings(_ type: any ProbeType.Type, url: String) -> JSONValue {
        guard case .object(let properties) = type.settingsShape else { return .object([:]) }
        var members: [String: JSONValue] = [:]
        for property in properties where property.isRequired {
            if case .list = property.shape {
                members[property.key] = ["https://shop.example"]
            } else {
                members[property.key] = .string(url)
            }
        }
        return .object(members)
    }
}

extension SettingsNode {
    /// The node that a file with this content would give.
    init(_ value: JSONValue) {
        let nowhere = SourcePosition(file: "test.yaml", line: 1, column: 1)
        let content: Content =
            switch value {
            case .null: .null
            case .bool(let isTrue): .scalar(isTrue ? "true" : "false", isQuoted: false)
            case .int(let number): .scalar("\(number)", isQuoted: false)
            case .double(let number): .scalar("\(number)", isQuoted: false)
            case .string(let text): .scalar(text, isQuoted: true)
            case .array(let elements): .sequence(elements.map { SettingsNode($0) })
            case .object(let members):
                .mapping(
                    members.sorted { $0.key < $1.key }.map {
                        Entry(key: $0.key, position: nowhere, value: SettingsNode($0.value))
                    }
                )
            }
        self.init(content, at: nowhere)
    }
}

extension ProbeResult {
    var failureClass: FailureClass? { outcome.failure?.kind }
    var facts: [String: JSONValue] { observation.facts }
}

extension SeededGenerator {
    /// Up to so many bytes, each one of the alphabet.
    mutating func bytes(upTo count: Int, from alphabet: [UInt8]) -> [UInt8] {
        let length = Int.random(in: 0...count, using: &self)
        return (0..<length).compactMap { _ in alphabet.randomElement(using: &self) }
    }
}

/// Runs a scripted server for as long as `body` runs.
func serve<Result>(
    _ script: @escaping LoopbackScript,
    during body: (LoopbackServer) async throws -> Result
) async throws -> Result {
    try await withLoopbackServer(script, body)
}

/// Runs a server that answers each request for as long as `body` runs.
func serveAnswers<Result>(
    _ reply: @escaping @Sendable (LoopbackRequest) -> LoopbackAnswer,
    during body: (LoopbackServer) async throws -> Result
) async throws -> Result {
    try await withLoopbackServer(answering: reply, body)
}
