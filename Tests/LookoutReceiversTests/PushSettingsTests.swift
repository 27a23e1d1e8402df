import LookoutAlerting
import LookoutHTTP
import LookoutModel
import LookoutSettings
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutReceivers

/// What a configuration may say of each receiver, and what it may not.
struct PushSettingsTests {
    /// Each is one error at its place, which does not show a secret.
    @Test(
        arguments: [
            ("telegram", ["token": "12:short"]), ("telegram", ["token": "no-colon-s3cretS3cretS3cretS3cret"]),
            ("telegram", ["token": "123456:s3cretS3cretS3cret/S3cretS3cretS3"]), ("telegram", ["chat": ""]),
            ("telegram", ["chat": "@"]), ("telegram", ["chat": "somebody"]), ("telegram", ["topic": 0]),
            ("telegram", ["quiet_from": 4]), ("telegram", ["chat": nil]), ("telegram", ["tokn": "x"]),
            ("matrix", ["room": "#alias:example.org"]), ("matrix", ["room": ""]), ("matrix", ["room": "!"]),
            ("matrix", ["token": nil]), ("pagerduty", ["routing_key": "s3cret"]),
            ("pagerduty", ["routing_key": "s3cretS3cretS3cretS3cretS3cret-0"]),
            ("pagerduty", ["region": "mars"]),
            ("ntfy", ["topic": "a/b"]), ("ntfy", ["topic": "https://ntfy.sh/s3cret"]),
            ("ntfy", ["topic": .string(String(repeating: "x", count: 65))]),
            ("ntfy", ["token": "tk_s3cret", "user": "ada", "password": "s3cret"]), ("ntfy", ["user": "ada"]),
            ("ntfy", ["password": "s3cret"]), ("pushover", ["token": "s3cret"]),
            ("pushover", ["user": "s3cret"]),
            ("pushover", ["retry": "10s"]), ("pushover", ["expire": "4h"]),
            ("pushover", ["retry": "10m", "expire": "5m"]), ("webhook", ["headers": ["Host": "x"]]),
            ("webhook", ["headers": ["Webhook-Id": "x"]]), ("webhook", ["headers": ["a b": "x"]]),
            ("webhook", ["headers": ["X": "a\nb: c"]]),
            ("webhook", ["headers": ["Content-Type": "text/plain"]]),
            ("webhook", ["method": "GET"]), ("webhook", ["body": "{{ sumary }}"]),
            ("webhook", ["body": "{{ x"]),
            ("webhook", ["secrets": "whsec_x"]),
        ] as [(String, JSONValue)]
    )
    func `what cannot work is an error at its place`(name: String, change: JSONValue) {
        let faults = PushFixtures.named(name).faults(change)
        #expect(faults.count == 1, "\(faults)")
        #expect(
            faults.allSatisfy { $0.hasPrefix("lookout.yaml:3:5: error:") && !$0.contains("s3cret") },
            "\(faults)"
        )
    }

    @Test(
        arguments: [
            ("telegram", ["chat": "@alerts", "topic": 7, "quiet_from": 3, "url": "http://127.0.0.1:8081/"]),
            ("matrix", ["room": "!31hneApxJ_1o-63DmFrpeqnkFfWppnzWso1JvH3ogLM", "mention_room": true]),
            ("pagerduty", ["region": "eu"]),
            ("ntfy", ["server": "https://ntfy.example.org", "token": "tk_x"]),
            ("ntfy", ["user": "ada", "password": "x"]),
            ("pushover", ["emergency": true, "retry": "30s", "expire": "3h"]),
            ("webhook", ["method": "PUT", "headers": ["X-Team": "web"], "forbid_private_addresses": true]),
            (
                "webhook",
                ["body": "a={{ title }}", "headers": ["Content-Type": "application/x-www-form-urlencoded"]]
            ),
        ] as [(String, JSONValue)]
    )
    func `what can work is taken`(name: String, change: JSONValue) {
        #expect(PushFixtures.named(name).faults(change) == [])
    }

    @Test func `Telegram follows a group to its new chat once, with the same message`() async throws {
        let answers = [
            HTTPResponse(
                statusCode: 400,
                body: Array(#"{"ok":false,"parameters":{"migrate_to_chat_id":-100777}}"#.utf8)
            ),
            HTTPResponse(statusCode: 200, body: Array(#"{"ok":true,"result":{"message_id":5}}"#.utf8)),
            HTTPResponse(statusCode: 200, body: Array(#"{"ok":true,"result":{"message_id":6}}"#.utf8)),
        ]
        let transport = SequenceTransport(answers)
        let receiver = try PushFixtures.telegram.receiver()
        let reports = Recorder<String>()
        var tools = ReceiverTools.forTest(transport: transport)
        tools.report = { reports.record($0) }
        let verdict = await receiver.send(DeliveryExamples.delivery("firing"), tools)
        #expect(verdict == .accepted(reference: "5"))
        let bodies = try transport.requests.values.map { try JSONValue(parsing: $0.body ?? []) }
        #expect(bodies.map { $0["chat_id"] } == [-1_001_234_567_890, -100_777])
        #expect(bodies.map { $0["text"] }.allSatisfy { $0 == bodies.first?["text"] })
        // From then on it goes there at once; what to change was said, and once.
        #expect(await receiver.send(DeliveryExamples.delivery("resolved"), tools).isDelivered)
        let last = try transport.requests.values.last.map { try JSONValue(parsing: $0.body ?? []) }
        #expect(transport.requests.values.count == 3)
        #expect(last?["chat_id"] == -100_777)
        #expect(reports.values.count == 1)
        #expect(reports.values.first?.contains("-100777") == true)
    }

    @Test func `what comes later goes below the first message of its episode`() async throws {
        let telegram = try await PushFixtures.telegram.payload(
            DeliveryExamples.delivery("resolved", thread: "42")
        )
        #expect(telegram["reply_parameters"] == ["message_id": 42, "allow_sending_without_reply": true])
        let matrix = try await PushFixtures.matrix.payload(
            DeliveryExamples.delivery("resolved", thread: "$root")
        )
        #expect(matrix["m.relates_to"]?["event_id"] == "$root")
        #expect(matrix["m.relates_to"]?["rel_type"] == "m.thread")
        let first = try await PushFixtures.matrix.payload(DeliveryExamples.delivery("firing"))
        #expect(first["m.relates_to"] == nil)
    }

    @Test func `Matrix notifies the room of outages only, and only if it shall`() async throws {
        let asked: JSONValue = ["mention_room": true]
        for (sort, settings, expected) in [
            ("firing", asked, ["room": true]), ("resolved", asked, [:]), ("deescalated", asked, [:]),
            ("firing", [:], [:]),
        ] as [(String, JSONValue, JSONValue)] {
            let payload = try await PushFixtures.matrix.payload(
                DeliveryExamples.delivery(sort),
                settings: settings
            )
            #expect(payload["m.mentions"] == expected, "\(sort)")
        }
    }

    @Test func `the plain form is another transaction of Matrix`() async throws {
        let urls = try await ["firing", "plain"].asyncMap { sort in
            try await PushFixtures.matrix.exchange(DeliveryExamples.delivery(sort)).requests.first?.url ?? ""
        }
        #expect(urls[1] == urls[0] + "-plain")
    }

    @Test func `an outage rings at Pushover until it is acknowledged or over`() async throws {
        let settings: JSONValue = ["emergency": true, "retry": "30s", "expire": "10m"]
        let firing = try await PushFixtures.pushover.payload(
            DeliveryExamples.delivery("firing"),
            settings: settings
        )
        #expect(firing["priority"] == 2)
        #expect(firing["retry"] == 30)
        #expect(firing["expire"] == 600)
        let reminder = try await PushFixtures.pushover.payload(
            DeliveryExamples.delivery("reminder"),
            settings: settings
        )
        #expect(reminder["priority"] == 1)
        #expect(reminder["retry"] == nil)
        let taken = HTTPResponse(statusCode: 200, body: Array(#"{"status":1}"#.utf8))
        let over = try await PushFixtures.pushover.exchange(
            DeliveryExamples.delivery("resolved", thread: "rLqVuqTRh62UzxtmqiaLzQmVcPgiCy"),
            answering: taken,
            settings: settings
        )
        #expect(
            over.requests.map(\.url) == [
                "https://api.pushover.net/1/messages.json",
                "https://api.pushover.net/1/receipts/rLqVuqTRh62UzxtmqiaLzQmVcPgiCy/cancel.json",
            ]
        )
        let hostile = try await PushFixtures.pushover.exchange(
            DeliveryExamples.delivery("resolved", thread: "../../x"),
            answering: taken,
            settings: settings
        )
        #expect(hostile.requests.count == 1)
    }

    @Test func `PagerDuty is told the beginning and the end of what was over before it was told`()
        async throws
    {
        let taken = HTTPResponse(statusCode: 202, body: Array(#"{"status":"success"}"#.utf8))
        let exchange = try await PushFixtures.pagerDuty.exchange(
            DeliveryExamples.delivery("fired_and_resolved"),
            answering: taken
        )
        #expect(exchange.verdict == .delivered)
        let events = try exchange.requests.map { try JSONValue(parsing: $0.body ?? []) }
        #expect(events.map { $0["event_action"] } == ["trigger", "resolve"])
        #expect(Set(events.map { $0["dedup_key"] }).count == 1)
    }

    @Test func `a private address is a broken receiver where it is forbidden`() async throws {
        let transport = ScriptedTransport(
            .failure(TransferError(.forbidden, "hooks.example.org:443 is not public"))
        )
        let receiver = try PushFixtures.webhook.receiver(["forbid_private_addresses": true])
        let verdict = await receiver.send(DeliveryExamples.delivery("firing"), .forTest(transport: transport))
        #expect(VerdictCase.summary(verdict) == "broken")
        #expect(transport.requests.values.first?.forbidsPrivateAddresses == true)
    }

    @Test func `ntfy's credentials go where they belong`() async throws {
        let token = try await PushFixtures.ntfy.exchange(
            DeliveryExamples.delivery("firing"),
            settings: ["token": "tk_x"]
        )
        #expect(token.requests.first?.bearerToken?.reveal() == "tk_x")
        let basic = try await PushFixtures.ntfy.exchange(
            DeliveryExamples.delivery("firing"),
            settings: ["user": "ada", "password": "pw"]
        )
        #expect(
            basic.requests.first?.basicAuthentication
                == BasicAuthentication(user: "ada", password: Secret("pw"))
        )
    }
}

extension Sequence {
    fileprivate func asyncMap<Result>(
        _ transform: (Element) async throws -> Result
    ) async rethrows -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await transform(element)) }
        return results
    }
}
