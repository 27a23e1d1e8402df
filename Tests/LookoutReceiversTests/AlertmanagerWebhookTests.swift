import LookoutAlerting
import LookoutHTTP
import LookoutModel
import LookoutSettings
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutReceivers

struct AlertmanagerWebhookTests {
    private static func receiver(_ entries: [(String, String)]) throws -> ConfiguredReceiver {
        var context = SettingsContext()
        let receiver = AlertmanagerWebhookReceiver.configured(name: "team", node(entries), &context)
        return try #require(receiver, "\(context.diagnostics.errors.map(\.rendered))")
    }

    private static func node(_ entries: [(String, String)]) -> SettingsNode {
        let position = SourcePosition(file: "lookout.yaml", line: 3, column: 5)
        return SettingsNode(
            .mapping(
                entries.map { key, value in
                    let scalar = SettingsNode(.scalar(value, isQuoted: true), at: position)
                    return SettingsNode.Entry(key: key, position: position, value: scalar)
                }
            ),
            at: position
        )
    }

    private static func json(_ notice: Notice, externalURL: String = "https://lookout.example.org") -> String
    {
        AlertmanagerMessage(notice: notice, externalURL: externalURL).json.prettyJSONText
    }

    @Test func `a firing alert looks as Alertmanager would send it`() throws {
        let key = try #require(Examples.notice().alert).key
        let expected = """
            {
              "alerts": [
                {
                  "annotations": {
                    "description": "connection refused",
                    "runbook_url": "https://runbooks.example.org/backend",
                    "summary": "Backend is down"
                  },
                  "endsAt": "0001-01-01T00:00:00Z",
                  "fingerprint": "5618f1c795526300",
                  "generatorURL": "https://lookout.example.org",
                  "labels": {
                    "alertname": "backend-down",
                    "environment": "production",
                    "probe": "backend-health",
                    "severity": "1"
                  },
                  "startsAt": "2026-11-22T12:00:00Z",
                  "status": "firing"
                }
              ],
              "commonAnnotations": {
                "description": "connection refused",
                "runbook_url": "https://runbooks.example.org/backend",
                "summary": "Backend is down"
              },
              "commonLabels": {
                "alertname": "backend-down",
                "environment": "production",
                "probe": "backend-health",
                "severity": "1"
              },
              "externalURL": "https://lookout.example.org",
              "groupKey": "\(key)-4",
              "groupLabels": {
                "alertname": "backend-down"
              },
              "receiver": "team",
              "status": "firing",
              "truncatedAlerts": 0,
              "version": "4"
            }
            """
        #expect(Self.json(Examples.notice()) == expected)
    }

    @Test func `a resolved alert says when it ended, under the same keys`() throws {
        let firing = AlertmanagerMessage(notice: Examples.notice(), externalURL: "").json
        let resolved = AlertmanagerMessage(notice: Examples.notice(.resolved), externalURL: "").json
        #expect(resolved["status"] == "resolved")
        #expect(resolved["groupKey"] == firing["groupKey"])
        guard case .array(let alerts)? = resolved["alerts"], case .array(let before)? = firing["alerts"]
        else {
            Issue.record("no alerts")
            return
        }
        let alert = try #require(alerts.first)
        #expect(alert["status"] == "resolved")
        #expect(alert["startsAt"] == "2026-11-22T12:00:00Z")
        #expect(alert["endsAt"] == "2026-11-22T12:04:10Z")
        #expect(alert["fingerprint"] == before.first?["fingerprint"])
    }

    @Test func `a change of severity is the same alert to the receiver`() {
        let before = AlertmanagerMessage(notice: Examples.notice(severity: .minor), externalURL: "").json
        let after = AlertmanagerMessage(notice: Examples.notice(.escalated), externalURL: "").json
        #expect(after["status"] == "firing")
        #expect(after["commonLabels"]?["severity"] == "1")
        #expect(before["groupKey"] == after["groupKey"])
        guard case .array(let one)? = before["alerts"], case .array(let other)? = after["alerts"] else {
            Issue.record("no alerts")
            return
        }
        #expect(one.first?["fingerprint"] == other.first?["fingerprint"])
    }

    @Test func `labels of the rule are sent, but replace neither the alert's nor Alertmanager's`() {
        let labels: Labels = ["environment": "production"]
        let own: Labels = ["alertname": "x", "severity": "page", "environment": "x", "team": "web"]
        let json = AlertmanagerMessage(
            notice: Examples.notice(labels: labels, ruleLabels: own),
            externalURL: ""
        ).json
        let expected: JSONValue = [
            "alertname": "backend-down", "severity": "1", "environment": "production", "team": "web",
        ]
        #expect(json["commonLabels"] == expected)
    }

