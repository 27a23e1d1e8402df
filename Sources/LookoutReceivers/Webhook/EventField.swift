import LookoutAlerting
import LookoutModel

/// A fact about a delivery under a name: a member of the document's `data`, and what `{{ name }}` stands for.
struct EventField: Sendable {
    /// Bytes of JSON; all of them together stay below what a document may have.
    private enum Limit {
        static let text = 3 << 10
        static let group = 3 << 10
        static let evidence = 2 << 10
        static let alerts = 10 << 10
    }

    let name: String
    /// What it is, for the documentation.
    let summary: String
    /// Whether it is in the document by itself; what only repeats others is for templates.
    var isInDocument = true
    let value: @Sendable (EventDocument) -> JSONValue

    static func named(_ name: String) -> EventField? { all.first { $0.name == name } }

    static let all: [EventField] =
        [
            EventField(name: "id", summary: "The delivery's id, the same over all attempts.") {
                .string($0.delivery.id.description)
            },
            EventField(
                name: "kind",
                summary: "What is told: firing, escalated, resolved and so on, digest or announcement."
            ) {
                .string($0.delivery.isDigest ? "digest" : $0.notice.kind.rawValue)
            },
            EventField(
                name: "status",
                summary: "firing, or resolved once all is over; announcement for one."
            ) {
                $0.alert == nil ? "announcement" : $0.message.tone == .good ? "resolved" : "firing"
            },
            EventField(name: "receiver", summary: "The receiver's name.") { .string($0.notice.receiver) },
            EventField(name: "severity", summary: "1, 2 or 3; 1 is the worst.") {
                .int(Int64($0.message.severity.rawValue))
            },
            EventField(name: "title", summary: "[SEV1] what – where.") { .string($0.message.title) },
            EventField(name: "summary", summary: "The rule's summary; what an announcement is about.") {
                guard let alert = $0.alert else { return .string($0.message.subject) }
                let summary = alert.texts.summary
                return .string(AlertWords.clean(summary.isEmpty ? alert.id.rule : summary, 1024))
            },
            EventField(name: "text", summary: "The whole message as plain lines.", isInDocument: false) {
                .string(MessageText($0.message).text(limit: Limit.text, .bytes))
            },
        ] + alertFields + evidenceFields

    /// What is known of the alert; of a digest, of the worst.
    private static let alertFields: [EventField] = [
        EventField(name: "description", summary: "What was seen, and how it ended.") {
            bounded($0.message.lead, to: Limit.text)
        },
        EventField(name: "rule", summary: "The rule's id.") { .string($0.alert?.id.rule ?? "") },
        EventField(name: "environment", summary: "The environment, such as production.") {
            label("environment", of: $0)
        },
        EventField(name: "probe", summary: "The probe's name.") { label("probe", of: $0) },
        EventField(name: "labels", summary: "All labels; {{ labels.team }} is one of them.") {
            texts(($0.alert?.allLabels ?? $0.notice.announcement?.labels ?? [:]).dictionary)
        },
        EventField(name: "annotations", summary: "The rule's further texts, by name.") {
            texts($0.alert?.texts.annotations ?? [:])
        },
        EventField(name: "runbook", summary: "Where the runbook is.") { .string($0.message.runbook ?? "") },
        EventField(name: "suggestion", summary: "rollback, restore-env, none, or nothing.") {
            .string($0.alert?.texts.suggestion?.rawValue ?? "")
        },
        EventField(name: "episode", summary: "The number of the alert's episode.") {
            .int(Int64($0.notice.episode))
        },
        EventField(name: "episode_key", summary: "The same from firing to resolved: the key to merge by.") {
            .string($0.notice.threadKey)
        },
        EventField(name: "started_at", summary: "When it began (RFC 3339, UTC).") {
            .string($0.notice.startedAt.rfc3339)
        },
        EventField(name: "resolved_at", summary: "When it ended.") {
            .string($0.notice.kind.isEnd ? $0.alert?.resolvedSince?.rfc3339 ?? "" : "")
        },
        EventField(name: "acknowledged_by", summary: "Who takes care of it.") {
            let word = $0.alert?.acknowledgement
            let isInForce = word?.isInForce(at: $0.notice.createdAt) ?? false
            return .string(isInForce ? AlertWords.clean(word?.author ?? "", 256) : "")
        },
    ]

