import GRDB
import LookoutAlerting
import LookoutModel

/// How a silence is written as a row of `silences` and read back.
enum SilenceRow {
    static func save(_ silence: Silence, _ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO silences (id, starts_at, ends_at, document) VALUES (?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET
                    starts_at = excluded.starts_at, ends_at = excluded.ends_at, document = excluded.document
                """,
            arguments: [
                StoredName(silence.id),
                silence.startsAt.microseconds,
                silence.endsAt.microseconds,
                silence.document.jsonText,
            ]
        )
    }

    /// The silences that are not over at a time, or all; an error if one of them cannot be read.
    static func fetchAll(
        endingAfter time: Timestamp?,
        _ db: Database,
        path: String,
        pattern: (String) throws -> TextPattern
    ) throws -> [Silence] {
        let statement = try db.cachedStatement(
            sql: "SELECT id, document FROM silences WHERE ends_at > ? ORDER BY starts_at, id"
        )
        let rows = try Row.fetchAll(statement, arguments: [time?.microseconds ?? .min])
        return try rows.map { row in
            let document: String = row["document"]
            do {
                return try Silence(
                    document: JSONValue(parsing: Array(document.utf8)),
                    pattern: pattern
                )
            } catch {
                let name = (row["id"] as StoredName).text.debugDescription
                let detail = "the silence \(name) in it cannot be read (\(error))"
                throw StorageError(.corrupt, while: .read, path: path, detail: detail, cause: error)
            }
        }
    }
}

/// How a note is written as a row of `notes` and read back.
enum NoteRow {
    static func insert(_ note: IncidentNote, _ db: Database) throws {
        try db.execute(
            sql: "INSERT INTO notes (incident, at, document) VALUES (?, ?, ?)",
            arguments: [note.incident, note.at.microseconds, note.document.jsonText]
        )
    }

    /// The notes of an incident, or of all, oldest first.
    static func fetchAll(of incident: Int64?, _ db: Database, path: String) throws -> [IncidentNote] {
        let condition = incident == nil ? "" : "WHERE incident = ?"
        let rows = try Row.fetchAll(
            db,
            sql: "SELECT sequence, document FROM notes \(condition) ORDER BY at, sequence",
            arguments: incident.map { [$0] } ?? []
        )
        return try rows.map { row in
            let document: String = row["document"]
            do {
                return try IncidentNote(document: JSONValue(parsing: Array(document.utf8)))
            } catch {
                let detail = "the note \(row["sequence"] as Int64) in it cannot be read (\(error))"
                throw StorageError(.corrupt, while: .read, path: path, detail: detail, cause: error)
            }
        }
    }
}
