package import LookoutModel

/// The verdict that other rules would have led to: the same runs, other alerts.
package struct DeploymentReplay: Equatable, Sendable {
    /// One firing of a rule on trial, as a backtest found it.
    package struct Firing: Hashable, Sendable {
        package var alert: AlertID
        package var severity: Severity
        /// Nil if it fired already when the backtest begins.
        package var began: Timestamp?
        /// Nil if it still fires when the backtest ends.
        package var ended: Timestamp?

        package init(alert: AlertID, severity: Severity, began: Timestamp?, ended: Timestamp?) {
            self.alert = alert
            self.severity = severity
            self.began = began
            self.ended = ended
        }
    }

    package let id: DeploymentID
    package let stored: WatchVerdict
    package let judgedAt: Timestamp
    /// Nil if there would have been no verdict then.
    package let replayed: WatchVerdict?

    /// Takes all that is stored of a deployment; nil if it was not watched and judged.
    ///
    /// The alerts of `rules` are taken out and `firings` put in their place; those of other rules stay.
    package init?(
        _ id: DeploymentID,
        events: [DeploymentEvent],
        runs: [CheckID: ComparedRuns],
        replacing rules: Set<String>,
        with firings: [Firing]
    ) {
        guard let index = events.lastIndex(where: \.isVerdict),
            case .judged(let verdict) = events[index].kind, let begin = events.first?.at
        else { return nil }
        let judgedAt = events[index].at
        let kept = events[..<index].filter { !$0.isAlert(of: rules) }
        let alerts = firings.flatMap { $0.events(from: begin) }.filter { $0.at <= judgedAt }
        // The first event, by which the deployment begins, stays the first.
        let later = (kept.dropFirst() + alerts).enumerated()
            .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            .map(\.element)
        let deployment = Deployment(id, events: kept.prefix(1) + later)
        guard let plan = deployment.watch else { return nil }
        self.id = id
        stored = verdict
        self.judgedAt = judgedAt
        replayed = WatchJudge(plan: plan, runs: runs).verdict(of: deployment, at: judgedAt)
    }

    /// Whether another word would have come of it.
    package var isDifferent: Bool { stored.word != replayed?.word }

    package var json: JSONValue {
        [
            "id": .string(id.text),
            "judged_at": .string(judgedAt.rfc3339),
            "stored": stored.document,
            "replayed": replayed?.document ?? .null,
            "different": .bool(isDifferent),
        ]
    }
}

extension DeploymentReplay.Firing {
    /// That it fired and, if it did, that it ended; what fired before the deployment is known from its beginning.
    fileprivate func events(from begin: Timestamp) -> [DeploymentEvent] {
        let since = began ?? .epoch
        if let ended, ended < begin { return [] }
        func event(_ time: Timestamp, isFiring: Bool) -> DeploymentEvent {
            let seen = WatchedAlert(
                rule: alert.rule,
                labels: alert.labels,
                severity: severity,
                summary: "fires under the rules on trial",
                isFiring: isFiring,
                since: since
            )
            return DeploymentEvent(at: time, .alertSeen(seen))
        }
        let first = event(max(since, begin), isFiring: true)
        return [first] + (ended.map { [event($0, isFiring: false)] } ?? [])
    }
}

extension DeploymentEvent {
    fileprivate var isVerdict: Bool { if case .judged = kind { true } else { false } }

    fileprivate func isAlert(of rules: Set<String>) -> Bool {
        if case .alertSeen(let alert) = kind { rules.contains(alert.rule) } else { false }
    }
}
