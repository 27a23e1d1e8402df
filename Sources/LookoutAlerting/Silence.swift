package import LookoutModel

/// A person's wish not to hear of some alerts for a while.
///
/// It holds back what is told and changes nothing else: alerts are judged as ever, and what still
/// fires when it ends is told then.
package struct Silence: Hashable, Sendable, Identifiable {
    package let id: String
    /// All of them must match, and there must be one.
    package var matchers: [LabelMatcher]
    package var startsAt: Timestamp
    package var endsAt: Timestamp
    package var author: String
    package var comment: String

    package init(
        id: String,
        matchers: [LabelMatcher],
        startsAt: Timestamp,
        endsAt: Timestamp,
        author: String = "",
        comment: String = ""
    ) {
        self.id = id
        self.matchers = matchers
        self.startsAt = startsAt
        self.endsAt = endsAt
        self.author = author
        self.comment = comment
    }

    /// Whether it holds at a time: from its start on, and no longer at its end.
    package func isInForce(at time: Timestamp) -> Bool {
        startsAt <= time && time < endsAt
    }

    package func matches(_ alert: Alert) -> Bool {
        let labels = alert.matchableLabels
        return !matchers.isEmpty && matchers.allSatisfy { $0.matches(labels) }
    }
}

extension Alert {
    /// What matchers see of an alert: all its labels, `alertname` and `rule` for the rule's id, and
    /// `severity` as a number.
    package var matchableLabels: Labels {
        allLabels.merging([
            "alertname": id.rule, "rule": id.rule, "severity": String(severity.rawValue),
        ])
    }
}
