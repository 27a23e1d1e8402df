package import LookoutAlerting
package import LookoutModel

/// What fired, from the transitions that the running agent stored.
package struct RecordedEpisodes: Sendable {
    /// In the order in which they began.
    package let episodes: [Episode]
    /// The oldest transition that is known; what happened before may have been forgotten.
    package let since: Timestamp?

    /// Reads what is stored about a range of time.
    ///
    /// - Parameters:
    ///   - store: where the alerts are kept.
    ///   - range: the time that is asked about; episodes that reach into it are whole where that is known.
    /// - Throws: What the store throws.
    package init(from store: some AlertStore, in range: Range<Timestamp>) async throws {
        // Reads a little more than what is asked, so that most episodes have their beginning.
        let transitions = try await store.transitions(
            of: nil,
            since: range.lowerBound - .seconds(7 * 86_400),
            limit: .max
        ).map(\.transition)
        let alerts = try await store.alerts()
        self.init(transitions, alerts, until: range.upperBound)
    }

    /// - Parameters:
    ///   - transitions: what happened, in order.
    ///   - alerts: the alerts as they stand now.
    ///   - end: what happened later is left out.
    init(_ transitions: [AlertTransition], _ alerts: [Alert], until end: Timestamp) {
        // A transition bears the digest of its alert; the rows of all alerts that ever fired are kept.
        let identities = Dictionary(alerts.map { ($0.key, $0.id) }, uniquingKeysWith: { first, _ in first })
        var trail = EpisodeTrail()
        var touched: Set<AlertKey> = []
        for transition in transitions {
            touched.insert(transition.alert)
            guard transition.at < end, let alert = identities[transition.alert] else { continue }
            trail.note(transition, of: alert)
        }
        for alert in alerts where !touched.contains(alert.key) && alert.firingSince.map({ $0 < end }) ?? false
        {
            trail.note(firing: alert)
        }
        episodes = trail.episodes
        since = transitions.first?.at
    }
}
