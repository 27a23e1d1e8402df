package import LookoutModel

/// What became of the episodes of one alert that overlap each other, before and after a change of rules.
package struct EpisodeChange: Hashable, Sendable {
    /// How the two sides compare.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        /// It fires as before: the same severity, and both ends within two intervals.
        case same
        /// It fires, and did not before.
        case new
        /// It does not fire any more.
        case gone
        /// It fires, but at another time, more or less often, or with another severity.
        case different
    }

    package let kind: Kind
    package let alert: AlertID
    package let before: [Episode]
    package let after: [Episode]
}

/// Sets the episodes of two sets of rules against each other.
package struct EpisodeComparison: Sendable {
    private let range: Range<Timestamp>
    private let tolerance: @Sendable (AlertID) -> Duration

    /// - Parameters:
    ///   - range: the time that is looked at; what lies outside does not count as a difference.
    ///   - tolerance: by how much an alert's episodes may be apart and still be the same.
    package init(in range: Range<Timestamp>, tolerance: @escaping @Sendable (AlertID) -> Duration) {
        self.range = range
        self.tolerance = tolerance
    }

    /// The changes of one rule, in the order of time.
    package func changes(from before: [Episode], to after: [Episode]) -> [EpisodeChange] {
        var changes: [(start: Timestamp, change: EpisodeChange)] = []
        let befores = Dictionary(grouping: before, by: \.alert)
        let afters = Dictionary(grouping: after, by: \.alert)
        for alert in Set(befores.keys).union(afters.keys) {
            for group in groups(befores[alert] ?? [], afters[alert] ?? [], slack: tolerance(alert)) {
                changes.append((group.start, change(of: alert, group)))
            }
        }
        return changes.sorted {
            ($0.start, $0.change.alert.labels.text) < ($1.start, $1.change.alert.labels.text)
        }
        .map(\.change)
    }

    /// Episodes that overlap, directly or by way of others.
    private struct Group {
        let start: Timestamp
        var end: Timestamp
        var before: [Episode] = []
        var after: [Episode] = []
    }

    private func groups(_ before: [Episode], _ after: [Episode], slack: Duration) -> [Group] {
        let entries = (before.map { ($0, true) } + after.map { ($0, false) })
            .compactMap { episode, isBefore in
                episode.part(of: range).map { (part: $0, episode: episode, isBefore: isBefore) }
            }
            .sorted { ($0.part.lowerBound, $0.part.upperBound) < ($1.part.lowerBound, $1.part.upperBound) }
        var groups: [Group] = []
        for entry in entries {
            if let last = groups.indices.last, entry.part.lowerBound <= groups[last].end + slack {
                groups[last].end = max(groups[last].end, entry.part.upperBound)
            } else {
                groups.append(Group(start: entry.part.lowerBound, end: entry.part.upperBound))
            }
            let last = groups.count - 1
            if entry.isBefore {
                groups[last].before.append(entry.episode)
            } else {
                groups[last].after.append(entry.episode)
            }
        }
        return groups
    }

    private func change(of alert: AlertID, _ group: Group) -> EpisodeChange {
        let kind: EpisodeChange.Kind =
            if group.before.isEmpty {
                .new
            } else if group.after.isEmpty {
                .gone
            } else {
                isSame(group, slack: tolerance(alert)) ? .same : .different
            }
        return EpisodeChange(kind: kind, alert: alert, before: group.before, after: group.after)
    }

    private func isSame(_ group: Group, slack: Duration) -> Bool {
        guard group.before.count == group.after.count else { return false }
        return zip(group.before, group.after).allSatisfy { before, after in
            guard before.worst == after.worst, let first = before.part(of: range),
                let second = after.part(of: range)
            else { return false }
            let distances = [first.lowerBound - second.lowerBound, first.upperBound - second.upperBound]
            return distances.allSatisfy { (.zero - slack...slack).contains($0) }
        }
    }
}
