import LookoutAlerting
import LookoutModel

/// A notice as one of the alerts in a message of Alertmanager's webhook.
struct AlertmanagerAlert {
    /// How long texts may be in bytes.
    private enum Limit {
        static let label = 1 << 10
        static let summary = 1 << 10
        static let description = 6 << 10
        static let annotation = 2 << 10
    }

    private let notice: Notice
    private let alert: Alert

    /// Nil for what is not about an alert.
    init?(_ notice: Notice) {
        guard let alert = notice.alert else { return nil }
        self.notice = notice
        self.alert = alert
    }

    var isResolved: Bool { notice.kind.isEnd }
    var status: JSONValue { isResolved ? "resolved" : "firing" }

    /// The alert with its texts, which take no more than some bytes as JSON.
    func json(annotations: [String: String], externalURL: String) -> JSONValue {
        [
            "status": status,
            "labels": .texts(labels),
            "annotations": .texts(annotations),
            "startsAt": .string(startsAt.rfc3339),
            "endsAt": .string(endsAt),
            "generatorURL": .string(externalURL),
            "fingerprint": .string(fingerprint),
        ]
    }

    private var startsAt: Timestamp { alert.firingSince ?? alert.pendingSince }

    /// The zero time of Go while it fires, as Alertmanager has it.
    private var endsAt: String {
        guard isResolved, let resolvedSince = alert.resolvedSince else { return "0001-01-01T00:00:00Z" }
        return max(startsAt, resolvedSince).rfc3339
    }

    var labels: [String: String] { Self.labels(of: alert) }

    static func labels(of alert: Alert) -> [String: String] {
        var labels = bounded(alert.allLabels)
        labels["alertname"] = alert.id.rule.shortened(toBytes: Limit.label)
        labels["severity"] = String(alert.severity.rawValue)
        return labels
    }

    /// What makes the alert this one: without the severity and the rule's own labels, so that editing a
    /// rule does not make another alert of it.
    private var identity: [String: String] {
        var labels = Self.bounded(alert.id.labels)
        labels["severity"] = nil
        labels["alertname"] = alert.id.rule.shortened(toBytes: Limit.label)
        return labels
    }

    /// The texts in the order of their worth, as far as they fit: the well-known ones, then the rule's
    /// own by their names.
    func annotations(bytes: Int) -> [String: String] {
        Self.annotations(of: alert, at: notice.createdAt, bytes: bytes)
    }

    static func annotations(of alert: Alert, at time: Timestamp, bytes: Int) -> [String: String] {
        let texts = alert.texts
        var annotations = AnnotationBudget(bytes: bytes)
        annotations.add("summary", texts.summary, limit: Limit.summary)
        annotations.add("runbook_url", texts.runbook, limit: Limit.label)
        annotations.add("suggestion", texts.suggestion?.rawValue, limit: Limit.label)
        let acknowledgement = alert.acknowledgement.flatMap { $0.isInForce(at: time) ? $0 : nil }
        annotations.add("acknowledged_by", acknowledgement?.author, limit: Limit.label)
        annotations.add("description", texts.description, limit: Limit.description)
        let known = ["summary", "runbook_url", "suggestion", "acknowledged_by", "description"]
        for (name, text) in texts.annotations.sorted(by: { $0.key < $1.key }) where !known.contains(name) {
            annotations.add(name, text, limit: Limit.annotation)
        }
        return annotations.texts
    }

    private static func bounded(_ labels: Labels) -> [String: String] {
        labels.dictionary.mapValues { $0.shortened(toBytes: Limit.label) }
    }

    private var fingerprint: String { LabelFingerprint.hexadecimal(of: Labels(identity)) }
}

extension JSONValue {
    /// An object whose members are all texts.
    static func texts(_ texts: [String: String]) -> JSONValue {
        .object(texts.mapValues { .string($0) })
    }
}
