package import LookoutModel

/// What is said while alerts cannot be written: decides who is to be called, and calls nobody.
///
/// It is the one thing that is told without being on the disk first, since it is about the disk: that nothing
/// else is told now, and which checks fail. A restart forgets it, and says it again.
package struct DistressCall: Hashable, Sendable {
    /// What is known at a moment.
    package struct Situation: Hashable, Sendable {
        /// Why alerts cannot be written.
        package var trouble: String
        /// The checks whose newest sample says that they fail.
        package var failing: Set<CheckID>

        package init(trouble: String, failing: Set<CheckID> = []) {
            self.trouble = trouble
            self.failing = failing
        }
    }

    private struct Record: Hashable {
        var triedAt: Duration
        /// When it was last taken; nil before.
        var toldAt: Duration?
        /// Which checks it said fail when it was last taken.
        var told: Set<CheckID> = []
    }

    /// What lasts less long is mended without a word.
    package static let patience = SelfRule.storage.holds.pending
    /// How long a receiver that did not take it is left alone.
    static let pause = Duration.seconds(60)
    /// How long at least until it is told that other checks fail.
    static let spacing = Duration.seconds(300)
    /// When it is said again though nothing has changed.
    static let reminder = Duration.seconds(3600)

    /// Since when alerts cannot be written, on the monotonic clock.
    package private(set) var since: Duration?
    private var records: [String: Record] = [:]

    package init() {}

    /// Takes note that alerts can be written.
    package mutating func end() {
        (since, records) = (nil, [:])
    }

    /// The receivers to call now, of those who would be told.
    package mutating func due(
        _ situation: Situation,
        audience: [String],
        at now: Duration
    ) -> [String] {
        let since = since ?? now
        self.since = since
        guard now - since >= Self.patience else { return [] }
        return audience.filter { receiver in
            guard let record = records[receiver] else { return true }
            guard now - record.triedAt >= Self.pause else { return false }
            guard let toldAt = record.toldAt else { return true }
            let wait = record.told == situation.failing ? Self.reminder : Self.spacing
            return now - toldAt >= wait
        }
    }

    /// Takes note of how a call went.
    package mutating func note(
        _ receiver: String,
        hasTaken situation: Situation?,
        at now: Duration
    ) {
        var record = records[receiver] ?? Record(triedAt: now)
        record.triedAt = now
        if let situation { (record.toldAt, record.told) = (now, situation.failing) }
        records[receiver] = record
    }
}
