import GRDB
import LookoutAlerting
import LookoutModel

/// How an announcement is written as a row of `announcements` and read back.
enum AnnouncementRow {
    static func insert(_ announcement: Announcement, _ db: Database) throws {
        try db.execute(
            sql: "INSERT INTO announcements (at, document) VALUES (?, ?)",
            arguments: [announcement.at.microseconds, announcement.document.jsonText]
        )
    }

    /// What was announced since a time in the order of the commits; the newest, if there is too much.
    static func newest(
        _ limit: Int,
        since time: Timestamp,
        _ db: Database,
        path: String
    ) throws -> [Announcement] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT sequence, document FROM announcements WHERE at >= ?
                ORDER BY sequence DESC LIMIT ?
                """,
            arguments: [time.microseconds, max(0, limit)]
        )
        return try rows.reversed().map { row in
            let document: String = row["document"]
            do {
                return try Announcement(document: JSONValue(parsing: Array(document.utf8)))
            } catch {
                let detail = "the announcement \(row["sequence"] as Int64) in it cannot be read (\(error))"
                throw StorageError(.corrupt, while: .read, path: path, detail: detail, cause: error)
            }
        }
    }
}
