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
    func news(for routes: Routes) -> [(receiver: String, kind: Notice.Kind)] {
        let audience: [String]
        switch state {
        case .pending: return []
        case .firing, .recovering: audience = routes.receivers(for: self)
        case .resolved: audience = routes.receivers.filter { told[$0] != nil }
        }
        return audience.compactMap { receiver in
            guard let kind = news(beyond: told[receiver]) else { return nil }
            return kind.isBad && state != .firing ? nil : (receiver, kind)
        }
    }

    /// From now on a receiver counts as knowing what is true now.
    mutating func markTold(_ receiver: String) {
        told[receiver] = Told(episode: episode, severity: severity, isResolved: state == .resolved)
    }

    /// Forgets what was told to receivers that are not there any more.
    mutating func forgetReceivers(otherThan names: Set<String>) {
        guard told.contains(where: { !names.contains($0.key) }) else { return }
        told = told.filter { names.contains($0.key) }
    }

    private func news(beyond told: Told?) -> Notice.Kind? {
        guard let told, told.episode == episode, !told.isResolved else {
            return state.isActive ? .firing : nil
        }
        if state == .resolved { return .resolved }
        if severity.isWorse(than: told.severity) { return .escalated }
        return severity == told.severity ? nil : .deescalated
    }
}

extension Notice.Kind {
    /// Whether it says that something is wrong or became worse, which may be withheld.
    var isBad: Bool {
        switch self {
        case .firing, .escalated: true
        case .deescalated, .resolved: false
        }
    }
}
