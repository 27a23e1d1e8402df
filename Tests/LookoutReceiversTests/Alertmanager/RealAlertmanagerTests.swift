import Glibc
import LookoutAlerting
import LookoutHTTP
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutReceivers

/// The Alertmanager of Debian, alone and as a cluster.
@Suite(.enabled(if: AlertmanagerServer.isAvailable, "prometheus-alertmanager is needed"))
struct RealAlertmanagerTests {
    private typealias Examples = AlertmanagerExamples

    private static func status(_ code: Int) -> @Sendable (LoopbackRequest) -> LoopbackAnswer {
        { _ in LoopbackAnswer(code) }
    }

    private func alerts(at url: String, _ client: HTTPClient) async throws -> [JSONValue] {
        let response = try await client.send(HTTPRequest(url: "\(url)/api/v2/alerts"))
        return try JSONValue(parsing: response.body).elements
    }

    private func realTools(_ client: HTTPClient) -> ReceiverTools {
        var tools = ReceiverTools.forTest(transport: client)
        tools.timekeeper = SystemClocks()
        return tools
    }

    @Test func `a real Alertmanager takes what fires, tells it, and tells its end`() async throws {
        let client = try HTTPClient()
        try await withLoopbackServer(answering: Self.status(200)) { webhook in
            let server = try AlertmanagerServer(webhook: webhook.url())
            defer { server.stop() }
            let tools = realTools(client)
            let since = tools.timekeeper.now.wall - .seconds(30)
            let labels: Labels = ["environment": "production", "probe": "back\"end", "data-center": "a b"]
            let receiver = Examples.receiver([server.url()])
            let firing = Examples.alert(labels: labels, since: since)
            #expect(await receiver.send(Examples.delivery(firing), tools).isDelivered)
            let alerts = try await alerts(at: server.url(), client)
            #expect(alerts.count == 1)
            #expect(alerts.first?["labels"]?["data_center"] == "a b")
            #expect(alerts.first?["labels"]?["alertname"] == "backend-down")
            #expect(alerts.first?["annotations"]?["summary"] == "Backend is down")
            try await eventually("it is told") { webhook.requests.count == 1 }
            let over = Examples.alert(labels: labels, since: since, resolved: tools.timekeeper.now.wall)
            #expect(await receiver.send(Examples.delivery(over, .resolved), tools).isDelivered)
            try await eventually("its end is told") { webhook.requests.count == 2 }
            let statuses = try webhook.requests.map { try JSONValue(parsing: $0.body)["status"] }
            #expect(statuses == ["firing", "resolved"])
        }
        await client.shutdown()
    }

    @Test func `a real Alertmanager learns of everything in the first round`() async throws {
        let client = try HTTPClient()
        try await withLoopbackServer(answering: Self.status(200)) { webhook in
            let server = try AlertmanagerServer(webhook: webhook.url())
            defer { server.stop() }
            let tools = realTools(client)
            let since = tools.timekeeper.now.wall - .seconds(3600)
            let alerts = (0..<600).map { Examples.alert(rule: "rule-\($0)", since: since) }
            let receiver = Examples.receiver([server.url()])
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await receiver.keepUp(with: { alerts }, tools) }
                var count = 0
                while count < 600 {
                    count = try await self.alerts(at: server.url(), client).count
                }
                #expect(count == 600)
                group.cancelAll()
            }
        }
        await client.shutdown()
    }

    @Test func `two Lookouts and a cluster of three make one message`() async throws {
        let client = try HTTPClient()
        try await withLoopbackServer(answering: Self.status(200)) { webhook in
            let first = try AlertmanagerServer(webhook: webhook.url(), isMember: true)
            let others = try (0..<2).map { _ in
                try AlertmanagerServer(webhook: webhook.url(), peer: first, isMember: true)
            }
            let members = [first] + others
            defer { for member in members { member.stop() } }
            try await eventually("the cluster is complete") {
                for member in members {
                    guard
                        let response = try? await client.send(HTTPRequest(url: member.url("/api/v2/status"))),
                        let status = try? JSONValue(parsing: response.body),
                        status["cluster"]?["peers"]?.elements.count == 3,
                        status["cluster"]?["status"] == "ready"
                    else { return false }
                }
                return true
            }
            let tools = realTools(client)
            let since = tools.timekeeper.now.wall - .seconds(30)
            // The second Lookout saw it five seconds later.
            let lookouts = [since, since + .seconds(5)].map { start in
                (Examples.receiver(members.map { $0.url() }), Examples.alert(since: start))
            }
            for (receiver, alert) in lookouts {
                #expect(await receiver.send(Examples.delivery(alert), tools).isDelivered)
            }
            try await eventually("it is told") { webhook.requests.count == 1 }
            for (receiver, alert) in lookouts {
                var over = alert
                over.state = .resolved
                over.resolvedSince = tools.timekeeper.now.wall
                #expect(await receiver.send(Examples.delivery(over, .resolved), tools).isDelivered)
            }
            // The end comes after every copy of the beginning that there could be.
            try await eventually("its end is told") {
                webhook.requests.contains {
                    String(decoding: $0.body, as: UTF8.self).contains("\"status\":\"resolved\"")
                }
            }
            let statuses = try webhook.requests.map { try JSONValue(parsing: $0.body)["status"] }
            #expect(statuses == ["firing", "resolved"])
        }
        await client.shutdown()
    }
}

/// The clocks of this machine, for peers that look at theirs.
private struct SystemClocks: Timekeeper {
    private static let start = ContinuousClock.now

    var now: Moment {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        let microseconds = Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
        return Moment(
            wall: Timestamp(microseconds: microseconds),
            monotonic: ContinuousClock.now - Self.start
        )
    }

    func sleep(until deadline: Duration) async throws {
        try await ContinuousClock().sleep(until: Self.start + deadline)
    }
}
