import LookoutAlerting
import LookoutModel

/// One event of PagerDuty's Events API v2.
struct PagerDutyEvent {
    /// What it does to the alert of the same key.
    enum Action: String {
        case trigger
        case resolve
    }

    /// PagerDuty takes no larger body.
    static let maximumBytes = 512_000
    static let maximumSummary = 1024

    let action: Action
    let alert: Alert
    let message: Message
    /// Whether there is nothing in it but plain words.
    let isPlain: Bool

    /// What PagerDuty is told by a delivery, in order.
    static func events(of delivery: Delivery, _ tools: ReceiverTools) -> [PagerDutyEvent] {
        delivery.notices.flatMap { notice -> [PagerDutyEvent] in
            guard let alert = notice.alert else { return [] }
            let single = Delivery(
                notice: notice,
                sequence: delivery.sequence,
                failedAttempts: delivery.failedAttempts,
                form: delivery.form,
                lease: delivery.lease
            )
            let message = Message(single, tools)
            return actions(for: notice.kind).map {
                PagerDutyEvent(
                    action: $0,
                    alert: alert,
                    message: message,
                    isPlain: delivery.form == .plain
                )
            }
        }
    }

    private static func actions(for kind: Notice.Kind) -> [Action] {
        switch kind {
        case .firing, .escalated, .deescalated, .reminder, .flapping: [.trigger]
        case .resolved: [.resolve]
        case .firedAndResolved: [.trigger, .resolve]
        case .announcement: []
        }
    }

    /// The event, without the details if it were too large with them.
    func json(routingKey: Secret) -> JSONValue {
        let event = json(routingKey: routingKey, hasDetails: !isPlain)
        guard event.jsonText.utf8.count > Self.maximumBytes else { return event }
        return json(routingKey: routingKey, hasDetails: false)
    }

    private func json(routingKey: Secret, hasDetails: Bool) -> JSONValue {
        var members: [String: JSONValue] = [
            "routing_key": .string(routingKey.reveal()),
            "event_action": .string(action.rawValue),
            "dedup_key": .string(alert.episodeKey),
            "client": "Lookout",
        ]
        if let link = message.link { members["client_url"] = .string(link) }
        if let runbook = message.runbook.flatMap(WebLink.init) {
            members["links"] = [["href": .string(runbook.address), "text": "Runbook"]]
        }
        if action == .trigger { members["payload"] = payload(hasDetails: hasDetails) }
        return .object(members)
    }

    private func payload(hasDetails: Bool) -> JSONValue {
        let labels = alert.id.labels
        let place = [labels["environment"], labels["probe"]].compactMap(\.self).joined(separator: "/")
        var payload: [String: JSONValue] = [
            "summary": .string(message.title.shortened(to: Self.maximumSummary, .codePoints)),
            "source": .string(place.isEmpty ? "lookout" : AlertWords.clean(place, 1024)),
            "severity": .string(severity),
            "timestamp": .string((alert.firingSince ?? alert.pendingSince).rfc3339),
            "class": .string(AlertWords.clean(alert.id.rule, 1024)),
        ]
        if let environment = labels["environment"] {
            payload["group"] = .string(AlertWords.clean(environment, 1024))
        }
        if let probe = labels["probe"] { payload["component"] = .string(AlertWords.clean(probe, 1024)) }
        if hasDetails { payload["custom_details"] = details }
        return .object(payload)
    }

    /// The message's parts by their names, as PagerDuty shows them in a table.
    private var details: JSONValue {
        var details: [String: JSONValue] = [:]
        for fact in message.facts + message.commands { details[fact.name] = .string(fact.value) }
        if !message.lead.isEmpty { details["What was seen"] = .string(message.lead) }
        if let suggestion = message.suggestion { details["Next step"] = .string(suggestion) }
        if let episode = message.episode { details["Episode"] = .string(episode) }
        if !message.samples.isEmpty {
            details["Last samples"] = .array(message.samples.map { .string($0) })
        }
        if !message.changes.isEmpty {
            details["What changed"] = .array(message.changes.map { .string($0) })
        }
        return .object(details)
    }

    private var severity: String {
        switch alert.severity {
        case .outage: "critical"
        case .major: "error"
        case .minor: "warning"
        }
    }
}
