package import LookoutModel

/// The last verdicts on a condition, as to whether each differed from the one before.
///
/// Newer changes weigh more, from 0.8 for the oldest to 1.18 for the newest.
package struct FlapRing: Hashable, Sendable {
    package static let size = 20

    /// A bit for each verdict, the newest lowest, set where it differed from the one before.
    package private(set) var changes: UInt32
    /// The last verdict; nil before the first.
    package private(set) var held: Bool?
    /// Since when the alert flaps; nil if it does not.
    package private(set) var since: Timestamp?

    package init(changes: UInt32 = 0, held: Bool? = nil, since: Timestamp? = nil) {
        self.changes = changes & Self.mask
        self.held = held
        self.since = since
    }

    /// The weighted share of changes, 0 to 99 percent.
    package var percentage: Double {
        let weights = (0..<Self.size).map { age in
            changes >> UInt32(age) & 1 == 1 ? 0.8 + 0.02 * Double(Self.size - 1 - age) : 0
        }
        return weights.reduce(0, +) * 100 / Double(Self.size)
    }

    /// Takes a verdict in.
    mutating func record(_ holds: Bool) {
        let isChange = held.map { $0 != holds } ?? false
        changes = (changes << 1 | (isChange ? 1 : 0)) & Self.mask
        held = holds
    }

    /// Says whether the alert flaps from now on.
    mutating func weigh(_ policy: FlappingPolicy?, _ severity: Severity, at now: Timestamp) {
        guard let policy, !policy.exempt.contains(severity) else {
            since = nil
            return
        }
        if since == nil, percentage > policy.high { since = now }
        if since != nil, percentage < policy.low { since = nil }
    }

    private static let mask: UInt32 = 1 << UInt32(size) - 1
}
