import GRDB
package import LookoutAlerting
package import LookoutModel

/// The alerts and the outbox in `alerts.db`.
///
/// Each write is one transaction and on the disk when its method returns, and is finished even if the
/// task is cancelled. All errors are `StorageError`s but for the `CancellationError` of a read.
package final class SQLiteAlertStore: AlertStore {
    let pool: DatabasePool
    /// How many notices may wait for a receiver before what matters least is told in short.
    private let crowd: Int

    init(_ pool: DatabasePool, crowd: Int = Superseding.crowd) {
        self.pool = pool
        self.crowd = crowd
    }

    package func alerts() async throws -> [Alert] {
        try await pool.snapshotRead { [path = pool.path] db in
            try AlertRow.fetchAll(db, path: path)
        }
    }

    package func transitions(
        of alert: AlertKey?,
        since time: Timestamp,
        limit: Int
    ) async throws -> [RecordedTransition] {
        try await pool.snapshotRead { [path = pool.path] db in
            try TransitionRow.newest(limit, of: alert, since: time, db, path: path)
        }
    }

    package func commit(_ commit: AlertCommit) async throws {
        guard !commit.isEmpty else { return }
        try await pool.finishWrite { [path = pool.path, crowd] db in
            for alert in commit.alerts { try AlertRow.save(alert, db) }
            for key in commit.removed { try AlertRow.remove(key, db) }
            for transition in commit.transitions { try TransitionRow.insert(transition, db) }
            let last = try Int64.fetchOne(db, sql: "SELECT MAX(sequence) FROM notices") ?? 0
            let crowded = try Set(commit.notices.map(\.receiver)).filter { receiver in
                try NoticeRow.isCrowded(receiver, crowd, db)
            }
            for notice in commit.notices {
                try NoticeRow.insert(notice, db, path: path)
                try SupersededRows(
                    receiver: notice.receiver,
                    alert: notice.subjectKey,
                    now: notice.createdAt,
                    isCrowded: crowded.contains(notice.receiver),
                    db: db
                ).tidy(isKeyed: true, sendsResolved: true)
            }
            if !commit.notices.isEmpty { try HeadRows(db: db).refresh(.since, last) }
            for announcement in commit.announcements { try AnnouncementRow.insert(announcement, db) }
        }
    }

    package func claim(_ request: ClaimRequest) async throws -> Claim {
        try await pool.finishWrite { db in
            var claim = NoticeClaim(request, db)
            return try claim.answer()
        }
    }

    package func settle(_ delivery: NoticeID, owner: String, as settlement: Settlement) async throws {
        try await pool.finishWrite { db in
            if try NoticeRow.settle(delivery, owner: owner, as: settlement, db) {
                try HeadRows(db: db).refresh(.id, delivery.description)
                return
            }
            try DigestRow.settle(delivery, owner: owner, as: settlement, db)
        }
    }

    package func releaseLeases(exceptOf owner: String) async throws -> Int {
        try await pool.finishWrite { db in
            let others = "WHERE lease_owner IS NOT NULL AND lease_owner <> ?"
            let release = "lease_owner = NULL, lease_until = NULL"
            try db.execute(
                sql: "UPDATE notices SET tried = 'unclear', \(release) \(others)",
                arguments: [StoredName(owner)]
            )
            let notices = db.changesCount
            try db.execute(
                sql: "UPDATE digests SET \(release) \(others) AND status = 'waiting'",
                arguments: [StoredName(owner)]
            )
            let digests = db.changesCount
            try HeadRows(db: db).rebuild()
            return notices + digests
        }
    }

    package func retireReceivers(
        otherThan names: Set<String>,
        at now: Timestamp,
        reason: String
    ) async throws -> Int {
        try await pool.finishWrite { db in
            let waiting = "SELECT DISTINCT receiver FROM notices WHERE status = 'waiting'"
            var retired = 0
            for receiver in try StoredName.fetchAll(db, sql: waiting) where !names.contains(receiver.text) {
                retired += try NoticeRow.buryAll(of: receiver, at: now, reason: reason, db)
                try DigestRow.buryAll(of: receiver, at: now, reason: reason, db)
                try HeadRows(db: db).remove(of: receiver)
            }
            return retired
        }
    }

    package func outboxCounts() async throws -> [String: OutboxCounts] {
        try await pool.snapshotRead { db in try OutboxNumbers.counts(db) }
    }

    package func receiverHealth() async throws -> [String: ReceiverHealth] {
        try await pool.snapshotRead { db in try ReceiverRow.fetchAll(db) }
    }

    package func setHealth(_ health: ReceiverHealth, of receiver: String) async throws {
        try await pool.finishWrite { db in try ReceiverRow.save(health, of: receiver, db) }
    }

    /// Forgets what is over: transitions, announcements, and notices that were delivered or given up, before a time.
    ///
    /// Neither an alert nor anything that is still to be told is touched, nor what was told of an
    /// episode before its end is told too. In small transactions, so that writers are not kept waiting.
    ///
    /// - Returns: How many rows are gone.
    package func removeHistory(before time: Timestamp) async throws -> Int {
        let deletions = [
            "DELETE FROM transitions WHERE sequence IN (SELECT sequence FROM transitions WHERE at < ? LIMIT 1000)",
            """
            DELETE FROM announcements WHERE sequence IN (
                SELECT sequence FROM announcements WHERE at < ? LIMIT 1000
            )
            """,
            """
            DELETE FROM notices WHERE sequence IN (
                SELECT sequence FROM notices AS old
                WHERE status <> 'waiting' AND settled_at < ?
                AND NOT EXISTS (
                    SELECT 1 FROM alerts WHERE key = old.alert AND alerts.episode = old.episode
                    AND alerts.state IN ('firing', 'recovering')
                )
                AND NOT EXISTS (
                    SELECT 1 FROM notices AS next WHERE next.receiver = old.receiver
                    AND next.alert = old.alert AND next.episode = old.episode AND next.status = 'waiting'
                )
                LIMIT 1000
            )
            """,
            """
            DELETE FROM digests WHERE id IN (
                SELECT id FROM digests AS old WHERE status <> 'waiting' AND settled_at < ?
                AND NOT EXISTS (SELECT 1 FROM notices WHERE digest = old.id)
                LIMIT 1000
            )
            """,
        ]
        var removed = 0
        for deletion in deletions {
            var step = 0
            repeat {
                try Task.checkCancellation()
                step = try await pool.finishWrite { db in
                    try db.execute(sql: deletion, arguments: [time.microseconds])
                    return db.changesCount
                }
                removed += step
            } while step > 0
        }
        return removed
    }
}
