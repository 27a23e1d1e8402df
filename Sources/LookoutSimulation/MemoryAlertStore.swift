package import LookoutAlerting
package import LookoutModel

/// Thrown by a `MemoryAlertStore` that was told to fail, or that was given a notice twice.
package struct MemoryStoreError: Error, Hashable, CustomStringConvertible {
    package let description: String
}

/// An `AlertStore` without a disk: what a test looks into, and the plain model that the real
/// store must agree with.
package actor MemoryAlertStore: AlertStore {
    /// Which calls fail while `failure` is set.
    package enum Operation: CaseIterable, Hashable, Sendable {
        case load
        case commit
        case claim
        case settle
    }

    package private(set) var rows: [AlertKey: Alert] = [:]
    package private(set) var history: [RecordedTransition] = []
    private var notices: MemoryOutbox
    private var health: [String: ReceiverHealth] = [:]
    private var silencesByID: [String: Silence] = [:]
    private var notebook: [IncidentNote] = []
    private var announced: [Announcement] = []
    /// Calls of these operations throw and do nothing.
    package private(set) var failing: Set<Operation> = []
    /// The next commit is kept and throws all the same, as after a lost answer.
    package private(set) var losesNextAnswer = false
    package private(set) var commitCount = 0
    /// How many calls failed because the test asked for it.
    package private(set) var refusals = 0

    /// - Parameter crowd: how many notices may wait for a receiver before what matters least is told in short.
    package init(crowd: Int = Superseding.crowd) {
        notices = MemoryOutbox(crowd: crowd)
    }

    /// All notices that were ever committed, in their order.
    package var outbox: [Row] { notices.rows }

    package func fail(_ operations: Set<Operation>) {
        failing = operations
    }

    package func loseNextAnswer() {
        losesNextAnswer = true
    }

    package func alerts() throws -> [Alert] {
        try check(.load)
        return Array(rows.values)
    }

    package func transitions(
        of alert: AlertKey?,
        since time: Timestamp,
        limit: Int
    ) throws -> [RecordedTransition] {
        try check(.load)
        let matching = history.filter {
            $0.transition.at >= time && (alert == nil || $0.transition.alert == alert)
        }
        return matching.suffix(max(0, limit))
    }

    package func commit(_ commit: AlertCommit) throws {
        try check(.commit)
        let new = commit.notices.map(\.id)
        guard Set(new).count == new.count, !new.contains(where: notices.contains) else {
            throw MemoryStoreError(description: "a notice was committed twice")
        }
        commitCount += 1
        for alert in commit.alerts { rows[alert.key] = alert }
        for key in commit.removed { rows[key] = nil }
        for transition in commit.transitions {
            history.append(RecordedTransition(sequence: Int64(history.count + 1), transition: transition))
        }
        let crowded = notices.crowded(Set(commit.notices.map(\.receiver)))
        for notice in commit.notices {
            notices.insert(notice, isCrowded: crowded.contains(notice.receiver))
        }
        announced += commit.announcements
        if losesNextAnswer {
            losesNextAnswer = false
            throw MemoryStoreError(description: "the commit was kept, but its answer was lost")
        }
    }

    package func claim(_ request: ClaimRequest) throws -> Claim {
        try check(.claim)
        return notices.claim(request)
    }

    package func settle(_ delivery: NoticeID, owner: String, as settlement: Settlement) throws {
        try check(.settle)
        notices.settle(delivery, owner: owner, as: settlement)
    }

    package func releaseLeases(exceptOf owner: String) -> Int {
        notices.releaseLeases(exceptOf: owner)
    }

    package func retireReceivers(
        otherThan names: Set<String>,
        at now: Timestamp,
        reason: String
    ) -> Int {
        notices.retireReceivers(otherThan: names, at: now, reason: reason)
    }

    package func outboxCounts() -> [String: OutboxCounts] { notices.counts }

    package func receiverHealth() -> [String: ReceiverHealth] { health }

    package func setHealth(_ health: ReceiverHealth, of receiver: String) throws {
        try check(.settle)
        self.health[receiver] = health == .working ? nil : health
    }

    private func check(_ operation: Operation) throws {
        if failing.contains(operation) {
            refusals += 1
            throw MemoryStoreError(description: "the test asked for this failure")
        }
    }
}

extension MemoryAlertStore: OperationsStore {
    package func silences(endingAfter time: Timestamp?) throws -> [Silence] {
        try check(.load)
        let silences = silencesByID.values.filter { silence in time.map { $0 < silence.endsAt } ?? true }
        return silences.sorted { ($0.startsAt, $0.id) < ($1.startsAt, $1.id) }
    }

    package func save(_ silence: Silence) throws {
        try check(.commit)
        silencesByID[silence.id] = silence
    }

    package func forgetSilences(endedBefore time: Timestamp) throws -> Int {
        try check(.commit)
        let ended = silencesByID.values.filter { $0.endsAt < time }
        for silence in ended { silencesByID[silence.id] = nil }
        return ended.count
    }

    package func add(_ note: IncidentNote) throws {
        try check(.commit)
        // Behind all that are as old: the oldest first, and those of one time in the order of their coming.
        let place = notebook.lastIndex { $0.at <= note.at }.map { $0 + 1 } ?? 0
        notebook.insert(note, at: place)
    }

    package func notes(of incident: Int64?) throws -> [IncidentNote] {
        try check(.load)
        return notebook.filter { incident == nil || $0.incident == incident }
    }

    package func announcements(since time: Timestamp, limit: Int) throws -> [Announcement] {
        try check(.load)
        return announced.filter { $0.at >= time }.suffix(max(0, limit))
    }

    package func notices(of alert: AlertKey?, since time: Timestamp, limit: Int) throws -> [NoticeRecord] {
        try check(.load)
        let matching = notices.rows.filter { row in
            row.since >= time && (alert == nil || row.notice.alert?.key == alert)
        }
        return matching.suffix(max(0, limit)).map(\.record)
    }
}
