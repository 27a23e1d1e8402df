import GRDB
import LookoutAlerting
import LookoutModel

/// How a notice is written as a row of `notices`, changed, and read back.
enum NoticeRow {
    /// How many bytes of the reason of a failed attempt are kept.
    static let reasonLimit = 4096

    /// A stored notice that is not what was written.
    struct Unreadable: Error, CustomStringConvertible {
        let description: String
    }

    static func insert(_ notice: Notice, _ db: Database, path: String) throws {
        do {
            try db.cachedStatement(
                sql: """
                    INSERT INTO notices (id, receiver, alert, episode, severity, kind, document, created_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """
            ).execute(arguments: [
                notice.id.description,
                StoredName(notice.receiver),
                notice.alert.key.text,
                notice.alert.episode,
                notice.alert.severity.rawValue,
                notice.kind.rawValue,
                notice.document.jsonText,
                notice.createdAt.microseconds,
            ])
        } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE {
            let detail = "the notice \(notice.id) is there already"
            throw StorageError(.duplicate, while: .write, path: path, detail: detail, cause: error)
        }
    }

    static func notice(document: String) throws(Unreadable) -> Notice {
        do {
            return try Notice(document: JSONValue(parsing: Array(document.utf8)))
        } catch {
            throw Unreadable(description: "the stored notice cannot be read: \(error)")
        }
    }

    /// Whether the notice is of the end of an episode of which all else was given up at its receiver.
    static func isUncalledFor(_ notice: Notice, _ db: Database) throws -> Bool {
        guard notice.kind == .resolved else { return false }
        let statement = try db.cachedStatement(
            sql: """
                SELECT COUNT(*) > 0 AND COUNT(*) = SUM(status = 'dead') FROM notices
                WHERE receiver = ? AND alert = ? AND episode = ? AND status <> 'waiting' AND kind <> 'resolved'
                """
        )
        let episode: StatementArguments = [
            StoredName(notice.receiver), notice.alert.key.text, notice.alert.episode,
        ]
        return try Bool.fetchOne(statement, arguments: episode) ?? false
    }

    static func lease(_ sequence: Int64, _ lease: Lease, _ db: Database) throws {
        try db.cachedStatement(sql: "UPDATE notices SET lease_owner = ?, lease_until = ? WHERE sequence = ?")
            .execute(arguments: [StoredName(lease.owner), lease.until.microseconds, sequence])
    }

    /// Records what became of a notice, if it is still waiting under the owner's lease.
    static func settle(
        _ notice: NoticeID,
        owner: String,
        as settlement: Settlement,
        _ db: Database
    ) throws {
        let change: (sql: String, values: StatementArguments) =
            switch settlement {
            case .delivered(at: let time):
                ("status = 'delivered', settled_at = ?", [time.microseconds])
            case .dead(at: let time, let reason):
                ("status = 'dead', settled_at = ?, last_reason = ?", [time.microseconds, bounded(reason)])
            case .retry(let due, countsAttempt: let counts, let reason):
                (
                    "due_at = ?, failed_attempts = failed_attempts + ?, last_reason = ?",
                    [due.microseconds, counts ? 1 : 0, bounded(reason)]
                )
            }
        try db.cachedStatement(
            sql: """
                UPDATE notices SET lease_owner = NULL, lease_until = NULL, \(change.sql)
                WHERE id = ? AND status = 'waiting' AND lease_owner = ?
                """
        ).execute(arguments: change.values + [notice.description, StoredName(owner)])
    }

    /// Declares one notice dead, whoever has a lease on it.
    static func bury(_ sequence: Int64, at now: Timestamp, reason: String, _ db: Database) throws {
        try db.execute(
            sql: "UPDATE notices SET \(burial) WHERE status = 'waiting' AND sequence = ?",
            arguments: [now.microseconds, bounded(reason), sequence]
        )
    }

    /// Declares all dead that a receiver was still to be told; their number.
    static func buryAll(
        of receiver: StoredName,
        at now: Timestamp,
        reason: String,
        _ db: Database
    ) throws -> Int {
        try db.execute(
            sql: "UPDATE notices SET \(burial) WHERE status = 'waiting' AND receiver = ?",
            arguments: [now.microseconds, bounded(reason), receiver]
        )
        return db.changesCount
    }

    static func counts(_ db: Database) throws -> [String: OutboxCounts] {
        var counts: [String: OutboxCounts] = [:]
        let rows = try Row.fetchCursor(
            db,
            sql: "SELECT receiver, status, COUNT(*), MIN(created_at) FROM notices GROUP BY receiver, status"
        )
        while let row = try rows.next() {
            let receiver: StoredName = row[0]
            let number: Int = row[2]
            switch row[1] as String {
            case "waiting":
                counts[receiver.text, default: OutboxCounts()].waiting = number
                counts[receiver.text]?.oldestWaiting = Timestamp(microseconds: row[3])
            case "delivered": counts[receiver.text, default: OutboxCounts()].delivered = number
            default: counts[receiver.text, default: OutboxCounts()].dead = number
            }
        }
        return counts
    }

    private static let burial = """
        status = 'dead', settled_at = ?, last_reason = ?, lease_owner = NULL, lease_until = NULL
        """

    private static func bounded(_ reason: String) -> String {
        StoredText.bounded(reason, to: reasonLimit)
    }
}
