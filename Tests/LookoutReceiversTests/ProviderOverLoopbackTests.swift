import LookoutAlerting
import LookoutHTTP
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Synchronization
import Testing

@testable import LookoutReceivers

/// Receivers with the real HTTP client, against servers on loopback that behave as the providers do.
struct ProviderOverLoopbackTests {
    /// The verdicts on deliveries that are sent one after the other.
    private func verdicts(
        _ deliveries: [Delivery],
        _ fixture: ReceiverFixture,
        _ settings: JSONValue,
        at now: Timestamp = Examples.fired
    ) async throws -> [SendVerdict] {
        let client = try HTTPClient()
        let receiver = try fixture.receiver(settings)
        var verdicts: [SendVerdict] = []
        for delivery in deliveries {
            verdicts.append(await receiver.send(delivery, .forTest(transport: client, at: now)))
        }
        await client.shutdown()
        return verdicts
    }

    private static func answer(_ status: Int, _ json: JSONValue) -> LoopbackAnswer {
        LoopbackAnswer(
            status,
            headers: [HeaderField("Content-Type", "application/json")],
            body: json.jsonText
        )
    }

    /// Every sort of delivery, for a provider that must take them all.
    private static var allSorts: [Delivery] { DeliveryExamples.names.map { DeliveryExamples.delivery($0) } }

    @Test func `Telegram takes every sort of message`() async throws {
        let count = Mutex<Int64>(0)
        try await withLoopbackServer(
            answering: { request in
                guard request.target == "/bot123456:s3cretS3cretS3cretS3cretS3cret00/sendMessage" else {
                    return Self.answer(404, ["ok": false, "error_code": 404, "description": "Not Found"])
                }
                let json = try? JSONValue(parsing: request.body)
                let units = json?["text"]?.string?.utf16.count ?? 0
                var isSound = (1...4096).contains(units) && json?["chat_id"]?.integer == -1_001_234_567_890
                if case .array(let entities)? = json?["entities"] {
                    isSound =
                        isSound
                        && entities.allSatisfy {
                            ($0["offset"]?.integer ?? -1) >= 0
                                && ($0["offset"]?.integer ?? 0) + ($0["length"]?.integer ?? 9999)
                                    <= Int64(units)
                        }
                }
                guard isSound else {
                    return Self.answer(
                        400,
                        ["ok": false, "error_code": 400, "description": "Bad Request: message"]
                    )
                }
                let id = count.withLock {
                    $0 += 1
                    return $0
                }
                return Self.answer(200, ["ok": true, "result": ["message_id": .int(id)]])
            },
            { server in
                let settings: JSONValue = ["url": .string(server.url())]
                let verdicts = try await verdicts(Self.allSorts, PushFixtures.telegram, settings)
                #expect(verdicts == (1...Self.allSorts.count).map { .accepted(reference: "\($0)") })
            }
        )
    }

    @Test func `a repetition is the same event of Matrix`() async throws {
        let events = Mutex<[String: String]>([:])
        try await withLoopbackServer(
            answering: { request in
                let path = "/_matrix/client/v3/rooms/%21abc%3Aexample.org/send/m.room.message/"
                guard request.header("Authorization") == "Bearer s3cretS3cretS3cretS3cretS3cret00" else {
                    return Self.answer(401, ["errcode": "M_UNKNOWN_TOKEN", "error": "?"])
                }
                guard request.method == "PUT", request.target.hasPrefix(path) else {
                    return Self.answer(404, ["errcode": "M_UNRECOGNIZED", "error": "?"])
                }
                guard (try? JSONValue(parsing: request.body))?["msgtype"] == "m.text" else {
                    return Self.answer(400, ["errcode": "M_BAD_JSON", "error": "?"])
                }
                let event = events.withLock { events in
                    let known = events[request.target] ?? "$event\(events.count)"
                    events[request.target] = known
                    return known
                }
                return Self.answer(200, ["event_id": .string(event)])
            },
            { server in
                let delivery = DeliveryExamples.delivery("firing")
                let settings: JSONValue = ["homeserver": .string(server.url(""))]
                let verdicts = try await verdicts([delivery, delivery], PushFixtures.matrix, settings)
                #expect(verdicts == [.accepted(reference: "$event0"), .accepted(reference: "$event0")])
                let wrong = try await self.verdicts(
                    [delivery],
                    PushFixtures.matrix,
                    ["homeserver": .string(server.url("")), "token": "wrong"]
                )
                #expect(VerdictCase.summary(wrong[0]) == "broken")
            }
        )
    }

