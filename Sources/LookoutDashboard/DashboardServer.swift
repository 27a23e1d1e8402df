import Hummingbird
package import Logging
import LookoutModel

/// Where the server gets what it shows.
package protocol StatusSource: Sendable {
    func status() async -> AgentStatus
}

/// The agent's local HTTP API.
///
///     GET /-/healthy        200 while the process runs
///     GET /-/ready          200 once checks run
///     GET /api/v1/status    everything that `lookout status` shows, as JSON
///     GET /metrics          the same as Prometheus metrics
package struct DashboardServer: Sendable {
    private let host: String
    private let port: Int
    private let source: any StatusSource
    private let logger: Logger

    package init(host: String, port: Int, source: any StatusSource, logger: Logger) {
        self.host = host
        self.port = port
        self.source = source
        self.logger = logger
    }

    /// Serves until the service group shuts down or the task is cancelled.
    ///
    /// - Parameter whenListening: called once connections are taken.
    /// - Throws: what the system says if the address is taken.
    package func run(whenListening: @escaping @Sendable () async -> Void) async throws {
        // The server is a part of the agent, which says itself what there is to say.
        var quiet = logger
        quiet.logLevel = .critical
        let application = Application(
            router: router(),
            configuration: .init(address: .hostname(host, port: port), serverName: "lookout"),
            onServerRunning: { _ in await whenListening() },
            logger: quiet
        )
        try await application.run()
    }

    private func router() -> Router<BasicRequestContext> {
        let router = Router()
        router.get("/-/healthy") { _, _ in "Lookout is healthy.\n" }
        router.get("/-/ready") { _, _ in "Lookout is ready.\n" }
        router.get("/api/v1/status") { [source] _, _ in
            Self.page(await source.status().json.jsonText, type: "application/json")
        }
        router.get("/metrics") { [source] _, _ in
            Self.page(
                MetricsText.render(await source.status()),
                type: "text/plain; version=0.0.4; charset=utf-8"
            )
        }
        return router
    }

    private static func page(_ text: String, type: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: type, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }
}
