import LookoutModel
import Testing

@testable import LookoutDemo

@Suite struct DemoBackendAnswers {
    private let origin = "http://127.0.0.1:9831"
    private let now = Timestamp(seconds: 1_755_694_148)

    private func health(_ faults: Set<DemoFaultKind>) throws -> JSONValue {
        let backend = DemoBackend(allowedOrigins: [origin], faults: faults)
        let reply = backend.reply(to: DemoRequest(target: "/health"), now: now)
        #expect(reply.status == 200)
        return try JSONValue(parsing: Array(reply.body.utf8))
    }

    @Test func `a healthy backend answers as the requirement shows`() throws {
        let health = try health([])
        #expect(
            health == [
                "status": "healthy",
                "timestamp": "2025-08-20T12:49:08Z",
                "version": "2.0.4",
                "services": [
                    "database": "connected", "redis": "connected", "openai": "available",
                    "tts": "operational",
                ],
            ]
        )
    }

    @Test(arguments: [
        (DemoFaultKind.databaseUnhealthy, "database"), (.redisUnhealthy, "redis"),
        (.openAIUnhealthy, "openai"), (.ttsUnhealthy, "tts"),
    ])
    func `one unhealthy service leaves the others as they are`(fault: DemoFaultKind, service: String) throws {
        let healthy = try health([])["services"]
        let services = try health([fault])["services"]
        for name in ["database", "redis", "openai", "tts"] {
            #expect(services?[name] == (name == service ? "unhealthy" : healthy?[name]))
        }
    }

    @Test func `missing services are missing, not empty`() throws {
        #expect(try health([.servicesMissing])["services"] == nil)
    }

    @Test func `an old backend says so`() throws {
        #expect(try health([.oldVersion])["version"] == "2.0.3")
    }

    @Test func `a hanging backend takes the chat socket with it`() {
        let backend = DemoBackend(allowedOrigins: [origin], faults: [.hanging])
        #expect(backend.reply(to: DemoRequest(target: "/health"), now: now).hangs)
        guard case .isSilent = backend.chat else {
            Issue.record("the socket talks although the backend hangs")
            return
        }
    }

    private func allowOrigin(_ origin: String, method: String, _ faults: Set<DemoFaultKind>) -> (Int, String?)
    {
        let backend = DemoBackend(allowedOrigins: [self.origin], corsFaults: faults)
        let request = DemoRequest(
            method: method,
            target: "/api/v1/profile",
            headers: [(name: "Origin", value: origin)]
        )
        let reply = backend.reply(to: request, now: now)
        return (reply.status, reply.headers.first { $0.name == "access-control-allow-origin" }?.value)
    }

    @Test(arguments: ["GET", "OPTIONS"])
    func `the API allows the origin that it knows and no other`(method: String) {
        #expect(allowOrigin(origin, method: method, []) == (200, origin))
        #expect(allowOrigin("https://evil.example", method: method, []).1 == nil)
        #expect(allowOrigin(origin, method: method, [.originMissing]).1 == nil)
        #expect(allowOrigin(origin, method: method, [.wildcardWithCredentials]).1 == "*")
    }
}
