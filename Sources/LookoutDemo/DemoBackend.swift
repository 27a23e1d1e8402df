package import LookoutModel

/// The backend as the requirement describes it: `/health`, a CORS-guarded API, the chat socket.
///
/// A value: its faults decide what it says, so each fault can be tested without a server.
package struct DemoBackend: Sendable {
    /// The version that a current build reports.
    package static let version = "2.0.4"
    /// The version that `old-version` reports.
    package static let oldVersion = "2.0.3"

    package var faults: Set<DemoFaultKind>
    package var corsFaults: Set<DemoFaultKind>
    package var chatFaults: Set<DemoFaultKind>
    /// The origins in `CORS_ORIGINS`.
    package var allowedOrigins: [String]
    /// What a build that is not stale reports.
    package var currentVersion: String

    /// What the latency of its answers is multiplied by.
    package var slowness = 1.0
    /// The share of its answers that fail.
    package var failureShare = 0.0

    package init(
        allowedOrigins: [String],
        currentVersion: String = Self.version,
        faults: Set<DemoFaultKind> = [],
        corsFaults: Set<DemoFaultKind> = [],
        chatFaults: Set<DemoFaultKind> = []
    ) {
        self.allowedOrigins = allowedOrigins
        self.currentVersion = currentVersion
        self.faults = faults
        self.corsFaults = corsFaults
        self.chatFaults = chatFaults
    }

    package func reply(to request: DemoRequest, now: Timestamp) -> DemoReply {
        if faults.contains(.hanging) { return DemoReply(200, hangs: true) }
        if faults.contains(.unavailable) {
            return DemoReply(503, headers: [("content-type", "text/plain")], body: "no running event loop\n")
        }
        var reply = route(request, now: now)
        if faults.contains(.slow) { reply.delay = .milliseconds(2500) }
        return reply
    }

    package var chat: DemoChat {
        if faults.contains(.hanging) { return .isSilent }
        if faults.contains(.unavailable) { return .refuses(status: 503) }
        if chatFaults.contains(.refused) { return .refuses(status: 403) }
        if chatFaults.contains(.closedAfterAccept) {
            return .closes(code: 4001, reason: "authentication failed")
        }
        if chatFaults.contains(.silent) { return .isSilent }
        return .talks
    }

    private func route(_ request: DemoRequest, now: Timestamp) -> DemoReply {
        switch request.path {
        case "/health": .json(200, health(now: now).jsonText)
        case "/api/v1/profile": guarded(request)
        default: .json(404, #"{"detail":"Not Found"}"#)
        }
    }

    private func health(now: Timestamp) -> JSONValue {
        var services: [String: JSONValue] = [
            "database": "connected", "redis": "connected", "openai": "available", "tts": "operational",
        ]
        for (fault, service) in [
            (DemoFaultKind.databaseUnhealthy, "database"), (.redisUnhealthy, "redis"),
            (.openAIUnhealthy, "openai"), (.ttsUnhealthy, "tts"),
        ] where faults.contains(fault) {
            services[service] = "unhealthy"
        }
        var health: [String: JSONValue] = [
            "status": .string(services.values.contains("unhealthy") ? "degraded" : "healthy"),
            "timestamp": .string(now.rfc3339),
            "version": .string(faults.contains(.oldVersion) ? Self.oldVersion : currentVersion),
        ]
        if !faults.contains(.servicesMissing) { health["services"] = .object(services) }
        if faults.contains(.emergencyMode) { health["message"] = "PAM is running in emergency mode" }
        if faults.contains(.demoMode) { health["message"] = "PAM is running in demo mode" }
        return .object(health)
    }

    /// The API behind CORS: a preflight or the actual request, as FastAPI's middleware answers them.
    private func guarded(_ request: DemoRequest) -> DemoReply {
        var headers = [(name: "content-type", value: "application/json"), (name: "vary", value: "Origin")]
        let origin = request.header("origin")
        let allowed = corsFaults.contains(.originMissing) ? Array(allowedOrigins.dropFirst()) : allowedOrigins
        if corsFaults.contains(.wildcardWithCredentials), origin != nil {
            headers += [("access-control-allow-origin", "*"), ("access-control-allow-credentials", "true")]
        } else if let origin, allowed.contains(origin) {
            headers += [
                ("access-control-allow-origin", origin), ("access-control-allow-credentials", "true"),
            ]
        }
        guard request.method == "OPTIONS" else {
            return DemoReply(200, headers: headers, body: #"{"name":"Demo traveller"}"#)
        }
        headers += [
            ("access-control-allow-methods", "GET, POST, PUT, DELETE"),
            ("access-control-allow-headers", "authorization, content-type"),
            ("access-control-max-age", "600"),
        ]
        let isRefused = !headers.contains { $0.name == "access-control-allow-origin" }
        return DemoReply(
            isRefused ? 400 : 200,
            headers: headers,
            body: isRefused ? "Disallowed CORS origin" : "OK"
        )
    }
}
