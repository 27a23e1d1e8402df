import Logging
import LookoutHTTP
import LookoutModel
import LookoutSimulation
import Synchronization
import Testing

@testable import LookoutDashboard

/// The server on a port of this machine, asked as a program, a browser and an attacker ask.
@Suite(.serialized) struct DashboardServing {
    private let agent = ScriptedAgent()

    /// Serves while the operation runs.
    private func serving(
        _ operation: @escaping @Sendable (HTTPClient, String) async throws -> Void
    ) async throws {
        let server = DashboardServer(
            host: "127.0.0.1",
            port: 0,
            control: agent,
            access: AccessPolicy(token: Secret(APIFixture.token)),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        let port = AsyncStream<Int>.makeStream()
        let client = try HTTPClient()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run { port.continuation.yield($0) } }
            let number = await port.stream.first { _ in true }
            do {
                try await operation(client, "http://127.0.0.1:\(number ?? 0)")
            } catch {
                group.cancelAll()
                await client.shutdown()
                throw error
            }
            group.cancelAll()
            while let result = await group.nextResult() { _ = result }
        }
        await client.shutdown()
    }

    private func post(_ url: String, _ body: [UInt8], _ headers: [(String, String)] = []) -> HTTPRequest {
        HTTPRequest(
            url: url,
            method: "POST",
            headers: [HeaderField("Content-Type", "application/json")]
                + headers.map { HeaderField($0.0, $0.1) },
            body: body,
            bearerToken: headers.contains { $0.0 == "Authorization" } ? nil : Secret(APIFixture.token)
        )
    }

    private let silence = Array(#"{"matchers": ["a=b"], "for": "1h", "by": "alice"}"#.utf8)

    @Test func `a silence is added with the token and not without`() async throws {
        let (agent, silence) = (agent, silence)
        try await serving { client, base in
            let url = "\(base)/api/v1/silences"
            let denied = try await client.send(post(url, silence, [("Authorization", "Bearer wrong")]))
            #expect(denied.statusCode == 401)
            #expect(denied.headers.contains { $0.name.lowercased() == "www-authenticate" })
            #expect(agent.state.withLock { $0.questions } == 0)
            let added = try await client.send(post(url, silence))
            #expect(added.statusCode == 201)
            #expect(added.headers.contains { $0.name.lowercased() == "location" })
            #expect(agent.state.withLock { $0.silences.count } == 1)
        }
    }

    @Test(arguments: [
        ("Origin", "http://evil.example"), ("Origin", "null"), ("Host", "evil.example"),
        ("Host", "127.0.0.1.nip.io:9831"),
    ])
    func `a browser sent by a foreign page changes and sees nothing, even with the token`(
        name: String,
        value: String
    ) async throws {
        let (agent, silence) = (agent, silence)
        try await serving { client, base in
            let posted = try await client.send(post("\(base)/api/v1/silences", silence, [(name, value)]))
            #expect(posted.statusCode == 403)
            let seen = try await client.send(
                HTTPRequest(url: "\(base)/api/v1/alerts", headers: [HeaderField(name, value)])
            )
            #expect(seen.statusCode == 403)
            #expect(agent.state.withLock { $0.questions } == 0)
        }
    }

    @Test func `a body is taken up to its limit`() async throws {
        let (agent, limit) = (agent, RequestDocument.maximumBytes)
        try await serving { client, base in
            let url = "\(base)/api/v1/silences"
            let padding = String(repeating: " ", count: limit - self.silence.count)
            let largest = try await client.send(post(url, self.silence + Array(padding.utf8)))
            #expect(largest.statusCode == 201)
            let tooLarge = try await client.send(post(url, self.silence + Array(padding.utf8) + [32]))
            #expect(tooLarge.statusCode == 413)
            #expect(agent.state.withLock { $0.silences.count } == 1)
        }
    }

    @Test func `a stranger's large body is not read before it is refused`() async throws {
        try await serving { client, base in
            let request = post(
                "\(base)/api/v1/silences",
                [UInt8](repeating: 32, count: 4 << 20),
                [("Authorization", "Bearer wrong")]
            )
            // Cut off or refused: either way nothing was taken.
            if let answer = try? await client.send(request) { #expect(answer.statusCode == 401) }
            let alive = try await client.send(HTTPRequest(url: "\(base)/-/healthy"))
            #expect(alive.statusCode == 200)
        }
    }

    @Test(arguments: ["/-/healthy", "/-/ready", "/metrics", "/api/v1/status", "/api/v1/alerts"])
    func `what only looks needs no token, and is not kept by a cache`(path: String) async throws {
        try await serving { client, base in
            let answer = try await client.send(HTTPRequest(url: base + path))
            #expect(answer.statusCode == 200)
            #expect(
                answer.headers.contains { $0.name.lowercased() == "cache-control" && $0.value == "no-store" }
            )
            let head = try await client.send(HTTPRequest(url: base + path, method: "HEAD"))
            #expect(head.statusCode == 200)
            #expect(head.body.isEmpty)
        }
    }

    @Test(arguments: ["PUT", "PATCH", "OPTIONS", "TRACE"])
    func `other methods are refused`(method: String) async throws {
        try await serving { client, base in
            let request = HTTPRequest(
                url: "\(base)/api/v1/silences",
                method: method,
                bearerToken: Secret(APIFixture.token)
            )
            let answer = try await client.send(request)
            #expect(answer.statusCode == 405)
        }
    }

    @Test func `problems are what RFC 9457 says`() async throws {
        try await serving { client, base in
            let answer = try await client.send(HTTPRequest(url: "\(base)/api/v1/incidents/12"))
            #expect(answer.statusCode == 404)
            #expect(
                answer.headers.contains {
                    $0.name.lowercased() == "content-type" && $0.value == "application/problem+json"
                }
            )
            let problem = try JSONValue(parsing: answer.body)
            #expect(problem["status"] == 404)
            #expect(problem["type"] == "urn:lookout:problem:not-found")
        }
    }
}
