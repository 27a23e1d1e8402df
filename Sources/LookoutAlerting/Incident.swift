package import LookoutModel

/// Alerts that belong together, from the first that fired to the end of the last.
///
/// Firings of one environment belong together while one begins before all others have been over for
/// `longestPause`. So do a firing and that of a rule on which it depends, from their first signs on.
package struct Incident: Hashable, Sendable {
    /// How long an environment may be well before its next alert is another incident.
    package static let longestPause = Duration.seconds(300)

    /// In the order in which they began; never empty.
    package let episodes: [IncidentEpisode]

    /// - Parameter episodes: at least one, in any order.
    package init(_ episodes: [IncidentEpisode]) {
        precondition(!episodes.isEmpty, "an incident of nothing")
        self.episodes = episodes.sorted { $0.beginning < $1.beginning }
    }

    /// Its name: the place, among all transitions, of the one that began it.
    package var number: Int64 { episodes[0].beginning }

    /// Whether it goes by a number: its own, or that of an incident which has turned out to be part of it.
    package func bears(_ number: Int64) -> Bool {
        episodes.contains { $0.beginning == number }
    }

    package var beganAt: Timestamp { episodes.map(\.firedAt).min() ?? episodes[0].firedAt }

    /// When the first of its conditions was seen.
    package var firstSign: Timestamp { episodes.map(\.firstSign).min() ?? episodes[0].firstSign }

    /// When the last of its alerts ended; nil while one fires.
    package var endedAt: Timestamp? {
        isOpen ? nil : episodes.compactMap(\.endedAt).max()
    }

    package var isOpen: Bool { episodes.contains { $0.endedAt == nil } }

    /// The worst that any of its alerts was.
    package var severity: Severity { worst.severity }

    /// How long it has lasted so far.
    package func length(at now: Timestamp) -> Duration {
        max(.zero, (endedAt ?? now) - beganAt)
    }

    /// The environments that it is about, by name; empty if it is about Lookout itself.
    package var environments: [String] { Set(episodes.compactMap(\.environment)).sorted() }

    /// `Backend is down – production, and 2 more alerts`.
    package var title: String {
        let place = environments.isEmpty ? "" : " – \(environments.joined(separator: ", "))"
        let others = Set(episodes.map(\.key)).count - 1
        let more =
            switch others {
            case 0: ""
            case 1: ", and 1 more alert"
            default: ", and \(others) more alerts"
            }
        return worst.summary + place + more
    }

    /// The episode that says best what is wrong: the first of the worst.
    package var worst: IncidentEpisode {
        episodes.min { ($0.severity, $0.beginning) < ($1.severity, $1.beginning) } ?? episodes[0]
    }
}
