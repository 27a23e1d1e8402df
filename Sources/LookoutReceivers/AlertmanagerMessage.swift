import LookoutAlerting
import LookoutModel

/// A notice as Alertmanager's webhook says it: the JSON of version 4, with one alert.
struct AlertmanagerMessage {
    /// How long texts may be in bytes.
    ///
    /// Receivers take less than 20 KB for granted, and the annotations are in a message twice.
    private enum Limit {
        static let label = 1 << 10
        static let summary = 1 << 10
        static let description = 6 << 10
        static let annotation = 2 << 10
        /// All annotations as JSON.
        static let annotations = 8 << 10
    }

    let notice: Notice
    /// Where people reach this Lookout; empty if nowhere.
    let externalURL: String

    private var alert: Alert { notice.alert }
    private var isResolved: Bool { notice.kind == .resolved }
    private var status: JSONValue { isResolved ? "resolved" : "firing" }

    var json: JSONValue {
        let labels = object(labels)
        let annotations = object(annotations)
        return [
            "version": "4",
            "groupKey": .string(alert.episodeKey),
            "truncatedAlerts": 0,
            "status": status,
            "receiver": .string(notice.receiver),
            "groupLabels": ["alertname": .string(self.labels["alertname"] ?? "")],
            "commonLabels": labels,
            "commonAnnotations": annotations,
            "externalURL": .string(externalURL),
            "alerts": [
                [
                    "status": status,
                    "labels": labels,
                    "annotations": annotations,
                    "startsAt": .string(startsAt.rfc3339),
                    "endsAt": .string(endsAt),
                    "generatorURL": .string(externalURL),
                    "fingerprint": .string(fingerprint),
                ]
            ],
        ]
    }

    private var startsAt: Timestamp { alert.firingSince ?? alert.pendingSince }

    /// The zero time of Go while it fires, as Alertmanager has it.
    private var endsAt: String {
        guard isResolved, let resolvedSince = alert.resolvedSince else { return "0001-01-01T00:00:00Z" }
        return max(startsAt, resolvedSince).rfc3339
    }

    private var labels: [String: String] {
        var labels = bounded(alert.allLabels)
        labels["alertname"] = alert.id.rule.shortened(toBytes: Limit.label)
        labels["severity"] = String(alert.severity.rawValue)
        return labels
    }

    /// What makes the alert this one: without the severity and the rule's own labels, so that editing a
    /// rule does not make another alert of it.
    private var identity: [String: String] {
        var labels = bounded(alert.id.labels)
        labels["severity"] = nil
        labels["alertname"] = alert.id.rule.shortened(toBytes: Limit.label)
        return labels
    }

    /// The texts in the order of their worth, as far as they fit: the well-known ones, then the rule's
    /// own by their names.
    private var annotations: [String: String] {
        let texts = alert.texts
        var annotations = AnnotationBudget(bytes: Limit.annotations)
        annotations.add("summary", texts.summary, limit: Limit.summary)
        annotations.add("runbook_url", texts.runbook, limit: Limit.label)
        annotations.add("suggestion", texts.suggestion?.rawValue, limit: Limit.label)
        let acknowledgement = alert.acknowledgement.flatMap { $0.isInForce(at: notice.createdAt) ? $0 : nil }
        annotations.add("acknowledged_by", acknowledgement?.author, limit: Limit.label)
        annotations.add("description", texts.description, limit: Limit.description)
        let known = ["summary", "runbook_url", "suggestion", "acknowledged_by", "description"]
        for (name, text) in texts.annotations.sorted(by: { $0.key < $1.key }) where !known.contains(name) {
            annotations.add(name, text, limit: Limit.annotation)
        }
        return annotations.texts
    }

    private func bounded(_ labels: Labels) -> [String: String] {
        labels.dictionary.mapValues { $0.shortened(toBytes: Limit.label) }
    }

    private var fingerprint: String { LabelFingerprint.hexadecimal(of: Labels(identity)) }

    private func object(_ texts: [String: String]) -> JSONValue {
        .object(texts.mapValues { .string($0) })
    }
}
