package import LookoutAlerting
package import LookoutModel

/// The notices of a fire drill: marked as such wherever a person reads them.
package enum DrillNotice {
    /// The rule that fires in a drill and nowhere else.
    package static let rule = "lookout-fire-drill"

    /// An alert that fires for a receiver.
    static func alert(for receiver: String, kind: Notice.Kind, at now: Timestamp) -> Alert {
        let isOver = kind == .resolved
        return Alert(
            id: AlertID(rule: rule, labels: ["receiver": receiver]),
            state: isOver ? .resolved : .firing,
            severity: .minor,
            episode: 1,
            texts: AlertTexts(
                summary: "Fire drill for \(receiver): nothing is wrong",
                description: "Somebody tests whether Lookout reaches you. There is nothing to do."
            ),
            evidence: Evidence(samples: [Evidence.Line(at: now, "no sample: this is a drill")]),
            pendingSince: now,
            firingSince: now,
            resolvedSince: isOver ? now : nil,
            resolution: isOver ? .recovered : nil
        )
    }

    /// A notice about an alert, claimed by nobody.
    package static func delivery(
        of alert: Alert,
        _ kind: Notice.Kind,
        to receiver: String,
        at now: Timestamp
    ) -> Delivery {
        var generator = SystemRandomNumberGenerator()
        let notice = Notice(
            id: NoticeID(at: now, using: &generator),
            receiver: receiver,
            kind: kind,
            alert: alert,
            createdAt: now
        )
        return Delivery(
            notice: notice,
            sequence: 0,
            failedAttempts: 0,
            lease: Lease(owner: "drill", until: now + .seconds(60))
        )
    }
}
