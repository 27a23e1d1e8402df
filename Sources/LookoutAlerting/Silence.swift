package import LookoutModel

/// A person's wish not to hear of some alerts for a while.
///
/// It holds back what is told and changes nothing else: alerts are judged as ever, and what still
/// fires when it ends is told then.
package struct Silence: Hashable, Sendable, Identifiable {
    /// Why it is quiet: only words differ.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case silence
        /// Work on the target, such as a deployment.
        case maintenance
    }

    package let id: String
    package var kind: Kind
    /// All of them must match, and there must be one.
    package var matchers: [LabelMatcher]
    package var startsAt: Timestamp
    package var endsAt: Timestamp
    package var author: String
    package var comment: String
    /// Whether it also ends when nothing that it matches fires any more.
    package var expiresOnResolve: Bool

    package init(
        id: String,
        kind: Kind = .silence,
        matchers: [LabelMatcher],
        startsAt: Timestamp,
        endsAt: Timestamp,
        author: String = "",
        comment: String = "",
        expiresOnResolve: Bool = false
    ) {
        self.id = id
        self.kind = kind
        self.matchers = matchers
        self.startsAt = startsAt
        self.endsAt = endsAt
        self.author = author
        self.comment = comment
        self.expiresOnResolve = expiresOnResolve
    }

    /// Whether it holds at a time: from its start on, and no longer at its end.
    package func isInForce(at time: Timestamp) -> Bool {
        startsAt <= time && time < endsAt
    }

    package func matches(_ alert: Alert) -> Bool {
        !matchers.isEmpty && matchers.allMatch(alert)
    }
}

extension Silence {
    /// Whether it has done its work: it ends with what it matches, and there was a time since its beginning at
    /// which an episode of that ended and none went on.
    ///
    /// Told from the alerts as they are kept, so a restart does not bring it back.
    func isSpent(by alerts: [Alert]) -> Bool {
        guard expiresOnResolve else { return false }
        let matching = alerts.filter(matches)
        return matching.compactMap(\.endedAt).contains { end in
            startsAt <= end && !matching.contains { $0.wasActive(after: end) }
        }
    }
}

extension Alert {
    /// Whether the current or the last episode was under way just after a time.
    fileprivate func wasActive(after time: Timestamp) -> Bool {
        guard let firingSince, firingSince <= time else { return false }
        return state.isActive || (endedAt.map { $0 > time } ?? true)
    }

    /// What matchers see of an alert: all its labels, `alertname` and `rule` for the rule's id, and
    /// `severity` as a number.
    package var matchableLabels: Labels {
        allLabels.merging([
            "alertname": id.rule, "rule": id.rule, "severity": String(severity.rawValue),
        ])
    }

    /// The same of one label, without the others being put together; empty if it is not there.
    func matchableValue(of label: String) -> String {
        switch label {
        case "alertname", "rule": id.rule
        case "severity": String(severity.rawValue)
        default: id.labels[label] ?? labels[label] ?? ""
        }
    }
}
