/// What a rule says of one sample: the link from the rules to the alerts.
package struct Judgement: Hashable, Sendable {
    /// Which alert this is about.
    package var alert: AlertID
    package var outcome: Outcome
    /// The rule's hold times, which the alert's life-cycle applies.
    package var holds: Holds
    /// The texts as of this sample; kept on the alert while the rule holds.
    package var texts: AlertTexts
    /// How far apart judgements normally are: the check's interval.
    package var interval: Duration

    package init(
        alert: AlertID,
        outcome: Outcome,
        holds: Holds = Holds(),
        texts: AlertTexts = AlertTexts(),
        interval: Duration
    ) {
        self.alert = alert
        self.outcome = outcome
        self.holds = holds
        self.texts = texts
        self.interval = interval
    }

    /// What the rule's expression came to.
    package enum Outcome: Hashable, Sendable {
        /// The rule's expression is true.
        case holds(Severity)
        /// The rule's expression is false.
        case clear
        /// There are too few samples to tell, or the sample says nothing about the target.
        case noData
        /// The expression could not be evaluated; the text says why.
        case error(String)
    }

    /// How long a condition must hold before it counts, either way.
    package struct Holds: Hashable, Sendable {
        /// `for`: the condition must hold this long before the alert fires.
        package var pending: Duration
        /// `keep_firing_for`: the condition must be gone this long before the alert resolves.
        package var keepFiring: Duration

        package init(pending: Duration = .zero, keepFiring: Duration = .zero) {
            self.pending = pending
            self.keepFiring = keepFiring
        }
    }
}

/// Which alert: one rule for one set of labels.
///
/// Severity is deliberately not part of it, so a
/// change of severity is not a second alert.
package struct AlertID: Hashable, Sendable {
    package let rule: String
    package let labels: Labels

    package init(rule: String, labels: Labels) {
        self.rule = rule
        self.labels = labels
    }
}

/// The words of an alert, rendered from the rule's templates.
package struct AlertTexts: Hashable, Sendable {
    package var summary: String
    package var description: String
    package var runbook: String?

    package init(summary: String = "", description: String = "", runbook: String? = nil) {
        self.summary = summary
        self.description = description
        self.runbook = runbook
    }
}
