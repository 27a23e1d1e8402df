import LookoutAlerting
import LookoutHTTP
import LookoutModel
import LookoutTestSupport
import Testing

@testable import LookoutReceivers

/// Scripted Alertmanagers.
struct AlertmanagerOverLoopbackTests {
    private typealias Examples = AlertmanagerExamples

    private let now = AlertmanagerExamples.start

    private static func status(_ code: Int) -> @Sendable (LoopbackRequest) -> LoopbackAnswer {
        { _ in LoopbackAnswer(code) }
    }

    private func tools(_ client: HTTPClient) -> ReceiverTools { .forTest(transport: client) }

    private func endpoint(_ server: LoopbackServer) -> AlertmanagerEndpoint {
        AlertmanagerEndpoint(
            address: "http://127.0.0.1:\(server.port)",
            bearerToken: nil,
            basicAuthentication: nil,
            tls: TLSOptions()
        )
    }

    @Test func `a batch that is refused is sent one by one, and the bad ones are named`() async throws {
        let client = try HTTPClient()
        try await withLoopbackServer { request in
            let isBad = String(decoding: request.body, as: UTF8.self).contains("bad")
            return isBad ? LoopbackAnswer(400, body: "\"invalid label set\"") : LoopbackAnswer()
        } _: { server in
            let assertions = ["good-1", "bad-1", "good-2"].map {
                AlertmanagerAssertion(Examples.alert(rule: $0), endsAt: now, at: now)
            }
            let outcome = await endpoint(server).post(assertions, tools(client))
            #expect(outcome.failure == nil)
            #expect(outcome.refused.map { $0.assertion.labels["alertname"] } == ["bad-1"])
            #expect(outcome.refused.first?.reason.contains("invalid label set") == true)
            #expect(server.requests.count == 4)
            #expect(server.requests.allSatisfy { $0.target == "/api/v2/alerts" })
        }
        await client.shutdown()
    }

    @Test func `many alerts go in few requests`() async throws {
        let client = try HTTPClient()
        try await withLoopbackServer(answering: Self.status(200)) { server in
            let assertions = (0..<1000).map {
                AlertmanagerAssertion(Examples.alert(rule: "rule-\($0)"), endsAt: now, at: now)
            }
            #expect(await endpoint(server).post(assertions, tools(client)).failure == nil)
            #expect(server.requests.count == 4)
            let alerts = try server.requests.map { try JSONValue(parsing: $0.body).elements.count }
            #expect(alerts.reduce(0, +) == 1000)
        }
        await client.shutdown()
    }

    @Test func `one Alertmanager of several is enough, and one that hangs holds up nobody`() async throws {
        let client = try HTTPClient()
        try await withLoopbackServer {
            try $0.hang()
        } _: { hanging in
            try await withLoopbackServer(answering: Self.status(503)) { broken in
                try await withLoopbackServer(answering: Self.status(200)) { good in
                    let receiver = Examples.receiver(
                        [hanging, broken, good].map { "http://127.0.0.1:\($0.port)/" }
                    )
                    var tools = tools(client)
                    tools.timekeeper = RealTimekeeper(from: Examples.start)
                    tools.timeout = .seconds(600)
                    #expect(await receiver.send(Examples.delivery(Examples.alert()), tools).isDelivered)
                    #expect(good.requests.count == 1)
                    #expect(broken.requests.count == 1)
                }
            }
        }
        await client.shutdown()
    }

    @Test func `where none takes it, it is tried again as long as one may`() async throws {
        let client = try HTTPClient()
        try await withLoopbackServer(answering: Self.status(404)) { gone in
            try await withLoopbackServer(answering: Self.status(503)) { ill in
                let both = Examples.receiver([gone, ill].map { "http://127.0.0.1:\($0.port)" })
                guard case .retry = await both.send(Examples.delivery(Examples.alert()), tools(client)) else {
                    Issue.record("it is not tried again")
                    return
                }
                guard
                    case .broken = await Examples.receiver(["http://127.0.0.1:\(gone.port)"])
                        .send(Examples.delivery(Examples.alert()), tools(client))
                else {
                    Issue.record("it is not broken")
                    return
                }
            }
        }
        await client.shutdown()
    }
}
