package import LookoutModel

/// One firing of one alert, as the records tell it.
package struct IncidentEpisode: Hashable, Sendable {
    /// Which alert; nil if no row is left that says so.
    package var id: AlertID?
    package var key: AlertKey
    package var episode: Int
    /// The place, among all transitions, of the one that began it.
    package var beginning: Int64
    /// When its condition was first seen.
    package var firstSign: Timestamp
    package var firedAt: Timestamp
    /// Nil while it is firing.
    package var endedAt: Timestamp?
    /// Why it ended.
    package var ending: AlertTransition.Cause?
    /// The worst that it was.
    package var severity: Severity
    package var labels: Labels
    package var parents: [String]
    package var texts: AlertTexts
    package var evidence: Evidence

    /// The environment that it is about; nil if about none, as an alert about Lookout itself.
    package var environment: String? { id?.labels["environment"] }

    /// `backend-down production/backend-health`, or the beginning of the key where nothing else is known.
    package var subject: String {
        guard let id else { return "alert \(key.text.prefix(12))" }
        let place = ["environment", "probe"].compactMap { id.labels[$0] }.joined(separator: "/")
        return place.isEmpty ? id.rule : "\(id.rule) \(place)"
    }

    /// What was wrong, in the rule's words.
    package var summary: String { texts.summary.isEmpty ? id?.rule ?? "unknown alert" : texts.summary }

    /// How long it has fired so far.
    package func length(at now: Timestamp) -> Duration {
        max(.zero, (endedAt ?? now) - firedAt)
    }
}
