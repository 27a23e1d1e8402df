import LookoutAlerting
import LookoutModel
import LookoutSettings
import LookoutSimulation

@testable import LookoutReceivers

/// Alerts as the keeper has them, told to the receiver `team`.
enum AlertmanagerExamples {
    static let start = Examples.fired

    static func alert(
        rule: String = "backend-down",
        labels: Labels = ["environment": "production", "probe": "backend-health"],
        severity: Severity = .major,
        episode: Int = 4,
        since: Timestamp = start,
        resolved: Timestamp? = nil,
        told: Alert.Told?? = nil,
        texts: AlertTexts = AlertTexts(summary: "Backend is down")
    ) -> Alert {
        let usual = Alert.Told(episode: episode, severity: severity, isResolved: resolved != nil)
        let knowledge = told ?? usual
        return Alert(
            id: AlertID(rule: rule, labels: labels),
            state: resolved == nil ? .firing : .resolved,
            severity: severity,
            episode: episode,
            texts: texts,
            pendingSince: since,
            firingSince: since,
            resolvedSince: resolved,
            resolution: resolved == nil ? nil : .recovered,
            told: knowledge.map { ["team": $0] } ?? [:]
        )
    }

    static func delivery(_ alert: Alert, _ kind: Notice.Kind = .firing) -> Delivery {
        var generator = SeededGenerator(seed: 1)
        let notice = Notice(
            id: NoticeID(at: start, using: &generator),
            receiver: "team",
            kind: kind,
            alert: alert,
            createdAt: start
        )
        return Delivery(
            notice: notice,
            sequence: 1,
            failedAttempts: 0,
            lease: Lease(owner: "boot", until: start + .seconds(120))
        )
    }

    static func receiver(_ addresses: [String]) -> AlertmanagerReceiver {
        var settings = AlertmanagerReceiver.Settings()
        settings.addresses = addresses
        return AlertmanagerReceiver(name: "team", settings: settings)
    }
}

extension JSONValue {
    /// Those of a list; none of anything else.
    var elements: [JSONValue] {
        if case .array(let elements) = self { elements } else { [] }
    }
}
