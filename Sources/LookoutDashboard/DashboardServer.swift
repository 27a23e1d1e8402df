import Hummingbird
package import Logging
import LookoutModel

/// Where the server gets what it shows.
package protocol StatusSource: Sendable {
    func status() async -> AgentStatus
}

/// The agent's local HTTP API: the server that carries `LocalAPI`.
///
///     GET /-/healthy        200 while the process runs
///     GET /-/ready          200 once checks run
///     GET /metrics          the status as Prometheus metrics
///     /api/v1/…             docs/api.md
package struct DashboardServer: Sendable {
    private let host: String
    private let port: Int
    private let source: any StatusSource
    private let api: LocalAPI
    private let logger: Logger

    package init(
        host: String,
        port: Int,
        control: any AgentControl,
        access: AccessPolicy,
        deployments: @escaping @Sendable () -> (any DeploymentControl)? = { nil },
        logger: Logger
    ) {
        self.host = host
        self.port = port
        self.source = control
        self.api = LocalAPI(control: control, access: access, deployments: deployments)
        self.logger = logger
    }

    /// Serves until the service group shuts down or the task is cancelled.
    ///
    /// - Parameter whenListening: called once connections are taken, with the port, which matters where 0 was
    ///   asked for.
    /// - Throws: what the system says if the address is taken.
    package func run(whenListening: @escaping @Sendable (Int) async -> Void) async throws {
        // The server is a part of the agent, which says itself what there is to say.
        var quiet = logger
        quiet.logLevel = .critical
        let application = Application(
            responder: CallbackResponder<BasicRequestContext> { request, _ in try await respond(to: request)
            },
            // Nobody holds a connection for ever without a word.
            server: .http1(configuration: .init(idleTimeout: .seconds(60))),
            configuration: .init(address: .hostname(host, port: port), serverName: "lookout"),
            onServerRunning: { channel in await whenListening(channel.localAddress?.port ?? port) },
            logger: quiet
        )
        try await application.run()
    }

    private func respond(to request: Request) async throws -> Response {
        switch request.uri.path {
        case "/-/healthy": return Self.page("Lookout is healthy.\n", type: "text/plain; charset=utf-8")
        case "/-/ready": return Self.page("Lookout is ready.\n", type: "text/plain; charset=utf-8")
        case "/metrics":
            return Self.page(
                MetricsText.render(await source.status()),
                type: "text/plain; version=0.0.4; charset=utf-8"
            )
        default: return Self.response(await answer(request), isHead: request.method == .head)
        }
    }

    private func answer(_ request: Request) async -> APIResponse {
        var headers: [String: String] = [:]
        for field in request.headers { headers[field.name.canonicalName] = field.value }
        headers["host"] = request.head.authority
        let method = APIRequest.Method(rawValue: request.method.rawValue) ?? .other
        let target = request.uri.string
        guard let head = APIRequest(method, target: target, headers: headers) else {
            return Problem.badTarget.response
        }
        return await api.answer(head) { () async throws(Problem) in try await Self.body(of: request) }
    }

    private static func body(of request: Request) async throws(Problem) -> [UInt8] {
        do {
            let buffer = try await request.body.collect(upTo: RequestDocument.maximumBytes)
            return Array(buffer.readableBytesView)
        } catch {
            throw .tooLarge(limit: RequestDocument.maximumBytes)
        }
    }

    private static func response(_ answer: APIResponse, isHead: Bool) -> Response {
        var response = page(isHead ? "" : answer.body, type: answer.contentType)
        response.status = HTTPResponse.Status(code: answer.status)
        response.headers[.allow] = answer.headers["Allow"]
        response.headers[.location] = answer.headers["Location"]
        response.headers[.wwwAuthenticate] = answer.headers["WWW-Authenticate"]
        return response
    }

    private static func page(_ text: String, type: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: type, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }
}
