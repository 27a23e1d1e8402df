import LookoutAlerting
import LookoutModel
import Testing

@testable import LookoutReceivers

/// Alertmanager's webhook with more, and with other, than one firing alert.
struct AlertmanagerDigestTests {
    private static func json(_ delivery: Delivery) -> JSONValue {
        AlertmanagerMessage(delivery: delivery, externalURL: "https://lookout.example.org").json
    }

    @Test func `a digest has each alert, the worst first, and what all have in common`() {
        let json = Self.json(DeliveryExamples.delivery("digest"))
        let alerts = json["alerts"]?.items ?? []
        #expect(alerts.map { $0["labels"]?["alertname"] } == ["backend-down", "login-broken", "slow-page"])
        #expect(alerts.map { $0["status"] } == ["firing", "firing", "resolved"])
        #expect(json["status"] == "firing")
        #expect(json["truncatedAlerts"] == 0)
        #expect(json["groupLabels"] == [:])
        #expect(json["commonLabels"] == ["environment": "production"])
        #expect(json["commonAnnotations"] == [:])
        let delivery = DeliveryExamples.delivery("digest")
        #expect(json["groupKey"] == .string("digest-\(delivery.id)"))
    }

    @Test func `what does not fit into 20 KB is counted, and it is the least bad`() {
        let delivery = ChatLimits.digest(of: 500)
        let json = Self.json(delivery)
        let alerts = json["alerts"]?.items ?? []
        #expect(json.jsonText.utf8.count < 20_000)
        #expect(alerts.count >= 20)
        #expect(json["truncatedAlerts"] == .int(Int64(500 - alerts.count)))
        #expect(alerts.allSatisfy { $0["labels"]?["severity"] == "1" && $0["status"] == "firing" })
    }

    @Test func `a digest of ends alone is resolved`() {
        let whole = ChatLimits.digest(of: 70)
        let ends = whole.notices.filter { $0.kind == .resolved }
        let delivery = Delivery(
            id: whole.id,
            digest: ends,
            sequence: 1,
            failedAttempts: 0,
            lease: whole.lease
        )
        #expect(Self.json(delivery)["status"] == "resolved")
    }

    @Test(arguments: Notice.Kind.allCases)
    func `each kind is firing or resolved under the same key`(kind: Notice.Kind) {
        let json = Self.json(DeliveryExamples.delivery(of: kind))
        let isOver = kind == .resolved || kind == .firedAndResolved
        let alert = json["alerts"]?.items.first
        #expect(json["status"] == (isOver ? "resolved" : "firing"))
        #expect(alert?["endsAt"] == (isOver ? "2026-11-22T12:04:10Z" : "0001-01-01T00:00:00Z"))
        #expect(json["groupKey"] == Self.json(DeliveryExamples.delivery("firing"))["groupKey"])
    }

    @Test func `the plain form has the title and nothing of the rule's texts`() {
        let json = Self.json(DeliveryExamples.delivery("plain"))
        let expected: JSONValue = ["summary": "[SEV1] Backend is down – production/backend-health"]
        #expect(json["commonAnnotations"] == expected)
    }
}
