import GRDB
package import LookoutAlerting
package import LookoutModel

/// Reads what fires and what was told of it straight from `alerts.db`, through a connection of its own.
///
/// It shares nothing with the store that writes but the file: neither its statements nor its documents.
package final class SQLiteAuditSource: AuditSource {
    private let queue: DatabaseQueue

    /// - Parameter path: The file of the alert database, which the store has opened and brought up to date.
    /// - Throws: If the file cannot be opened for reading.
    package init(path: String) throws(StorageError) {
        var configuration = Configuration()
        configuration.label = "lookout.storage.audit"
        configuration.readonly = true
        configuration.busyMode = .timeout(1)
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
        } catch {
            throw StorageError(error, while: .open, path: path)
        }
    }

    package func ledger(deadSince time: Timestamp) async throws -> AuditLedger {
        do {
            return try await queue.read { db in
                var ledger = AuditLedger()
                ledger.firing = try Self.firing(db)
                try Self.readQueue(db, into: &ledger)
                ledger.dead = try Self.dead(since: time, db)
                ledger.testMessages = try Self.testMessages(db)
                return ledger
            }
        } catch let error as CancellationError {
            throw error
        } catch {
            throw StorageError(error, while: .read, path: queue.path)
        }
    }

    private static func firing(_ db: Database) throws -> [AuditLedger.Entry] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT alerts.key, alerts.rule, alerts.episode, alerts.severity,
                    COUNT(*) FILTER (WHERE notices.status <> 'dead'),
                    COUNT(*) FILTER (WHERE notices.status = 'dead'),
                    MIN(IIF(notices.status <> 'dead', notices.severity, NULL))
                FROM alerts LEFT JOIN notices
                    ON notices.alert = alerts.key AND notices.episode = alerts.episode
                WHERE alerts.state IN ('firing', 'recovering')
                GROUP BY alerts.key ORDER BY alerts.key
                """
        )
        return rows.compactMap { row in
            guard let key = AlertKey(text: row[0]) else { return nil }
            return AuditLedger.Entry(
                alert: key,
                rule: (row[1] as StoredName).text,
                episode: row[2],
                severity: Severity(rawValue: row[3]) ?? .outage,
                notices: row[4],
                dead: row[5],
                worstTold: (row[6] as Int?).flatMap(Severity.init(rawValue:))
            )
        }
    }

    private static func readQueue(_ db: Database, into ledger: inout AuditLedger) throws {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT COUNT(*), MIN(created_at), MIN(IIF(severity = 1, created_at, NULL))
                FROM notices WHERE status = 'waiting'
                """
        )
        guard let row else { return }
        ledger.queued = row[0]
        ledger.oldestQueued = (row[1] as Int64?).map(Timestamp.init(microseconds:))
        ledger.oldestOutage = (row[2] as Int64?).map(Timestamp.init(microseconds:))
    }

    private static func testMessages(_ db: Database) throws -> [String: TestMessages.Fate] {
        let rows = try Row.fetchAll(
            db,
            sql: "SELECT receiver, id, status, last_reason FROM notices WHERE alert = ? ORDER BY sequence",
            arguments: [AlertKey(TestNotice.alert).text]
        )
        return rows.reduce(into: [:]) { fates, row in
            guard let id = NoticeID(row[1]), let status = NoticeRecord.Status(rawValue: row[2]) else {
                return
            }
            fates[(row[0] as StoredName).text] = TestMessages.Fate(id: id, status: status, reason: row[3])
        }
    }

    /// What was given up, but for ends that nobody waited for.
    private static func dead(since time: Timestamp, _ db: Database) throws -> [SelfFacts.DeadNotices] {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT receiver, severity, settled_at, last_reason FROM notices
                WHERE status = 'dead' AND settled_at >= ? AND last_reason IS NOT ?
                ORDER BY settled_at
                """,
            arguments: [time.microseconds, Notice.uncalledFor]
        )
        var dead: [String: SelfFacts.DeadNotices] = [:]
        while let row = try rows.next() {
            let receiver = (row[0] as StoredName).text
            let severity = Severity(rawValue: row[1]) ?? .outage
            let known = dead[receiver]
            dead[receiver] = SelfFacts.DeadNotices(
                receiver: receiver,
                count: (known?.count ?? 0) + 1,
                worst: min(known?.worst ?? severity, severity),
                latest: Timestamp(microseconds: row[2]),
                reason: row[3] ?? "no reason is known"
            )
        }
        return dead.values.sorted { $0.receiver < $1.receiver }
    }
}