    @Test func `PagerDuty has one alert for an episode, and none after its end`() async throws {
        let open = Mutex<[String: Int]>([:])
        let script: @Sendable (LoopbackRequest) -> LoopbackAnswer = { request in
            let json = try? JSONValue(parsing: request.body)
            let payload = json?["payload"]
            let isTrigger = json?["event_action"] == "trigger"
            let isSound =
                json?["event_action"] == "resolve"
                || isTrigger && payload?["summary"]?.string != nil && payload?["source"]?.string != nil
                    && ["critical", "error", "warning", "info"].contains(payload?["severity"]?.string ?? "")
            guard json?["routing_key"]?.string?.utf8.count == 32, isSound,
                let key = json?["dedup_key"]?.string, key.utf8.count <= 255
            else {
                return Self.answer(400, ["status": "invalid event", "message": "Event object is invalid"])
            }
            open.withLock { $0[key] = isTrigger ? ($0[key] ?? 0) + 1 : nil }
            return Self.answer(
                202,
                ["status": "success", "message": "Event processed", "dedup_key": .string(key)]
            )
        }
        try await withLoopbackServer(answering: script) { server in
            let settings: JSONValue = ["url": .string(server.url("/v2/enqueue"))]
            let story = ["firing", "escalated", "reminder", "deescalated", "flapping"]
            let told = try await verdicts(
                story.map { DeliveryExamples.delivery($0) },
                PushFixtures.pagerDuty,
                settings
            )
            #expect(told.allSatisfy { $0 == .delivered })
            #expect(open.withLock { $0.values.map(\.self) } == [5])
            let ended = try await verdicts(
                ["resolved", "resolved", "fired_and_resolved"].map { DeliveryExamples.delivery($0) },
                PushFixtures.pagerDuty,
                settings
            )
            #expect(ended.allSatisfy { $0 == .delivered })
            #expect(open.withLock { $0.isEmpty })
        }
    }

    @Test func `ntfy and Pushover take every sort of message`() async throws {
        let ntfy: @Sendable (LoopbackRequest) -> LoopbackAnswer = { request in
            let json = try? JSONValue(parsing: request.body)
            guard request.target == "/", json?["topic"]?.string?.utf8.count == 32,
                (1...4096).contains(json?["message"]?.string?.utf8.count ?? 0),
                (1...5).contains(json?["priority"]?.integer ?? 0)
            else { return Self.answer(400, ["code": 40000, "http": 400, "error": "invalid request"]) }
            return Self.answer(200, ["id": "x", "event": "message"])
        }
        try await withLoopbackServer(answering: ntfy) { server in
            let settings: JSONValue = ["server": .string(server.url(""))]
            let verdicts = try await verdicts(Self.allSorts, PushFixtures.ntfy, settings)
            #expect(verdicts.allSatisfy { $0 == .delivered })
        }
        let pushover: @Sendable (LoopbackRequest) -> LoopbackAnswer = { request in
            let json = try? JSONValue(parsing: request.body)
            let priority = json?["priority"]?.integer ?? 9
            let ringsSoundly = priority < 2 || (json?["retry"]?.integer ?? 0) >= 30 && json?["expire"] != nil
            guard request.target == "/1/messages.json", (-2...2).contains(priority), ringsSoundly,
                (1...1024).contains(json?["message"]?.string?.unicodeScalars.count ?? 0)
            else { return Self.answer(400, ["status": 0, "errors": ["message"]]) }
            return Self.answer(200, ["status": 1, "request": "x"])
        }
        try await withLoopbackServer(answering: pushover) { server in
            let settings: JSONValue = ["url": .string(server.url("")), "emergency": true]
            let verdicts = try await verdicts(Self.allSorts, PushFixtures.pushover, settings)
            #expect(verdicts.allSatisfy { $0 == .delivered })
        }
    }

    @Test func `a consumer of webhooks believes the signature, and nobody else's`() async throws {
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
        let consumer: @Sendable (LoopbackRequest) -> LoopbackAnswer = { request in
            guard let id = request.header("webhook-id"),
                let time = request.header("webhook-timestamp").flatMap({ Int64($0) }),
                let signatures = request.header("webhook-signature")?.split(separator: " ").map(String.init),
                // Consumers allow five minutes.
                abs(Timestamp(seconds: time).microseconds - Examples.fired.microseconds) <= 300_000_000,
                let expected = SigningSecret(secret)?.signature(id: id, timestamp: time, body: request.body),
                signatures.contains(expected)
            else { return LoopbackAnswer(401) }
            return LoopbackAnswer(204)
        }
        try await withLoopbackServer(answering: consumer) { server in
            let other = "whsec_" + Base64.encoded(Array(repeating: 9, count: 32))
            let url = JSONValue.string(server.url("/hook"))
            let cases: [([String], Timestamp, String)] = [
                ([secret], Examples.fired, "accepted -"), ([other, secret], Examples.fired, "accepted -"),
                ([other], Examples.fired, "broken"), ([], Examples.fired, "broken"),
                ([secret], Examples.fired + .seconds(301), "broken"),
            ]
            for (secrets, now, expected) in cases {
                let settings: JSONValue = ["url": url, "secrets": .array(secrets.map { .string($0) })]
                let verdicts = try await verdicts(Self.allSorts, PushFixtures.webhook, settings, at: now)
                #expect(verdicts.allSatisfy { VerdictCase.summary($0) == expected })
            }
        }
    }

    @Test func `an address within is refused where only public ones are allowed`() async throws {
        let script: @Sendable (LoopbackRequest) -> LoopbackAnswer = { _ in LoopbackAnswer(200) }
        try await withLoopbackServer(answering: script) { server in
            let settings: JSONValue = [
                "url": .string(server.url("/s3cret-hook")), "forbid_private_addresses": true,
            ]
            let verdicts = try await verdicts(
                [DeliveryExamples.delivery("firing")],
                PushFixtures.webhook,
                settings
            )
            guard case .broken(let reason) = verdicts[0] else {
                Issue.record("\(verdicts)")
                return
            }
            #expect(reason.contains("is not on the public internet") && !reason.contains("s3cret"))
            #expect(server.connectionCount == 0)
        }
    }
}
