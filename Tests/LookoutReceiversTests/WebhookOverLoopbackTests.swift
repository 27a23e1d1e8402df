import LookoutAlerting
import LookoutHTTP
import LookoutModel
import LookoutTestSupport
import Testing

@testable import LookoutReceivers

/// The webhook with the real HTTP client, against a server on loopback.
struct WebhookOverLoopbackTests {
    private func receiver(_ url: String) -> AlertmanagerWebhookReceiver {
        var settings = AlertmanagerWebhookReceiver.Settings()
        settings.url = Secret(url)
        settings.bearerToken = Secret("t0ken")
        return AlertmanagerWebhookReceiver(name: "team", settings: settings)
    }

    /// What a receiver says after one attempt with the real client.
    private func verdict(at url: String) async throws -> SendVerdict {
        let client = try HTTPClient()
        let verdict = await receiver(url).send(Examples.delivery(), .forTest(transport: client))
        await client.shutdown()
        return verdict
    }

    /// The same at a server that gives one answer to everything.
    private func verdict(on answer: LoopbackAnswer) async throws -> HTTPVerdictTests.Kind {
        try await withServer(giving: answer) { HTTPVerdictTests.Kind(try await verdict(at: $0.url())) }
    }

    private func withServer<Result>(
        giving answer: LoopbackAnswer,
        _ body: (LoopbackServer) async throws -> Result
    ) async throws -> Result {
        try await withLoopbackServer(answering: { _ in answer }, body)
    }

    @Test func `the message arrives as it was written`() async throws {
        try await withServer(giving: LoopbackAnswer(200)) { server in
            let verdict = try await verdict(at: server.url("/hook"))
            #expect(verdict == .delivered)
            let request = try #require(server.requests.first)
            #expect(request.method == "POST")
            #expect(request.target == "/hook")
            #expect(request.header("Authorization") == "Bearer t0ken")
            #expect(request.header("Content-Type") == "application/json")
            let message = AlertmanagerMessage(
                notice: Examples.notice(),
                externalURL: "https://lookout.example.org"
            )
            let body = try JSONValue(parsing: request.body)
            #expect(body == message.json)
        }
    }

    @Test func `a redirect is not followed`() async throws {
        try await withServer(giving: LoopbackAnswer(200)) { elsewhere in
            let location = HeaderField("Location", elsewhere.url())
            let verdict = try await verdict(on: LoopbackAnswer(307, headers: [location]))
            #expect(verdict == .broken)
            #expect(elsewhere.requests.isEmpty)
        }
    }

    @Test func `throttling is heard`() async throws {
        let answer = LoopbackAnswer(429, headers: [HeaderField("Retry-After", "30")])
        #expect(try await verdict(on: answer) == .retry(30))
    }

    @Test(arguments: [
        (200, HTTPVerdictTests.Kind.delivered), (404, .broken), (413, .rejected), (503, .retry(nil)),
    ])
    func `an endless answer says by its status what became of the message`(
        status: Int,
        expected: HTTPVerdictTests.Kind
    ) async throws {
        let answer = LoopbackAnswer(status, body: String(repeating: "x", count: 1 << 20))
        #expect(try await verdict(on: answer) == expected)
    }

    @Test func `a closed port is tried again`() async throws {
        let verdict = try await verdict(at: closedLoopbackURL())
        #expect(HTTPVerdictTests.Kind(verdict) == .retry(nil))
    }
}
