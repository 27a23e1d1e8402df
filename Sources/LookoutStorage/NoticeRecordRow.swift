import GRDB
import LookoutAlerting
import LookoutModel

/// How rows of `notices` are shown to people, with what has become of them.
enum NoticeRecordRow {
    /// The newest notices that were made at or after a time, in their order; of all alerts, or of one.
    static func newest(
        _ limit: Int,
        of alert: AlertKey?,
        since time: Timestamp,
        _ db: Database,
        path: String
    ) throws -> [NoticeRecord] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT sequence, document, status, failed_attempts, settled_at, last_reason FROM notices
                WHERE created_at >= ? \(alert == nil ? "" : "AND alert = ?") ORDER BY sequence DESC LIMIT ?
                """
        )
        var arguments: StatementArguments = [time.microseconds]
        if let alert { arguments += [alert.text] }
        arguments += [max(0, limit)]
        return try Row.fetchAll(statement, arguments: arguments).reversed().map { row in
            do {
                return try record(row)
            } catch let error as NoticeRow.Unreadable {
                let detail = "the notice \(error.sequence) in it cannot be read"
                throw StorageError(.corrupt, while: .read, path: path, detail: detail, cause: error)
            }
        }
    }

    private static func record(_ row: Row) throws(NoticeRow.Unreadable) -> NoticeRecord {
        let sequence: Int64 = row[0]
        let notice = try NoticeRow.notice(sequence, document: row[1])
        guard let status = NoticeRecord.Status(rawValue: row[2]) else {
            throw NoticeRow.Unreadable(sequence: sequence, description: "its status is none of ours")
        }
        let settledAt: Int64? = row[4]
        return NoticeRecord(
            notice: notice,
            status: status,
            failedAttempts: row[3],
            settledAt: settledAt.map { Timestamp(microseconds: $0) },
            reason: row[5]
        )
    }
}
