import LookoutModel

/// What has to be told is found by comparing what is true with what was told.
///
/// Nothing is told because something happened. So it does not matter how often this runs, and
/// whatever kept a receiver from being told in between, the next comparison makes up for it.
extension Alert {
    /// What each receiver does not know yet, in the order in which they are told.
    ///
    /// That something is wrong, or worse, is no news while the condition is gone: either it comes back,
    /// or there was nothing to be told.
    ///
    /// - Parameters:
    ///   - routes: who hears of it.
    ///   - reminders: how often they are reminded.
    ///   - isFresh: whether the condition was found to hold since the program's start.
    ///   - time: now.
    /// - Returns: Receivers with what is told to each.
    func news(
        for routes: Routes,
        _ reminders: Reminders,
        isFresh: Bool,
        at time: TellingTime
    ) -> [(receiver: String, kind: Notice.Kind)] {
        let audience: [String]
        switch state {
        case .pending: return []
        case .firing, .recovering: audience = routes.receivers(for: self, at: time)
        case .resolved: audience = routes.receivers.filter { told[$0] != nil }
        }
        let isReminding = isFresh && mayRemind(at: time)
        return audience.compactMap { receiver in
            let told = told[receiver]
            if let kind = news(beyond: told) {
                let isUntimely = kind.isBad && state != .firing
                let isUnwanted = kind == .resolved && routes.withoutResolved.contains(receiver)
                return isUntimely || isUnwanted ? nil : (receiver, kind)
            }
            guard isReminding, let told, let due = reminder(after: told, reminders), due <= time.steady else {
                return nil
            }
            return (receiver, .reminder)
        }
    }

    /// The receivers to which the end of what they were told is not told, since they do not want to hear it.
    func silentEnds(for routes: Routes) -> [String] {
        guard state == .resolved, !routes.withoutResolved.isEmpty else { return [] }
        return routes.withoutResolved.filter { news(beyond: told[$0]) == .resolved }.sorted()
    }

    /// In how long the mere passing of time may make news; nil if it cannot.
    func nextNews(
        for routes: Routes,
        _ reminders: Reminders,
        isFresh: Bool,
        at time: TellingTime
    ) -> Duration? {
        guard state == .firing else { return nil }
        var waits = [routes.boundary(for: self, after: time)]
        if let until = acknowledgement?.until { waits.append(until - time.wall) }
        if isFresh, mayRemind(at: time) {
            waits += told.values.map { told in reminder(after: told, reminders).map { $0 - time.steady } }
        }
        return waits.compactMap(\.self).filter { $0 > .zero }.min()
    }

    /// From now on a receiver counts as knowing what is true now.
    mutating func markTold(_ receiver: String, at now: Timestamp) {
        let before = told[receiver]
        let isAsBefore = before.map { $0.episode == episode && $0.severity == severity && !$0.isResolved }
        told[receiver] = Told(
            episode: episode,
            severity: severity,
            isResolved: state == .resolved,
            isFlapping: isFlapping && state.isActive,
            since: isAsBefore == true ? before?.since ?? now : now,
            at: now
        )
    }

    /// Forgets what was told to receivers that are not there any more.
    mutating func forgetReceivers(otherThan names: Set<String>) {
        guard told.contains(where: { !names.contains($0.key) }) else { return }
        told = told.filter { names.contains($0.key) }
    }

    private func news(beyond told: Told?) -> Notice.Kind? {
        guard let told, told.episode == episode, !told.isResolved else {
            guard state.isActive else { return nil }
            return isFlapping ? .flapping : .firing
        }
        if state == .resolved { return .resolved }
        if isFlapping { return told.isFlapping ? nil : .flapping }
        if told.isFlapping { return .firing }
        if severity.isWorse(than: told.severity) { return .escalated }
        return severity == told.severity ? nil : .deescalated
    }

    /// Whether people may be reminded of it now, if it is time.
    private func mayRemind(at time: TellingTime) -> Bool {
        state == .firing && !isFlapping && acknowledgement?.isInForce(at: time.wall) != true
    }

    /// When a receiver is to be reminded, on the steady clock; nil if never.
    private func reminder(after told: Told, _ reminders: Reminders) -> Timestamp? {
        guard told.episode == episode, !told.isResolved, let last = told.at,
            let interval = reminders.intervals[severity]
        else { return nil }
        return last + interval
    }
}

extension Notice.Kind {
    /// Whether it says that something is wrong or became worse, which may be withheld.
    var isBad: Bool {
        switch self {
        case .firing, .escalated, .reminder, .flapping: true
        case .deescalated, .resolved, .firedAndResolved, .announcement: false
        }
    }
}
