import LookoutHTTP
import LookoutModel
import LookoutProbing
import LookoutSettings
import LookoutTestSupport

extension Check {
    /// A check for tests: `test/<name>`, each minute unless said otherwise.
    static func example(
        _ name: String = "a",
        every interval: Duration = .seconds(60),
        timeout: Duration = .seconds(5),
        attempts: Int = 1
    ) -> Check {
        Check(
            id: CheckID(environment: "test", probe: name),
            type: "example",
            interval: interval,
            timeout: timeout,
            attempts: attempts
        )
    }
}

extension ConfiguredProbe {
    /// A probe that does what a closure does.
    static func example(_ run: @escaping @Sendable (ProbeContext) async -> ProbeResult) -> ConfiguredProbe {
        ConfiguredProbe(ExampleProbe(run: run))
    }
}

private struct ExampleProbe: ProbeType {
    struct NoSettings: LookoutSettings.Settings {
        static var fields: [Field<Self>] { [] }
    }

    static let name = "example"
    static let summary = "Does what a test says."
    static let facts: [FactField] = []
    let body: @Sendable (ProbeContext) async -> ProbeResult

    init(run: @escaping @Sendable (ProbeContext) async -> ProbeResult) {
        body = run
    }

    init(settings _: NoSettings) {
        body = { _ in ProbeResult(.ok) }
    }

    func run(_ context: ProbeContext) async -> ProbeResult {
        await body(context)
    }
}

/// A transport that nobody may use.
struct NoTransport: HTTPTransport {
    func send(_ request: HTTPRequest) async throws(TransferError) -> HTTPResponse {
        fatalError("nobody should send")
    }

    func connect(_ request: ConnectionRequest) async throws(TransferError) -> any ByteStream {
        fatalError("nobody should connect")
    }
}