    @Test func `an edited label of the rule is the same alert to the receiver`() {
        func fingerprint(_ labels: Labels) -> JSONValue? {
            let json = AlertmanagerMessage(notice: Examples.notice(ruleLabels: labels), externalURL: "").json
            guard case .array(let alerts)? = json["alerts"] else { return nil }
            return alerts.first?["fingerprint"]
        }
        #expect(fingerprint(["team": "web"]) == "5618f1c795526300")
        #expect(fingerprint(["team": "core"]) == "5618f1c795526300")
    }

    @Test func `the rule's own annotations, the suggestion and the acknowledgement are sent`() {
        let texts = AlertTexts(
            summary: "down",
            runbook: "https://example.org/r",
            annotations: ["dashboard": "https://example.org/d", "summary": "mine", "empty": ""],
            suggestion: .restoreEnvironment
        )
        let notice = Examples.notice(
            texts: texts,
            acknowledgement: Alert.Acknowledgement(by: "ada", at: Examples.fired)
        )
        let expected: JSONValue = [
            "summary": "down", "runbook_url": "https://example.org/r", "suggestion": "restore-env",
            "acknowledged_by": "ada", "dashboard": "https://example.org/d",
        ]
        #expect(AlertmanagerMessage(notice: notice, externalURL: "").json["commonAnnotations"] == expected)
    }

    @Test(arguments: ["ä", "\"", "\u{1}", "x"])
    func `empty texts are left out, and long ones cut until the message is below 20 KB`(filler: String) {
        let long = String(repeating: filler, count: 16 << 10)
        let annotations = Dictionary(uniqueKeysWithValues: (0..<40).map { ("annotation-\($0)", long) })
        let every = AlertTexts(
            summary: long,
            description: long,
            runbook: long,
            annotations: annotations,
            suggestion: .rollback
        )
        for texts in [AlertTexts(description: long), every] {
            let json = AlertmanagerMessage(notice: Examples.notice(texts: texts), externalURL: "").json
            #expect((json["commonAnnotations"]?["summary"] == nil) == texts.summary.isEmpty)
            #expect((json["commonAnnotations"]?["suggestion"] == nil) == (texts.suggestion == nil))
            let size = json.jsonText.utf8.count
            #expect(size > 10_000 && size < 20_000)
        }
    }

    @Test func `posts JSON with the notice's name and the token, and follows no redirect`() async throws {
        let receiver = try Self.receiver([("url", "https://hooks.example.org/x"), ("bearer", "t0ken")])
        let transport = ScriptedTransport(.success(HTTPResponse(statusCode: 202)))
        let delivery = Examples.delivery()
        #expect(await receiver.send(delivery, .forTest(transport: transport)) == .delivered)
        let request = try #require(transport.requests.values.first)
        #expect(request.method == "POST")
        #expect(request.url == "https://hooks.example.org/x")
        #expect(request.headers.first(named: "content-type") == "application/json")
        #expect(request.headers.first(named: "idempotency-key") == "\"\(delivery.notice.id)\"")
        #expect(request.bearerToken?.reveal() == "t0ken")
        #expect(request.maximumRedirects == 0)
        #expect(request.maximumBodyBytes == 65_536)
        let body = try JSONValue(parsing: request.body ?? [])
        let message = AlertmanagerMessage(notice: delivery.notice, externalURL: "https://lookout.example.org")
        #expect(body == message.json)
    }

    @Test(arguments: [
        "", "hooks.example.org/x", "ftp://example.org/", "https://", "https:///x", "https://a b/",
    ])
    func `an address that is none is a configuration error that does not show it`(url: String) {
        var context = SettingsContext()
        let node = Self.node([("url", url)])
        #expect(AlertmanagerWebhookReceiver.configured(name: "team", node, &context) == nil)
        #expect(context.diagnostics.errors.count == 1)
        #expect(context.diagnostics.errors.allSatisfy { !$0.rendered.contains("hooks.example.org") })
    }

    @Test func `a missing address and an unknown key are both reported`() {
        var context = SettingsContext()
        #expect(
            AlertmanagerWebhookReceiver.configured(name: "team", Self.node([("ulr", "x")]), &context) == nil
        )
        #expect(context.diagnostics.errors.count == 2)
    }

    @Test(arguments: [
        ([:], "cbf29ce484222325"),
        (
            ["alertname": "backend-down", "environment": "production", "probe": "backend-health"],
            "5618f1c795526300"
        ),
        (["ä": "ö", "a": ""], "d6aeeb257fddfb94"),
    ])
    func `fingerprints are those of Prometheus`(labels: [String: String], expected: String) {
        #expect(LabelFingerprint.hexadecimal(of: Labels(labels)) == expected)
    }
}
