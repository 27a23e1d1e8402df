import LookoutAlerting
import LookoutModel

/// A delivery as Alertmanager's webhook says it: the JSON of version 4.
///
/// Receivers take less than 20 KB for granted. What does not fit of a digest is counted, as Alertmanager does.
struct AlertmanagerMessage {
    /// All annotations of an alert that is alone, as JSON; they are in its message twice.
    private static let annotationBytes = 8 << 10
    /// The same for each alert of a digest.
    private static let digestAnnotationBytes = 1 << 10
    /// All alerts of a digest together.
    private static let digestBytes = 15 << 10

    let delivery: Delivery
    /// Where people reach this Lookout; empty if nowhere.
    let externalURL: String

    var json: JSONValue {
        let alerts = self.alerts
        let all = delivery.notices.compactMap(AlertmanagerAlert.init)
        let names = Set(all.map { $0.labels["alertname"] })
        return [
            "version": "4",
            "groupKey": .string(groupKey),
            "truncatedAlerts": .int(Int64(delivery.notices.count - alerts.count)),
            "status": delivery.notices.allSatisfy(\.kind.isEnd) ? "resolved" : "firing",
            "receiver": .string(delivery.notice.receiver),
            "groupLabels": names.count == 1
                ? .texts(["alertname": all.first?.labels["alertname"] ?? ""])
                : [:],
            "commonLabels": .texts(common(all.map(\.labels))),
            "commonAnnotations": .texts(common(alerts.map(\.annotations))),
            "externalURL": .string(externalURL),
            "alerts": .array(alerts.map(\.json)),
        ]
    }

    private var groupKey: String {
        delivery.isDigest ? "digest-\(delivery.id)" : delivery.notice.threadKey
    }

    /// The alerts, the worst first, as far as they fit; at least one.
    private var alerts: [(json: JSONValue, annotations: [String: String])] {
        let budget = delivery.isDigest ? Self.digestAnnotationBytes : Self.annotationBytes
        var room = Self.digestBytes
        var alerts: [(json: JSONValue, annotations: [String: String])] = []
        for notice in AlertStory.ranked(delivery.notices) {
            guard let alert = AlertmanagerAlert(notice) else { continue }
            let annotations = annotations(of: notice, alert, bytes: budget)
            let json = alert.json(annotations: annotations, externalURL: externalURL)
            room -= delivery.isDigest ? json.jsonText.utf8.count + 1 : 0
            guard room >= 0 || alerts.isEmpty else { break }
            alerts.append((json, annotations))
        }
        return alerts
    }

    /// The rule's texts; in the plain form the title alone.
    private func annotations(
        of notice: Notice,
        _ alert: AlertmanagerAlert,
        bytes: Int
    ) -> [String: String] {
        guard delivery.form == .plain else { return alert.annotations(bytes: bytes) }
        return ["summary": "[\(AlertWords.tag(notice.kind, notice.severity))] \(AlertWords.subject(notice))"]
    }

    /// What is the same in all of them.
    private func common(_ texts: [[String: String]]) -> [String: String] {
        guard let first = texts.first else { return [:] }
        return first.filter { name, value in texts.allSatisfy { $0[name] == value } }
    }
}
