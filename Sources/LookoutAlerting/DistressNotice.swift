package import LookoutModel

/// The notice of a distress call: the alert about the storage as it would be told, if it could be stored.
///
/// So a peer that keeps alerts by their names takes both for one, and ends it when the real one ends.
package enum DistressNotice {
    /// What the alert is about.
    package static let alert = AlertID(
        rule: SelfRule.storage.rawValue,
        labels: ["database": SelfFacts.Database.alerts.rawValue]
    )
    /// More checks than this are counted, not named.
    private static let longestList = 20

    /// The alert of a situation.
    ///
    /// - Parameters:
    ///   - situation: what is known.
    ///   - stored: the alert's row, if there is one.
    ///   - severity: how bad the configuration says it is.
    ///   - begin: since when alerts cannot be written.
    /// - Returns: The alert, firing, in the episode in which it will be stored.
    package static func alert(
        of situation: DistressCall.Situation,
        after stored: Alert?,
        severity: Severity,
        since begin: Timestamp
    ) -> Alert {
        let episode = stored.map { $0.state.isActive ? $0.episode : $0.episode + 1 } ?? 1
        return Alert(
            id: alert,
            state: .firing,
            severity: severity,
            episode: episode,
            texts: AlertTexts(
                summary: "alerts cannot be written, and nothing else is told until they can",
                description: "\(situation.trouble). \(failing(situation.failing))",
                runbook: SelfRule.storage.runbook,
                suggestion: Suggestion.none
            ),
            pendingSince: begin,
            firingSince: begin
        )
    }

    /// A delivery of the alert that no outbox knows.
    package static func delivery(
        of alert: Alert,
        to receiver: String,
        at now: Timestamp,
        using generator: inout some RandomNumberGenerator
    ) -> Delivery {
        let notice = Notice(
            id: NoticeID(at: now, using: &generator),
            receiver: receiver,
            kind: .firing,
            alert: alert,
            createdAt: now
        )
        let lease = Lease(owner: "distress", until: now + .seconds(60))
        return Delivery(notice: notice, sequence: 0, failedAttempts: 0, lease: lease)
    }

    private static func failing(_ checks: Set<CheckID>) -> String {
        guard !checks.isEmpty else { return "No check fails at this moment." }
        let names = checks.sorted().prefix(longestList).map(\.description).joined(separator: ", ")
        let rest = checks.count - longestList
        return "At this moment \(checks.count) check\(checks.count == 1 ? " fails" : "s fail"): \(names)"
            + (rest > 0 ? " and \(rest) more." : ".")
    }
}
