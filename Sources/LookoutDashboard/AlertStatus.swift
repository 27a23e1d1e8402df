import LookoutAlerting
package import LookoutModel

/// One alert that is not at rest, as the status shows it.
package struct AlertStatus: Hashable, Sendable {
    package var rule: String
    package var labels: Labels
    package var state: String
    package var severity: Severity?
    package var since: Timestamp
    package var summary: String
    package var episode: Int
    /// The name of the alert; empty where it has none.
    package var id: String
    /// Why people are not told, in words; nil if nothing keeps them from it.
    package var withheld: String?
    /// Who takes care of it.
    package var acknowledgedBy: String?
    /// What the rule suggests to do.
    package var suggestion: String?

    package init(
        rule: String,
        labels: Labels,
        state: String,
        severity: Severity?,
        since: Timestamp,
        summary: String,
        episode: Int,
        id: String = "",
        withheld: String? = nil,
        acknowledgedBy: String? = nil,
        suggestion: String? = nil
    ) {
        self.rule = rule
        self.labels = labels
        self.state = state
        self.severity = severity
        self.since = since
        self.summary = summary
        self.episode = episode
        self.id = id
        self.withheld = withheld
        self.acknowledgedBy = acknowledgedBy
        self.suggestion = suggestion
    }

    package init(_ report: AlertReport, at now: Timestamp) {
        let alert = report.alert
        let word = alert.acknowledgement.flatMap { $0.isInForce(at: now) ? $0 : nil }
        self.init(
            rule: alert.id.rule,
            labels: alert.allLabels,
            state: alert.state.rawValue,
            severity: alert.severity,
            since: alert.firingSince ?? alert.pendingSince,
            summary: alert.texts.summary,
            episode: alert.episode,
            id: alert.key.text,
            withheld: report.withheld?.words,
            acknowledgedBy: word?.author,
            suggestion: alert.texts.suggestion?.rawValue
        )
    }
}
