import LookoutAlerting
import LookoutHTTP
import LookoutModel
import LookoutTestSupport
import Testing

@testable import LookoutReceivers

/// Texts that are far too long, in characters of one, two and four bytes, and some that need escapes.
struct ProviderLimitTests {
    static let fillers = ["x", "é", "😀", "\"", "&<", "👩‍👩‍👧"]

    @Test(arguments: fillers, Delivery.Form.allCases)
    func `Telegram gets no more than 4096 units of UTF-16`(filler: String, form: Delivery.Form) async throws {
        let payload = try await PushFixtures.telegram.payload(
            DeliveryExamples.longDelivery(filler, form: form)
        )
        let text = try #require(payload["text"]?.string)
        #expect((2000...4096).contains(text.utf16.count))
    }

    @Test(arguments: fillers)
    func `Telegram's entities lie on whole words of the text`(filler: String) async throws {
        let payload = try await PushFixtures.telegram.payload(DeliveryExamples.longDelivery(filler))
        let text = Array(try #require(payload["text"]?.string).utf16)
        guard case .array(let entities)? = payload["entities"] else {
            Issue.record("no entities")
            return
        }
        #expect(entities.count <= 100)
        for entity in entities {
            let offset = Int(try #require(entity["offset"]?.integer))
            let length = Int(try #require(entity["length"]?.integer))
            try #require(offset >= 0 && length > 0 && offset + length <= text.count)
            let covered = String(validating: text[offset..<offset + length], as: UTF16.self)
            #expect(covered != nil)
            let isCommand = covered?.hasPrefix("lookout ") == true
            #expect((entity["type"] == "code") == isCommand)
            #expect(isCommand || offset == 0 || covered?.hasSuffix(":") == true)
        }
    }

    @Test(arguments: fillers)
    func `an event of Matrix stays below its limit`(filler: String) async throws {
        let payload = try await PushFixtures.matrix.payload(DeliveryExamples.longDelivery(filler))
        #expect((2000..<60_000).contains(payload.jsonText.utf8.count))
    }

    @Test(arguments: fillers)
    func `PagerDuty's summary has no more than 1024 characters`(filler: String) async throws {
        let payload = try await PushFixtures.pagerDuty.payload(DeliveryExamples.longDelivery(filler))
        let summary = try #require(payload["payload"]?["summary"]?.string)
        #expect((100...1024).contains(summary.unicodeScalars.count))
        #expect(payload.jsonText.utf8.count < PagerDutyEvent.maximumBytes)
    }

    @Test(arguments: fillers, Delivery.Form.allCases)
    func `ntfy gets no more than 4096 bytes`(filler: String, form: Delivery.Form) async throws {
        let payload = try await PushFixtures.ntfy.payload(DeliveryExamples.longDelivery(filler, form: form))
        let message = try #require(payload["message"]?.string)
        #expect((500...4096).contains(message.utf8.count))
        #expect(try #require(payload["title"]?.string).utf8.count <= 250)
    }

    @Test(arguments: fillers, Delivery.Form.allCases)
    func `Pushover gets no more than 1024 characters`(filler: String, form: Delivery.Form) async throws {
        let payload = try await PushFixtures.pushover.payload(
            DeliveryExamples.longDelivery(filler, form: form)
        )
        let message = try #require(payload["message"]?.string)
        #expect((400...1024).contains(message.unicodeScalars.count))
        #expect(try #require(payload["title"]?.string).unicodeScalars.count <= 250)
        #expect(payload["url"]?.string.map { $0.utf8.count <= 512 } ?? true)
    }

    @Test(arguments: fillers)
    func `a webhook's payload stays below 20 kB`(filler: String) async throws {
        let long = String(repeating: filler, count: 20_000)
        let annotations = Dictionary(uniqueKeysWithValues: (0..<50).map { ("a\($0)", long) })
        var deliveries = [DeliveryExamples.longDelivery(filler)]
        deliveries.append(
            DeliveryExamples.delivery(
                of: .firing,
                texts: AlertTexts(summary: long, description: long, runbook: long, annotations: annotations)
            )
        )
        for delivery in deliveries {
            let body = try await PushFixtures.webhook.body(delivery)
            #expect((2000..<20_000).contains(body.count))
        }
    }

    @Test func `a digest of a thousand is a webhook's payload below 20 kB with the worst in it`() async throws
    {
        let notices = (0..<1000).map { index in
            Examples.notice(
                severity: index == 999 ? .outage : .minor,
                labels: ["environment": "production", "probe": "probe-\(index)"],
                texts: AlertTexts(summary: String(repeating: "long \"summary\" ", count: 40))
            )
        }
        let digest = Delivery(
            id: notices[0].id,
            digest: notices,
            sequence: 1,
            failedAttempts: 0,
            lease: Lease(owner: "boot", until: Examples.fired)
        )
        let body = try await PushFixtures.webhook.body(digest)
        #expect(body.count < 20_000)
        let data = try JSONValue(parsing: body)["data"]
        #expect(data?["count"] == 1000)
        guard case .array(let alerts)? = data?["alerts"] else {
            Issue.record("no alerts")
            return
        }
        #expect(alerts.count > 5)
        #expect(alerts.first?["severity"] == 1)
        #expect(data?["probe"] == "probe-999")
    }
}
