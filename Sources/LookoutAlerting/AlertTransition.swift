package import LookoutModel

/// A change of an alert's state or severity, as the timeline keeps it.
package struct AlertTransition: Hashable, Sendable {
    /// What brought a change about.
    package enum Cause: String, CaseIterable, Hashable, Sendable {
        /// The condition began to hold.
        case appeared
        /// The condition held for as long as the rule asks.
        case held
        /// The condition of a pending alert was gone before it fired.
        case passed
        /// Nothing was heard of a pending alert for too long.
        case forgotten
        /// The condition of a firing alert is gone.
        case cleared
        /// The condition came back while the alert was recovering.
        case returned
        /// The condition stayed gone for as long as the rule asks.
        case recovered
        /// It became worse.
        case escalated
        /// It has been less bad for as long as the rule asks.
        case deescalated
        case ruleRemoved = "rule_removed"
        case checkRemoved = "check_removed"
    }

    package var alert: AlertKey
    /// The episode that this belongs to; 0 before the first.
    package var episode: Int
    /// Nil if there was no alert.
    package var from: Alert.State?
    /// Nil if there is no alert any more.
    package var to: Alert.State?
    package var severity: Severity
    package var cause: Cause
    package var at: Timestamp

    package init(
        alert: AlertKey,
        episode: Int,
        from: Alert.State?,
        to: Alert.State?,
        severity: Severity,
        cause: Cause,
        at: Timestamp
    ) {
        self.alert = alert
        self.episode = episode
        self.from = from
        self.to = to
        self.severity = severity
        self.cause = cause
        self.at = at
    }
}

/// A transition with its place in the timeline.
package struct RecordedTransition: Hashable, Sendable {
    /// Its place among all transitions that were ever committed.
    package let sequence: Int64
    package let transition: AlertTransition

    package init(sequence: Int64, transition: AlertTransition) {
        self.sequence = sequence
        self.transition = transition
    }
}
