package import LookoutModel

/// The notice of a test message: marked as such wherever a person reads it.
package enum TestNotice {
    /// The alert that it seems to be about, which there never is.
    package static let alert = AlertID(rule: "lookout-test-message", labels: [:])

    /// A new one for a receiver.
    ///
    /// It says that something is over: so a peer that keeps alerts by their names opens nothing, and nobody
    /// is called.
    package static func make(
        for receiver: String,
        at now: Timestamp,
        using generator: inout some RandomNumberGenerator
    ) -> Notice {
        let alert = Alert(
            id: alert,
            state: .resolved,
            severity: .minor,
            episode: 1,
            texts: AlertTexts(
                summary: "Test message: Lookout reaches this receiver, and nothing is wrong",
                description: "A heartbeat goes on only while these arrive. There is nothing to do."
            ),
            pendingSince: now,
            firingSince: now,
            resolvedSince: now,
            resolution: .recovered
        )
        return Notice(
            id: NoticeID(at: now, using: &generator),
            receiver: receiver,
            kind: .resolved,
            alert: alert,
            createdAt: now
        )
    }
}