    private static let evidenceFields: [EventField] = [
        EventField(name: "samples", summary: "The last samples, oldest first, as {at, text}.") {
            lines($0.alert?.evidence.samples ?? [])
        },
        EventField(name: "changes", summary: "What changed lately, as {at, text}.") {
            lines($0.alert?.evidence.changes ?? [])
        },
        EventField(
            name: "announcement",
            summary: "Of an announcement: stage, topic, name, emergency, author, remark, planned_for."
        ) {
            texts($0.notice.announcement?.members ?? [:])
        },
        EventField(name: "count", summary: "How many alerts it is about.") {
            .int(Int64(Set($0.delivery.notices.map(\.threadKey)).count))
        },
        EventField(name: "alerts", summary: "The notices of a digest, as many as there is room for.") {
            alerts(in: $0)
        },
        EventField(name: "url", summary: "Where people reach this Lookout.") {
            .string($0.message.link ?? "")
        },
    ]

    private static func label(_ name: String, of event: EventDocument) -> JSONValue {
        let labels = event.alert?.id.labels ?? event.notice.announcement?.labels ?? [:]
        return .string(AlertWords.clean(labels[name] ?? "", 256))
    }

    private static func texts(_ texts: [String: String]) -> JSONValue {
        var budget = AnnotationBudget(bytes: Limit.group)
        for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
            budget.add(name, text, limit: Limit.group / 2)
        }
        return .object(budget.texts.mapValues { .string($0) })
    }

    private static func bounded(_ text: String, to limit: Int) -> JSONValue {
        var budget = AnnotationBudget(bytes: limit)
        budget.add("", text, limit: limit)
        return .string(budget.texts[""] ?? "")
    }

    /// The newest that there is room for.
    private static func lines(_ lines: [Evidence.Line]) -> JSONValue {
        let values = lines.map { line -> JSONValue in
            ["at": .string(line.at.rfc3339), "text": .string(AlertWords.clean(line.text, 256))]
        }
        return .array(fitting(values.reversed(), Limit.evidence).reversed())
    }

    private static func alerts(in event: EventDocument) -> JSONValue {
        guard event.delivery.isDigest else { return [] }
        let notices = event.delivery.notices.sorted { $0.severity < $1.severity }
        let values = notices.lazy.map { notice -> JSONValue in
            [
                "kind": .string(notice.kind.rawValue),
                "severity": .int(Int64(notice.severity.rawValue)),
                "title": .string(AlertWords.subject(notice)),
                "rule": .string(notice.alert?.id.rule ?? ""),
                "episode_key": .string(notice.threadKey),
                "started_at": .string(notice.startedAt.rfc3339),
            ]
        }
        return .array(fitting(values, Limit.alerts))
    }

    /// As many from the first on as fit into some bytes of JSON.
    private static func fitting(_ values: some Sequence<JSONValue>, _ limit: Int) -> [JSONValue] {
        var room = limit
        return Array(
            values.prefix { value in
                room -= value.jsonText.utf8.count + 1
                return room >= 0
            }
        )
    }
}

extension EventField {
    /// Whether it is an object, whose members have names of their own.
    var hasMembers: Bool { if case .object = example { true } else { false } }

    /// A value of the field's type.
    var example: JSONValue {
        switch name {
        case "severity", "episode", "count": 1
        case "labels", "annotations", "announcement": [:]
        case "samples", "changes", "alerts": []
        default: "x"
        }
    }
}

extension Notice {
    /// When what it is about began.
    fileprivate var startedAt: Timestamp {
        switch subject {
        case .alert(let alert): alert.firingSince ?? alert.pendingSince
        case .announcement(let announcement): announcement.plannedFor ?? announcement.at
        }
    }
}

extension Announcement {
    fileprivate var members: [String: String] {
        [
            "stage": stage.rawValue, "topic": topic.kind, "name": topic.name,
            "emergency": isEmergency ? "true" : "false", "author": author, "remark": remark,
            "planned_for": plannedFor?.rfc3339 ?? "",
        ]
    }
}
