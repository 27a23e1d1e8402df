package import LookoutAlerting
package import LookoutModel

/// Thrown by a `MemoryAlertStore` that was told to fail, or that was given a notice twice.
package struct MemoryStoreError: Error, Hashable, CustomStringConvertible {
    package let description: String
}

/// An `AlertStore` without a disk: what a test looks into, and the plain model that the real
/// store must agree with. Rows are lists; nothing is indexed.
package actor MemoryAlertStore: AlertStore {
    /// A row of the outbox.
    package struct Row: Hashable, Sendable {
        /// Where a notice stands.
        package enum Status: Hashable, Sendable {
            case waiting
            case delivered(at: Timestamp)
            case dead(at: Timestamp, reason: String)
        }

        package var notice: Notice
        package var sequence: Int64
        package var status = Status.waiting
        package var due: Timestamp
        package var failedAttempts = 0
        package var lease: Lease?
        package var lastReason: String?
    }

    /// Which calls fail while `failure` is set.
    package enum Operation: CaseIterable, Hashable, Sendable {
        case load
        case commit
        case claim
        case settle
    }

    package private(set) var rows: [AlertKey: Alert] = [:]
    package private(set) var history: [AlertTransition] = []
    package private(set) var outbox: [Row] = []
    /// Calls of these operations throw and do nothing.
    package private(set) var failing: Set<Operation> = []
    /// The next commit is kept and throws all the same, as after a lost answer.
    package private(set) var losesNextAnswer = false
    package private(set) var commitCount = 0
    /// How many calls failed because the test asked for it.
    package private(set) var refusals = 0
    private var nextSequence: Int64 = 1

    package init() {}

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
    ) throws -> [AlertTransition] {
        try check(.load)
        let matching = history.filter { $0.at >= time && (alert == nil || $0.alert == alert) }
        return matching.suffix(max(0, limit))
    }

    package func commit(_ commit: AlertCommit) throws {
        try check(.commit)
        let new = commit.notices.map(\.id)
        guard Set(new).count == new.count, !outbox.contains(where: { new.contains($0.notice.id) }) else {
            throw MemoryStoreError(description: "a notice was committed twice")
        }
        commitCount += 1
        for alert in commit.alerts { rows[alert.key] = alert }
        for key in commit.removed { rows[key] = nil }
        history += commit.transitions
        for notice in commit.notices {
            outbox.append(Row(notice: notice, sequence: nextSequence, due: notice.createdAt))
            nextSequence += 1
        }
        if losesNextAnswer {
            losesNextAnswer = false
            throw MemoryStoreError(description: "the commit was kept, but its answer was lost")
        }
    }

    package func claim(
        for receiver: String,
        lease: Lease,
        at now: Timestamp,
        horizon: Duration
    ) throws -> Claim {
        try check(.claim)
        let waiting = outbox.indices.filter {
            outbox[$0].notice.receiver == receiver && outbox[$0].status == .waiting
        }
        let byAlert = Dictionary(grouping: waiting) { outbox[$0].notice.alert.key }
        var ready: [(severity: Severity, sequence: Int64, index: Int)] = []
        var earliest: Timestamp?
        for indices in byAlert.values {
            guard let first = indices.min(),
                let severity = indices.map({ outbox[$0].notice.alert.severity }).min()
            else { continue }
            let free = max(
                Self.reached(outbox[first].due, now, horizon),
                Self.reached(outbox[first].lease?.until ?? now, now, horizon)
            )
            if free <= now {
                ready.append((severity, outbox[first].sequence, first))
            } else {
                earliest = min(earliest ?? free, free)
            }
        }
        guard let next = ready.min(by: { ($0.severity, $0.sequence) < ($1.severity, $1.sequence) }) else {
            return earliest.map { .notBefore($0) } ?? .nothing
        }
        if isUncalledFor(outbox[next.index].notice) {
            outbox[next.index].status = .dead(at: now, reason: Notice.uncalledFor)
            return try claim(for: receiver, lease: lease, at: now, horizon: horizon)
        }
        outbox[next.index].lease = lease
        let row = outbox[next.index]
        return .delivery(
            Delivery(
                notice: row.notice,
                sequence: row.sequence,
                failedAttempts: row.failedAttempts,
                lease: lease
            )
        )
    }

    /// Whether it is the end of an episode of which all else was given up at its receiver.
    private func isUncalledFor(_ notice: Notice) -> Bool {
        let others = outbox.filter {
            $0.notice.receiver == notice.receiver && $0.notice.alert.episodeKey == notice.alert.episodeKey
                && $0.notice.kind != .resolved && $0.status != .waiting
        }
        guard notice.kind == .resolved, !others.isEmpty else { return false }
        return others.allSatisfy { if case .dead = $0.status { true } else { false } }
    }

    package func settle(_ notice: NoticeID, owner: String, as settlement: Settlement) throws {
        try check(.settle)
        guard let index = outbox.firstIndex(where: { $0.notice.id == notice }),
            outbox[index].status == .waiting, outbox[index].lease?.owner == owner
        else { return }
        outbox[index].lease = nil
        switch settlement {
        case .delivered(at: let time):
            outbox[index].status = .delivered(at: time)
        case .retry(let due, countsAttempt: let counts, let reason):
            outbox[index].due = due
            outbox[index].failedAttempts += counts ? 1 : 0
            outbox[index].lastReason = reason
        case .dead(at: let time, let reason):
            outbox[index].status = .dead(at: time, reason: reason)
        }
    }

    package func releaseLeases(exceptOf owner: String) -> Int {
        let stale = outbox.indices.filter { index in outbox[index].lease.map { $0.owner != owner } ?? false }
        for index in stale { outbox[index].lease = nil }
        return stale.count
    }

    package func retireReceivers(
        otherThan names: Set<String>,
        at now: Timestamp,
        reason: String
    ) -> Int {
        let orphans = outbox.indices.filter {
            outbox[$0].status == .waiting && !names.contains(outbox[$0].notice.receiver)
        }
        for index in orphans {
            outbox[index].status = .dead(at: now, reason: reason)
            outbox[index].lease = nil
        }
        return orphans.count
    }

    package func outboxCounts() -> [String: OutboxCounts] {
        var counts: [String: OutboxCounts] = [:]
        for row in outbox {
            let receiver = row.notice.receiver
            switch row.status {
            case .waiting:
                counts[receiver, default: OutboxCounts()].waiting += 1
                let oldest = counts[receiver]?.oldestWaiting ?? row.notice.createdAt
                counts[receiver]?.oldestWaiting = min(oldest, row.notice.createdAt)
            case .delivered: counts[receiver, default: OutboxCounts()].delivered += 1
            case .dead: counts[receiver, default: OutboxCounts()].dead += 1
            }
        }
        return counts
    }

    private func check(_ operation: Operation) throws {
        if failing.contains(operation) {
            refusals += 1
            throw MemoryStoreError(description: "the test asked for this failure")
        }
    }

    /// A time that lies further ahead than anything is ever put off counts as reached.
    private static func reached(_ time: Timestamp, _ now: Timestamp, _ horizon: Duration) -> Timestamp {
        time > now + horizon ? now : time
    }
}
