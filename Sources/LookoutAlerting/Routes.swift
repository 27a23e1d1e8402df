package import LookoutModel

/// Which receivers hear of what.
package struct Routes: Hashable, Sendable {
    /// The names of all receivers that are configured.
    package var receivers: [String]
    /// The tree; without one everybody hears of everything.
    package var root: Route?
    /// Who hears of what no route has a receiver for, and of severity 1 where a receiver is broken.
    package var fallback: [String]
    /// The receivers that are not told of the end of an episode.
    package var withoutResolved: Set<String>
    /// The receivers that take alerts only, since their peers keep alerts by their names.
    package var alertsOnly: Set<String>
    /// The receivers that cannot work as they are configured.
    package var broken: Set<String>

    package init(
        receivers: [String] = [],
        root: Route? = nil,
        fallback: [String] = [],
        withoutResolved: Set<String> = [],
        alertsOnly: Set<String> = [],
        broken: Set<String> = []
    ) {
        self.receivers = receivers
        self.root = root
        self.fallback = fallback
        self.withoutResolved = withoutResolved
        self.alertsOnly = alertsOnly
        self.broken = broken
    }

    /// Who hears of an alert at a time of the wall clock, in the order in which they are told.
    package func receivers(for alert: Alert, at time: Timestamp) -> [String] {
        receivers(for: alert, at: TellingTime(wall: time, steady: time))
    }

    func receivers(for alert: Alert, at time: TellingTime) -> [String] {
        var names: [String] = []
        let routes = taking(alert.matchableLabels)
        for route in routes where route.isOpen(at: time.wall) {
            names += route.receivers
            if let escalation = route.escalation, escalation.isDue(alert, at: time) {
                names += escalation.receivers
            }
        }
        let isBroken = alert.severity == .outage && names.contains(where: broken.contains)
        let hasNobody = routes.allSatisfy { $0.receivers.isEmpty && $0.isOpen(at: time.wall) }
        if isBroken || hasNobody {
            names += fallback
        } else {
            names += fallback.filter { alert.isKnown(to: $0) }
        }
        names += standIns(for: names, of: alert)
        return known(names)
    }

    /// Who hears of an alert instead, where it matters and none of those who should can be reached: everybody
    /// who can.
    private func standIns(for names: [String], of alert: Alert) -> [String] {
        let matters = alert.severity == .outage || alert.id.rule.hasPrefix(AlertScope.ownPrefix)
        guard matters, !names.isEmpty, names.allSatisfy(broken.contains) else { return [] }
        return receivers.filter { !broken.contains($0) }
    }

    /// When the answer to who hears of an alert may change with time alone; nil if never.
    func boundary(for alert: Alert, after time: TellingTime) -> Duration? {
        taking(alert.matchableLabels).flatMap { route in
            [
                route.boundary(after: time.wall).map { $0 - time.wall },
                route.escalation?.due(for: alert).map { $0 - time.steady },
            ]
        }
        .compactMap(\.self).filter { $0 > .zero }.min()
    }

    /// Who hears of an announcement at a time of the wall clock: by the same tree as of alerts.
    ///
    /// Those who are closed at the time do not hear of it later, since it is about a moment.
    package func receivers(for announcement: Announcement, at time: Timestamp) -> [String] {
        let routes = taking(announcement.labels)
        let names = routes.filter { $0.isOpen(at: time) }.flatMap(\.receivers)
        let hasNobody = routes.allSatisfy { $0.receivers.isEmpty && $0.isOpen(at: time) }
        return known(names + (hasNobody ? fallback : [])).filter { !alertsOnly.contains($0) }
    }

    private func taking(_ labels: Labels) -> [Route] {
        guard let root else { return [Route(receivers: receivers)] }
        return root.taking(labels)
    }

    /// Each receiver that there is once, in the order of its first mention.
    private func known(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { receivers.contains($0) && seen.insert($0).inserted }
    }
}

extension Route.Escalation {
    /// When it comes to pass on the steady clock, if nobody takes the alert on before; nil if never.
    fileprivate func due(for alert: Alert) -> Timestamp? {
        guard alert.severity == .outage, alert.state.isActive else { return nil }
        return alert.unattendedSince.map { $0 + after }
    }

    /// Whether its receivers hear of an alert: since nobody took it on in time, or since they know of it.
    fileprivate func isDue(_ alert: Alert, at time: TellingTime) -> Bool {
        if receivers.contains(where: { alert.isKnown(to: $0) }) { return true }
        if alert.acknowledgement?.isInForce(at: time.wall) == true { return false }
        return due(for: alert).map { $0 <= time.steady } ?? false
    }
}

extension Alert {
    /// Whether a receiver was told of this episode.
    fileprivate func isKnown(to receiver: String) -> Bool {
        told[receiver].map { $0.episode == episode && !$0.isResolved } ?? false
    }

    /// When the first receiver was told that this episode is as bad as it is, on the steady clock.
    fileprivate var unattendedSince: Timestamp? {
        told.values.lazy
            .filter { $0.episode == episode && !$0.isResolved && $0.severity == severity }
            .compactMap(\.since).min()
    }
}
