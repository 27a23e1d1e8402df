import GRDB
package import LookoutAlerting
package import LookoutModel

/// The alerts and the outbox in `alerts.db`.
///
/// Each write is one transaction and on the disk when its method returns, and is finished even if the
/// task is cancelled. All errors are `StorageError`s but for the `CancellationError` of a read.
package final class SQLiteAlertStore: AlertStore {
    let pool: DatabasePool

    init(_ pool: DatabasePool) {
        self.pool = pool
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
    ) async throws -> [AlertTransition] {
        try await pool.snapshotRead { [path = pool.path] db in
            try TransitionRow.newest(limit, of: alert, since: time, db, path: path)
        }
    }

    package func commit(_ commit: AlertCommit) async throws {
        guard !commit.isEmpty else { return }
        try await pool.finishWrite { [path = pool.path] db in
            for alert in commit.alerts { try AlertRow.save(alert, db) }
            for key in commit.removed { try AlertRow.remove(key, db) }
            for transition in commit.transitions { try TransitionRow.insert(transition, db) }
            for notice in commit.notices { try NoticeRow.insert(notice, db, path: path) }
        }
    }

    package func claim(
        for receiver: String,
        lease: Lease,
        at now: Timestamp,
        horizon: Duration
    ) async throws -> Claim {
        try await pool.finishWrite { db in
            let queue = NoticeQueue(receiver: receiver, now: now, horizon: horizon)
            while let entry = try queue.next(db) {
                do {
                    let notice = try NoticeRow.notice(document: entry.document)
                    guard try !NoticeRow.isUncalledFor(notice, db) else {
                        try NoticeRow.bury(entry.sequence, at: now, reason: Notice.uncalledFor, db)
                        continue
                    }
                    try NoticeRow.lease(entry.sequence, lease, db)
                    return .delivery(
                        Delivery(
                            notice: notice,
                            sequence: entry.sequence,
                            failedAttempts: entry.failedAttempts,
                            lease: lease
                        )
                    )
                } catch let error as NoticeRow.Unreadable {
                    // It would stop this receiver for ever; so it counts as what could not be told.
                    try NoticeRow.bury(entry.sequence, at: now, reason: error.description, db)
                }
            }
            return try queue.earliest(db).map { .notBefore($0) } ?? .nothing
        }
    }

    package func settle(_ notice: NoticeID, owner: String, as settlement: Settlement) async throws {
        try await pool.finishWrite { db in
            try NoticeRow.settle(notice, owner: owner, as: settlement, db)
        }
    }

    package func releaseLeases(exceptOf owner: String) async throws -> Int {
        try await pool.finishWrite { db in
            try db.execute(
                sql: """
                    UPDATE notices SET lease_owner = NULL, lease_until = NULL
                    WHERE status = 'waiting' AND lease_owner <> ?
                    """,
                arguments: [StoredName(owner)]
            )
            return db.changesCount
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
            }
            return retired
        }
    }

    package func outboxCounts() async throws -> [String: OutboxCounts] {
        try await pool.snapshotRead { db in try NoticeRow.counts(db) }
    }

    /// Forgets what is over: transitions, and notices that were delivered or given up, before a time.
    ///
    /// Neither an alert nor anything that is still to be told is touched, nor what was told of an
    /// episode before its end is told too. In small transactions, so that writers are not kept waiting.
    ///
    /// - Returns: How many rows are gone.
    package func removeHistory(before time: Timestamp) async throws -> Int {
        let deletions = [
            "DELETE FROM transitions WHERE sequence IN (SELECT sequence FROM transitions WHERE at < ? LIMIT 1000)",
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
