/// Which of the notices of one alert that wait for one receiver are told as part of a later one.
///
/// Only what was never tried is touched, and only within an episode. Nothing is dropped in silence: what
/// is superseded is in the notice that takes its place, whose alert stands as it did last.
///
/// - what has become of the alert since joins its unsent beginning, which is told as it stands now;
/// - an end joins its unsent beginning and says both, but not for a peer that keeps alerts by their names;
/// - a reminder, and word that it is less bad, give way to whatever is newer.
package struct Superseding: Hashable, Sendable {
    /// A waiting notice, as far as it matters here.
    package struct Entry: Hashable, Sendable {
        package var sequence: Int64
        package var episode: Int
        package var kind: Notice.Kind
        /// Whether somebody may have seen it already: then it stays as it is.
        package var isFrozen: Bool

        package init(sequence: Int64, episode: Int, kind: Notice.Kind, isFrozen: Bool) {
            self.sequence = sequence
            self.episode = episode
            self.kind = kind
            self.isFrozen = isFrozen
        }
    }

    /// Why stores pass over the end of an episode at a receiver that is not told of ends.
    package static let unwanted = "the receiver is not told of ends"

    /// What is left to be sent, in order, with the kinds that it is sent as.
    package private(set) var left: [Entry] = []
    /// Which notice takes the place of each that is superseded; nil where none has to.
    package private(set) var superseded: [Int64: Int64?] = [:]

    /// - Parameters:
    ///   - waiting: the notices in their order.
    ///   - isKeyed: whether the receiver's peer keeps alerts by their names.
    ///   - sendsResolved: whether the receiver is told of ends.
    package init(of waiting: [Entry], isKeyed: Bool, sendsResolved: Bool) {
        for entry in waiting {
            left.append(entry)
            while let (earlier, later) = lastTwo,
                let kind = Self.union(earlier.kind, later.kind, isKeyed: isKeyed)
            {
                take(earlier.sequence, into: later.sequence, as: kind)
            }
            if entry.kind == .resolved, !isKeyed { joinEndWithBeginning() }
        }
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
}
