/// A request as the simulated sites see it.
package struct DemoRequest: Sendable {
    package var method: String
    /// Path and query.
    package var target: String
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]

    package init(
        method: String = "GET",
        target: String,
        headers: [(name: String, value: String)] = [],
        body: [UInt8] = []
    ) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
    }

    /// The value of the first header with this name, without regard to case.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The target without its query.
    package var path: String {
        String(target.prefix { $0 != "?" })
    }
}

/// What a simulated site answers, and how.
package struct DemoReply: Sendable {
    package var status: Int
    package var headers: [(name: String, value: String)]
    package var body: String
    /// The time that the site takes before it answers.
    package var delay: Duration
    /// True if it never answers, and keeps the connection open.
    package var hangs: Bool
    /// What the network's own latency is multiplied by.
    package var slowness = 1.0
    /// After how many bytes of the body the connection breaks; nil for the whole body.
    package var cutAfter: Int?

    package init(
        _ status: Int,
        headers: [(name: String, value: String)] = [],
        body: String = "",
        delay: Duration = .zero,
        hangs: Bool = false
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.delay = delay
        self.hangs = hangs
    }

    package static func json(_ status: Int, _ body: String) -> DemoReply {
        DemoReply(status, headers: [("content-type", "application/json")], body: body)
    }
}

/// How a site takes a WebSocket handshake.
package enum DemoChat: Sendable {
    /// Accepts, answers each text message and keeps the socket open.
    case talks
    /// Refuses the handshake with an HTTP status.
    case refuses(status: Int)
    /// Accepts, then closes at once with a code.
    case closes(code: UInt16, reason: String)
    /// Accepts, then neither answers nor closes; pings are not answered either.
    case isSilent
}

/// Something that answers requests on one port.
package protocol DemoSite: Sendable {
    func reply(to request: DemoRequest) async -> DemoReply
    /// How a WebSocket handshake on this path is taken; nil if there is no socket there.
    func chat(for request: DemoRequest) -> DemoChat?
}

extension DemoSite {
    package func chat(for request: DemoRequest) -> DemoChat? { nil }
}
