import LookoutAlerting
import LookoutModel

/// Which alerts fired in a scenario, and when.
struct AlertChronicle {
    /// One episode of an alert.
    struct Entry: Hashable {
        let rule: String
        let environment: String
        /// The worst that it was.
        var severity: Severity
        var summary: String
        let firedAt: Timestamp
        /// Nil while it goes on.
        var endedAt: Timestamp?
    }

    private struct Key: Hashable {
        let alert: AlertKey
        let episode: Int
    }

    private var order: [Key] = []
    private var entriesByKey: [Key: Entry] = [:]

    /// All episodes, in the order in which they were first seen.
    var entries: [Entry] { order.compactMap { entriesByKey[$0] } }

    /// Takes in how the alerts stand.
    mutating func take(_ alerts: [Alert], at now: Timestamp) {
        for alert in alerts where alert.episode > 0 {
            let key = Key(alert: alert.key, episode: alert.episode)
            if let known = entriesByKey[key] {
                guard known.endedAt == nil else { continue }
                entriesByKey[key]?.severity = min(known.severity, alert.severity)
                if !alert.state.isActive { entriesByKey[key]?.endedAt = alert.endedAt ?? now }
                continue
            }
            order.append(key)
            entriesByKey[key] = Entry(
                rule: alert.id.rule,
                environment: alert.id.labels["environment"] ?? "",
                severity: alert.severity,
                summary: alert.texts.summary,
                firedAt: alert.firingSince ?? now,
                endedAt: alert.state.isActive ? nil : alert.endedAt ?? now
            )
        }
    }
}
