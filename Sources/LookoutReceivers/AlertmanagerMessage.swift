import LookoutAlerting
import LookoutModel

/// A notice as Alertmanager's webhook says it: the JSON of version 4, with one alert.
struct AlertmanagerMessage {
    /// How long texts may be, so that a message stays below the 20 KB that receivers take for granted.
    private enum Limit {
        static let label = 1 << 10
        static let summary = 1 << 10
        static let description = 8 << 10
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
        var labels = identity
        labels["severity"] = String(alert.severity.rawValue)
        return labels
    }

    /// The labels without the severity, which may change while the alert stays the same.
    private var identity: [String: String] {
        var labels = alert.id.labels.dictionary.mapValues { $0.shortened(toBytes: Limit.label) }
        labels["alertname"] = alert.id.rule.shortened(toBytes: Limit.label)
        labels["severity"] = nil
        return labels
    }

    private var annotations: [String: String] {
        var annotations: [String: String] = [:]
        annotations["summary"] = alert.texts.summary.shortened(toBytes: Limit.summary)
        annotations["description"] = alert.texts.description.shortened(toBytes: Limit.description)
        annotations["runbook_url"] = alert.texts.runbook?.shortened(toBytes: Limit.label)
        return annotations.filter { !$0.value.isEmpty }
    }

    private var fingerprint: String { LabelFingerprint.hexadecimal(of: Labels(identity)) }

    private func object(_ texts: [String: String]) -> JSONValue {
        .object(texts.mapValues { .string($0) })
    }
}
