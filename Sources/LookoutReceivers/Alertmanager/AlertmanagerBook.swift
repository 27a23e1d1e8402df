import LookoutAlerting
import LookoutModel

/// Decides what one Alertmanager is told in each round: all that fires, again and again, since it takes for
/// over what it does not hear of; and for a while what is over, since it may have missed that.
///
/// It goes by what the alerts are and by whom they were told to, and by nothing that was sent. So a message
/// that was lost, an Alertmanager that was restarted and one that is new are all made good by the next round.
struct AlertmanagerBook {
    /// How long after a round an alert counts as over if no other round comes: four rounds.
    static let validity = Duration.seconds(240)
    /// How long an end is told.
    static let memory = Duration.seconds(900)

    /// The receiver by whose knowledge of an alert it is decided.
    private let receiver: String
    /// What was said last of an alert that fires.
    private struct Saying {
        var assertion: AlertmanagerAssertion
        var severity: Severity
    }

    private var firing: [AlertKey: Saying] = [:]
    /// What is over, by its labels: alerts, and what alerts were called before their severity changed.
    private var ends: [[String: String]: AlertmanagerAssertion] = [:]

    init(receiver: String) {
        self.receiver = receiver
    }

    /// What is to be said now: what fires in the order of the alerts' keys, and then what is over.
    mutating func round(_ alerts: [Alert], at now: Timestamp) -> [AlertmanagerAssertion] {
        var said: [AlertmanagerAssertion] = []
        var stillFiring: [AlertKey: Saying] = [:]
        for alert in alerts.sorted(by: { $0.key < $1.key }) {
            switch standing(of: alert, at: now) {
            case .firing:
                let assertion = AlertmanagerAssertion(alert, endsAt: now + Self.validity, at: now)
                noteReplaced(alert.key, by: assertion, at: now)
                said.append(assertion)
                stillFiring[alert.key] = Saying(assertion: assertion, severity: alert.severity)
            case .over(let end):
                let assertion = AlertmanagerAssertion(alert, endsAt: end, at: now)
                noteReplaced(alert.key, by: assertion, at: end)
                ends[assertion.labels] = assertion
            case .unknown: break
            }
        }
        firing = stillFiring
        let labels = Set(said.map(\.labels))
        ends = ends.filter { entry in
            guard let end = entry.value.endsAt, !labels.contains(entry.key) else { return false }
            return now - end < Self.memory
        }
        return said + ends.values.sorted { LabelOrder.precedes($0.labels, $1.labels) }
    }

    /// What is to be said at once of alerts whose severity has changed since the last round: under its new
    /// labels each fires, and under its old ones it is over.
    mutating func renamed(_ alerts: [Alert], at now: Timestamp) -> [AlertmanagerAssertion] {
        let changed = alerts.filter { alert in
            firing[alert.key].map { $0.severity != alert.severity } ?? false
        }
        var said: [AlertmanagerAssertion] = []
        for alert in changed.sorted(by: { $0.key < $1.key }) {
            guard case .firing = standing(of: alert, at: now), let before = firing[alert.key] else {
                continue
            }
            let assertion = AlertmanagerAssertion(alert, endsAt: now + Self.validity, at: now)
            noteReplaced(alert.key, by: assertion, at: now)
            firing[alert.key] = Saying(assertion: assertion, severity: alert.severity)
            ends[assertion.labels] = nil
            said.append(assertion)
            if let end = ends[before.assertion.labels] { said.append(end) }
        }
        return said
    }

    private enum Standing {
        case firing
        case over(Timestamp)
        /// The receiver was not told of it, or it is over for long.
        case unknown
    }

    private func standing(of alert: Alert, at now: Timestamp) -> Standing {
        guard let told = alert.told[receiver], told.episode == alert.episode else { return .unknown }
        if alert.state.isActive, !told.isResolved { return .firing }
        guard alert.state == .resolved, told.isResolved, let end = alert.resolvedSince,
            now - end < Self.memory
        else { return .unknown }
        return .over(end)
    }

    /// Ends what an alert was called before, if it is called otherwise now.
    private mutating func noteReplaced(_ key: AlertKey, by current: AlertmanagerAssertion, at end: Timestamp)
    {
        guard var before = firing[key]?.assertion, before.labels != current.labels else { return }
        before.endsAt = max(end, before.startsAt)
        ends[before.labels] = before
    }
}

/// An order of sets of labels, so that the same round is always the same.
enum LabelOrder {
    static func precedes(_ left: [String: String], _ right: [String: String]) -> Bool {
        Labels(left).sorted.lexicographicallyPrecedes(Labels(right).sorted) {
            ($0.name, $0.value) < ($1.name, $1.value)
        }
    }
}
