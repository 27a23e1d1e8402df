/// What a rule says of one sample: the link from the rules to the alerts.
package struct Judgement: Hashable, Sendable {
    /// Which alert this is about.
    package var alert: AlertID
    package var outcome: Outcome
    /// The rule's own labels: shown and routed by, but no part of what makes the alert this one.
    package var labels: Labels
    /// The ids of the rules that this one depends on: while an alert of one of them is up in the same
    /// environment, it explains this one.
    package var parents: [String]
    /// The rule's hold times, which the alert's life-cycle applies.
    package var holds: Holds
    /// The texts as of this sample; kept on the alert while the rule holds.
    package var texts: AlertTexts
    /// What was seen lately, where that may have to be told.
    package var evidence: Evidence
    /// How far apart judgements normally are: the check's interval.
    package var interval: Duration

    package init(
        alert: AlertID,
        outcome: Outcome,
        labels: Labels = [:],
        parents: [String] = [],
        holds: Holds = Holds(),
        texts: AlertTexts = AlertTexts(),
        evidence: Evidence = Evidence(),
        interval: Duration
    ) {
        self.alert = alert
        self.outcome = outcome
        self.labels = labels
        self.parents = parents
        self.holds = holds
        self.texts = texts
        self.evidence = evidence
        self.interval = interval
    }

    /// What the rule's expression came to.
    package enum Outcome: Hashable, Sendable {
        /// The rule's expression is true.
        case holds(Severity)
        /// The rule's expression is false.
        case clear
        /// There are too few samples to tell, or the sample says nothing about what the rule is about.
        case noData
        /// Nothing can be said about any target now, for instance because Lookout is offline; the text
        /// says why.
        ///
        /// Unlike no data it counts for nothing, not even for forgetting a pending alert.
        case hold(String)
        /// The expression could not be evaluated; the text says why.
        case error(String)
    }

    /// How long, and how often, a condition must hold before it counts, either way.
    package struct Holds: Hashable, Sendable {
        /// `for`: the condition must hold this long before the alert fires.
        package var pending: Duration
        /// `keep_firing_for`: the condition must be gone this long before the alert resolves.
        package var keepFiring: Duration
        /// `min_failures`: so many judgements in a row must hold before the alert fires; at least 1.
        package var failures: Int
        /// `min_successes`: so many judgements in a row must be clear before the alert resolves; at least 1.
        package var successes: Int

        package init(
            pending: Duration = .zero,
            keepFiring: Duration = .zero,
            failures: Int = 1,
            successes: Int = 1
        ) {
            self.pending = pending
            self.keepFiring = keepFiring
            self.failures = failures
            self.successes = successes
        }
    }
}

/// Which alert: one rule for one set of labels.
///
/// Severity and the rule's own labels are deliberately not part of it, so a change of severity or an
/// edited label is not a second alert.
package struct AlertID: Hashable, Sendable {
    package let rule: String
    /// What the rule was judged for: `environment`, and `probe` unless the rule is about a whole
    /// environment.
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
    /// The rule's further texts by name.
    package var annotations: [String: String]
    /// What the rule suggests to do about it.
    package var suggestion: Suggestion?

    package init(
        summary: String = "",
        description: String = "",
        runbook: String? = nil,
        annotations: [String: String] = [:],
        suggestion: Suggestion? = nil
    ) {
        self.summary = summary
        self.description = description
        self.runbook = runbook
        self.annotations = annotations
        self.suggestion = suggestion
    }
}

/// The next step that a rule suggests: people act, Lookout never does.
package enum Suggestion: String, CaseIterable, Hashable, Sendable {
    /// Go back to the deployment before this one.
    case rollback
    /// Put the environment's variables back to what they were.
    case restoreEnvironment = "restore-env"
    /// Neither of them will help.
    case none
}
