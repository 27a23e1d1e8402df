package import LookoutAlerting
package import LookoutModel

/// Makes episodes of the transitions of alerts, in the order in which they happened.
///
/// It goes by the states alone, so a trail that begins in the middle of an episode is as good as any.
package struct EpisodeTrail: Sendable {
    private struct Opening {
        let began: Timestamp?
        var worst: Severity
    }

    private var openings: [AlertID: Opening] = [:]
    private var closed: [Episode] = []

    package init() {}

    /// Takes in what happened next to an alert.
    package mutating func note(_ transition: AlertTransition, of alert: AlertID) {
        let wasActive = transition.from?.isActive ?? false
        let isActive = transition.to?.isActive ?? false
        guard wasActive || isActive else { return }
        var opening =
            openings.removeValue(forKey: alert)
            ?? Opening(began: wasActive ? nil : transition.at, worst: transition.severity)
        opening.worst = min(opening.worst, transition.severity)
        if isActive {
            openings[alert] = opening
        } else {
            closed.append(
                Episode(alert: alert, began: opening.began, ended: transition.at, worst: opening.worst)
            )
        }
    }

    /// Takes in an alert of which it is only known that it fires, such as one without a transition in the
    /// time that was looked at.
    package mutating func note(firing alert: Alert) {
        guard alert.state.isActive, openings[alert.id] == nil else { return }
        openings[alert.id] = Opening(began: alert.firingSince, worst: alert.severity)
    }

    /// All episodes so far in the order in which they began, those without an end included.
    package var episodes: [Episode] {
        let open = openings.map { Episode(alert: $0, began: $1.began, ended: nil, worst: $1.worst) }
        return (closed + open).sorted {
            ($0.began ?? .distantPast, $0.alert.labels.text) < (
                $1.began ?? .distantPast, $1.alert.labels.text
            )
        }
    }
}

extension Timestamp {
    /// Before every time that anything happened at.
    static let distantPast = Timestamp(microseconds: .min)
}
