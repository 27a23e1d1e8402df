import LookoutAlerting
import LookoutHTTP
import LookoutModel
import LookoutTestSupport
import Testing

@testable import LookoutReceivers

/// The chats with the real HTTP client, against servers on loopback that behave as the providers do.
struct ChatOverLoopbackTests {
    /// A provider as far as a sender sees it.
    struct Provider: Sendable, CustomTestStringConvertible {
        let name: String
        /// What stands for its address in the settings, behind the server's own.
        let path: String
        let good: LoopbackAnswer
        let reference: String
        let throttled: LoopbackAnswer

        var testDescription: String { name }
    }

    private static func json(
        _ status: Int,
        _ body: JSONValue,
        _ headers: [HeaderField] = []
    ) -> LoopbackAnswer {
        LoopbackAnswer(
            status,
            headers: headers + [HeaderField("Content-Type", "application/json")],
            body: body.jsonText
        )
    }

    static let providers = [
        Provider(
            name: "slack",
            path: "/services/T0/B0/s3cretS3cretS3cretS3cret",
            good: LoopbackAnswer(200, body: "ok"),
            reference: "-",
            throttled: json(
                429,
                ["ok": false, "error": "rate_limited", "retry_after": 9],
                [HeaderField("Retry-After", "9")]
            )
        ),
        Provider(
            name: "slack_bot",
            path: "/api/chat.postMessage",
            good: json(200, ["ok": true, "channel": "C0123456789", "ts": "1763812800.000100"]),
            reference: "C0123456789/1763812800.000100",
            throttled: json(429, ["ok": false, "error": "ratelimited"], [HeaderField("Retry-After", "9")])
        ),
        Provider(
            name: "discord",
            path: "/api/webhooks/1/s3cretS3cretS3cretS3cret",
            good: json(200, ["id": "1300000000000000000"]),
            reference: "-",
            throttled: json(
                429,
                ["message": "You are being rate limited.", "retry_after": 9.5, "global": false]
            )
        ),
        Provider(
            name: "teams",
            path: "/workflows/w/triggers/manual/paths/invoke?sig=s3cretS3cretS3cretS3cret",
            good: LoopbackAnswer(202),
            reference: "-",
            throttled: LoopbackAnswer(429, headers: [HeaderField("Retry-After", "9")])
        ),
        Provider(
            name: "mattermost",
            path: "/hooks/s3cretS3cretS3cretS3cret",
            good: LoopbackAnswer(200, body: "ok"),
            reference: "-",
            throttled: LoopbackAnswer(
                429,
                headers: [HeaderField("X-RateLimit-Reset", "9")],
                body: "limit exceeded"
            )
        ),
        Provider(
            name: "google_chat",
            path: "/v1/spaces/AAAA/messages?key=k&token=s3cretS3cretS3cretS3cret",
            good: json(200, ["name": "spaces/AAAA/messages/B.B"]),
            reference: "spaces/AAAA/messages/B.B",
            throttled: json(
                429,
                ["error": ["code": 429, "status": "RESOURCE_EXHAUSTED", "message": "Quota exceeded"]],
                [HeaderField("Retry-After", "9")]
            )
        ),
    ]

    /// What one attempt with the real client comes to.
    private func verdict(_ provider: Provider, at server: LoopbackServer) async throws -> SendVerdict {
        let key = provider.name == "slack_bot" ? "api_url" : "url"
        let receiver = try ChatFixtures.named(provider.name)
            .receiver(.object([key: .string(server.url(provider.path))]))
        let client = try HTTPClient()
        let verdict = await receiver.send(DeliveryExamples.delivery("firing"), .forTest(transport: client))
        await client.shutdown()
        return verdict
    }

    private func withServer<Result>(
        giving answer: LoopbackAnswer,
        _ body: (LoopbackServer) async throws -> Result
    ) async throws -> Result {
        let answering: @Sendable (LoopbackRequest) -> LoopbackAnswer = { _ in answer }
        return try await withLoopbackServer(answering: answering, body)
    }

    private func verdict(_ provider: Provider, answering answer: LoopbackAnswer) async throws -> SendVerdict {
        try await withServer(giving: answer) { try await verdict(provider, at: $0) }
    }

    @Test(arguments: providers)
    func `a good answer takes the message, which is as it was written`(provider: Provider) async throws {
        try await withServer(giving: provider.good) { server in
            let verdict = try await verdict(provider, at: server)
            #expect(VerdictCase.summary(verdict) == "accepted \(provider.reference)")
            let request = try #require(server.requests.first)
            #expect(server.requests.count == 1)
            #expect(request.method == "POST")
            #expect(request.target.hasPrefix(provider.path))
            #expect(request.header("Content-Type")?.hasPrefix("application/json") == true)
            let body = try JSONValue(parsing: request.body)
            let expected = try await ChatFixtures.named(provider.name)
                .payload(DeliveryExamples.delivery("firing"))
            #expect(body == expected)
            let bearer = provider.name == "slack_bot" ? "Bearer xoxb-s3cretS3cretS3cretS3cret" : nil
            #expect(request.header("Authorization") == bearer)
        }
    }

    @Test(arguments: providers)
    func `the provider's own way to ask for patience is heard`(provider: Provider) async throws {
        let verdict = try await verdict(provider, answering: provider.throttled)
        #expect(VerdictCase.summary(verdict) == "retry 9")
    }

    @Test(arguments: providers)
    func `garbage is no acceptance, and does not get into the reason whole`(provider: Provider) async throws {
        let page = "<html>" + String(repeating: "garbage \u{1B}[2J", count: 500)
        let verdict = try await verdict(provider, answering: LoopbackAnswer(200, body: page))
        #expect(VerdictCase.summary(verdict) == "broken")
        #expect("\(verdict)".utf8.count < 500 && !"\(verdict)".contains("\u{1B}"))
    }

    @Test(arguments: providers)
    func `an answer without end is not read to its end`(provider: Provider) async throws {
        let endless = LoopbackAnswer(503, body: String(repeating: "x", count: 1 << 20))
        let verdict = try await verdict(provider, answering: endless)
        #expect(VerdictCase.summary(verdict) == "retry -")
    }

    @Test(arguments: providers)
    func `a redirect is not followed, so that no secret goes elsewhere`(provider: Provider) async throws {
        try await withServer(giving: provider.good) { elsewhere in
            let location = HeaderField("Location", elsewhere.url())
            let verdict = try await verdict(provider, answering: LoopbackAnswer(307, headers: [location]))
            #expect(VerdictCase.summary(verdict) == "broken")
            #expect(elsewhere.requests.isEmpty)
        }
    }

    @Test(arguments: providers)
    func `a closed port is tried again, without secrets in the reason`(provider: Provider) async throws {
        let key = provider.name == "slack_bot" ? "api_url" : "url"
        let address = String(try closedLoopbackURL().dropLast()) + provider.path
        let receiver = try ChatFixtures.named(provider.name).receiver(.object([key: .string(address)]))
        let client = try HTTPClient()
        let verdict = await receiver.send(DeliveryExamples.delivery("firing"), .forTest(transport: client))
        await client.shutdown()
        #expect(VerdictCase.summary(verdict) == "retry -")
        #expect(!"\(verdict)".contains("s3cret"))
    }
}
