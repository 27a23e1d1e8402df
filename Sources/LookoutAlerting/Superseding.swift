package import LookoutModel

/// Which of the notices of one alert that wait for one receiver are told as part of a later one.
///
/// Only what was never tried is touched, and only within an episode. Nothing is dropped in silence: what
/// is superseded is in the notice that takes its place, whose alert stands as it did last.
///
/// - what has become of the alert since joins its unsent beginning, which is told as it stands now;
/// - an end joins its unsent beginning and says both, but not for a peer that keeps alerts by their names;
/// - a reminder, and word that it is less bad, give way to whatever is newer.
///
/// Where too much waits for a receiver, also what would matter least is told in short: reminders are left out,
/// and past episodes of severity 3 that it knows nothing of are told by their number, with the one after them.
package struct Superseding: Hashable, Sendable {
    /// A waiting notice, as far as it matters here.
    package struct Entry: Hashable, Sendable {
        package var sequence: Int64
        package var episode: Int
        package var kind: Notice.Kind
        package var severity: Severity
        /// Whether somebody may have seen it already: then it stays as it is.
        package var isFrozen: Bool

        package init(
            sequence: Int64,
            episode: Int,
            kind: Notice.Kind,
            severity: Severity,
            isFrozen: Bool
        ) {
            self.sequence = sequence
            self.episode = episode
            self.kind = kind
            self.severity = severity
            self.isFrozen = isFrozen
        }
    }

    /// Why stores pass over the end of an episode at a receiver that is not told of ends.
    private static let unwanted = "the receiver is not told of ends"
    /// Why they pass over a reminder.
    private static let crowdedOut = "too much waits for the receiver"
    /// How many notices may wait for a receiver before what matters least is told in short.
    package static let crowd = 10_000

    /// What is left to be sent, in order, with the kinds that it is sent as.
    package private(set) var left: [Entry] = []
    /// Which notice takes the place of each that is superseded; nil where none has to.
    package private(set) var superseded: [Int64: Int64?] = [:]
    /// Of how many past episodes a notice tells that were to be told by others.
    package private(set) var passed: [Int64: Int] = [:]

    /// - Parameters:
    ///   - waiting: the notices in their order.
    ///   - isKeyed: whether the receiver's peer keeps alerts by their names.
    ///   - sendsResolved: whether the receiver is told of ends.
    ///   - isCrowded: whether too much waits for the receiver.
    package init(of waiting: [Entry], isKeyed: Bool, sendsResolved: Bool, isCrowded: Bool = false) {
        for entry in waiting {
            left.append(entry)
            while let (earlier, later) = lastTwo,
                let kind = Self.union(earlier.kind, later.kind, isKeyed: isKeyed)
            {
                take(earlier.sequence, into: later.sequence, as: kind)
            }
            if entry.kind == .resolved, !isKeyed { joinEndWithBeginning() }
        }
        if isCrowded { shorten() }
        guard !sendsResolved else { return }
        for entry in left where entry.kind == .resolved && !entry.isFrozen {
            superseded.updateValue(nil, forKey: entry.sequence)
        }
        left.removeAll { $0.kind == .resolved && !$0.isFrozen }
    }

    /// The kinds that changed, by the notices' places.
    package func changes(from waiting: [Entry]) -> [Int64: Notice.Kind] {
        let before = Dictionary(uniqueKeysWithValues: waiting.map { ($0.sequence, $0.kind) })
        return Dictionary(
            uniqueKeysWithValues: left.filter { before[$0.sequence] != $0.kind }.map {
                ($0.sequence, $0.kind)
            }
        )
    }

    /// Why a notice is passed over whose place none takes.
    package static func reason(forPassingOver kind: Notice.Kind) -> String {
        kind == .resolved ? unwanted : crowdedOut
    }

    /// The last two that are left, if one could take the other's place.
    private var lastTwo: (Entry, Entry)? {
        guard left.count > 1 else { return nil }
        let (earlier, later) = (left[left.count - 2], left[left.count - 1])
        guard !earlier.isFrozen, !later.isFrozen, earlier.episode == later.episode else { return nil }
        return (earlier, later)
    }

    private mutating func take(_ earlier: Int64, into later: Int64, as kind: Notice.Kind) {
        left.remove(at: left.count - 2)
        left[left.count - 1].kind = kind
        superseded.updateValue(later, forKey: earlier)
    }

    /// As what two notices of an episode, one right after the other, are told as one; nil if they are not.
    private static func union(
        _ earlier: Notice.Kind,
        _ later: Notice.Kind,
        isKeyed: Bool
    ) -> Notice.Kind? {
        switch (earlier, later) {
        case (.firing, .escalated), (.firing, .deescalated), (.firing, .reminder): .firing
        case (.firing, .resolved): isKeyed ? nil : .firedAndResolved
        case (.escalated, .escalated), (.escalated, .reminder): .escalated
        case (.deescalated, .reminder): .deescalated
        case (.reminder, _), (.deescalated, _): later
        default: nil
        }
    }

    /// Joins an end with its beginning also where something that joins neither lies between them.
    private mutating func joinEndWithBeginning() {
        guard let end = left.last, end.kind == .resolved, !end.isFrozen,
            let first = left.firstIndex(where: { $0.episode == end.episode }),
            left[first].kind == .firing, left[first...].allSatisfy({ !$0.isFrozen })
        else { return }
        for entry in left[first...].dropLast() {
            superseded.updateValue(end.sequence, forKey: entry.sequence)
        }
        left.removeSubrange(first..<(left.count - 1))
        left[first].kind = .firedAndResolved
    }

    /// Leaves out what matters least.
    private mutating func shorten() {
        for entry in left where entry.kind == .reminder && entry.severity != .outage && !entry.isFrozen {
            superseded.updateValue(nil, forKey: entry.sequence)
        }
        left.removeAll { superseded.keys.contains($0.sequence) }
        var past = Self.episodes(left)
        guard let last = past.popLast() else { return }
        var unknown = past.filter(Self.isUnknownAndMinor)
        // One that somebody may have seen stays as it is; then the last of those before it tells of the others.
        let heir = last.first.flatMap { $0.isFrozen ? nil : $0 } ?? unknown.popLast()?.first
        guard let heir, !unknown.isEmpty else { return }
        for entry in unknown.joined() { superseded.updateValue(heir.sequence, forKey: entry.sequence) }
        passed[heir.sequence] = unknown.count
        left.removeAll { superseded.keys.contains($0.sequence) }
    }

    /// The entries of each episode, in order.
    private static func episodes(_ entries: [Entry]) -> [[Entry]] {
        var episodes: [[Entry]] = []
        for entry in entries {
            if episodes.last?.last?.episode == entry.episode {
                episodes[episodes.count - 1].append(entry)
            } else {
                episodes.append([entry])
            }
        }
        return episodes
    }

    /// Whether an episode begins with these entries, nobody has seen any of them, and it was never bad.
    private static func isUnknownAndMinor(_ entries: [Entry]) -> Bool {
        switch entries.first?.kind {
        case .firing, .flapping, .firedAndResolved:
            entries.allSatisfy { !$0.isFrozen && $0.severity == .minor }
        case .escalated, .deescalated, .reminder, .resolved, .announcement, nil: false
        }
    }
}
