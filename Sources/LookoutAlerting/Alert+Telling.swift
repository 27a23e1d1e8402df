import LookoutModel

/// What has to be told is found by comparing what is true with what was told.
///
/// Nothing is told because something happened. So it does not matter how often this runs, and
/// whatever kept a receiver from being told in between, the next comparison makes up for it.
extension Alert {
    /// What each receiver has to be told now; from then on it counts as told.
    mutating func tell(by routes: Routes) -> [(receiver: String, kind: Notice.Kind)] {
        let audience: [String]
        switch state {
        case .pending: return []
        case .firing, .recovering: audience = routes.receivers(for: self)
        case .resolved: audience = routes.receivers.filter { told[$0] != nil }
        }
        var notices: [(receiver: String, kind: Notice.Kind)] = []
        for receiver in audience {
            guard let kind = due(told[receiver]) else { continue }
            told[receiver] = Told(episode: episode, severity: severity, isResolved: state == .resolved)
            notices.append((receiver, kind))
        }
        return notices
    }

    /// Forgets what was told to receivers that are not there any more.
    mutating func forgetReceivers(otherThan names: Set<String>) {
        guard told.contains(where: { !names.contains($0.key) }) else { return }
        told = told.filter { names.contains($0.key) }
    }

    private func due(_ told: Told?) -> Notice.Kind? {
        guard let told, told.episode == episode, !told.isResolved else {
            return state.isActive ? .firing : nil
        }
        if state == .resolved { return .resolved }
        if severity.isWorse(than: told.severity) { return .escalated }
        return severity == told.severity ? nil : .deescalated
    }
}
