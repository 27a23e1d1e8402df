import GRDB
import LookoutAlerting
import LookoutModel

/// How a notice is written as a row of `notices`, changed, and read back.
enum NoticeRow {
    /// How many bytes of the reason of a failed attempt are kept.
    static let reasonLimit = 4096

    /// A stored notice that is not what was written.
    struct Unreadable: Error, CustomStringConvertible {
        let sequence: Int64
        let description: String
    }

    /// What a claim has to know of a waiting notice.
    struct Waiting {
        let notice: Notice
        let failedAttempts: Int
        let form: Delivery.Form
    }

    static func insert(_ notice: Notice, _ db: Database, path: String) throws {
        do {
            try db.cachedStatement(
                sql: """
                    INSERT INTO notices (
                        id, receiver, alert, episode, severity, kind, is_alone, document, created_at
                    )
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """
            ).execute(arguments: [
                notice.id.description,
                StoredName(notice.receiver),
                notice.subjectKey,
                notice.episode,
                notice.severity.rawValue,
                notice.kind.rawValue,
                !notice.isDigestible,
                notice.document.jsonText,
                notice.createdAt.microseconds,
            ])
        } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE {
            let detail = "the notice \(notice.id) is there already"
            throw StorageError(.duplicate, while: .write, path: path, detail: detail, cause: error)
        }
    }

    static func notice(_ sequence: Int64, document: String) throws(Unreadable) -> Notice {
        do {
            return try Notice(document: JSONValue(parsing: Array(document.utf8)))
        } catch {
            let description = "the stored notice cannot be read: \(error)"
            throw Unreadable(sequence: sequence, description: description)
        }
    }

    static func waiting(_ sequence: Int64, _ db: Database) throws -> Waiting {
        let statement = try db.cachedStatement(
            sql: "SELECT document, failed_attempts, form FROM notices WHERE sequence = ?"
        )
        guard let row = try Row.fetchOne(statement, arguments: [sequence]) else {
            throw Unreadable(sequence: sequence, description: "the notice \(sequence) is gone")
        }
        return Waiting(
            notice: try notice(sequence, document: row[0]),
            failedAttempts: row[1],
            form: Delivery.Form(rawValue: row[2]) ?? .full
        )
    }

    /// Whether more than so many notices wait for a receiver.
    static func isCrowded(_ receiver: String, _ limit: Int, _ db: Database) throws -> Bool {
        let statement = try db.cachedStatement(
            sql: "SELECT 1 FROM notices WHERE receiver = ? AND status = 'waiting' LIMIT 1 OFFSET ?"
        )
        return try Int.fetchOne(statement, arguments: [StoredName(receiver), limit]) != nil
    }

    /// Whether the notice is of the end of an episode of which all else was given up at its receiver.
    static func isUncalledFor(_ sequence: Int64, _ db: Database) throws -> Bool {
        let statement = try db.cachedStatement(
            sql: """
                SELECT COUNT(*) > 0 AND COUNT(*) = SUM(other.status = 'dead')
                FROM notices AS ending JOIN notices AS other
                    ON other.receiver = ending.receiver AND other.alert = ending.alert
                    AND other.episode = ending.episode
                WHERE ending.sequence = ? AND ending.kind = 'resolved'
                    AND other.status <> 'waiting' AND other.status <> 'superseded' AND other.kind <> 'resolved'
                """
        )
        return try Bool.fetchOne(statement, arguments: [sequence]) ?? false
    }

    /// What the receiver called its first message about the notice's episode.
    static func thread(of notice: Notice, _ db: Database) throws -> String? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT reference FROM notices WHERE receiver = ? AND alert = ? AND episode = ?
                    AND status <> 'waiting' AND reference IS NOT NULL ORDER BY sequence LIMIT 1
                """
        )
        let episode: StatementArguments = [
            StoredName(notice.receiver), notice.subjectKey, notice.episode,
        ]
        return try String.fetchOne(statement, arguments: episode)
    }

    /// Leases a notice.
    ///
    /// If an earlier lease on it ended by itself, nobody knows what became of that attempt.
    static func lease(_ sequence: Int64, _ lease: Lease, _ db: Database) throws {
        try db.cachedStatement(
            sql: """
                UPDATE notices SET tried = IIF(lease_owner IS NULL, tried, 'unclear'),
                    lease_owner = ?, lease_until = ?, due_at = NULL
                WHERE sequence = ?
                """
        ).execute(arguments: [StoredName(lease.owner), lease.until.microseconds, sequence])
    }

    /// Records what became of a notice, if it is still waiting under the owner's lease.
    ///
    /// - Returns: Whether it was.
    static func settle(
        _ notice: NoticeID,
        owner: String,
        as settlement: Settlement,
        _ db: Database
    ) throws -> Bool {
        let change = SettlementChange(settlement, ofDigest: false)
        try db.cachedStatement(
            sql: """
                UPDATE notices SET lease_owner = NULL, lease_until = NULL, \(change.sql)
                WHERE id = ? AND status = 'waiting' AND lease_owner = ?
                """
        ).execute(arguments: change.values + [notice.description, StoredName(owner)])
        return db.changesCount > 0
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

    private static let burial = """
        status = 'dead', settled_at = ?, last_reason = ?, lease_owner = NULL, lease_until = NULL
        """

    static func bounded(_ reason: String) -> String {
        StoredText.bounded(reason, to: reasonLimit)
    }
}
