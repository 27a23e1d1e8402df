import GRDB
import LookoutAlerting
import LookoutModel

/// How an alert is written as a row of `alerts` and read back.
enum AlertRow {
    static func save(_ alert: Alert, _ db: Database) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO alerts (key, rule, state, severity, episode, document) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (key) DO UPDATE SET
                    rule = excluded.rule, state = excluded.state, severity = excluded.severity,
                    episode = excluded.episode, document = excluded.document
                """
        ).execute(arguments: [
            alert.key.text,
            StoredName(alert.id.rule),
            alert.state.rawValue,
            alert.severity.rawValue,
            alert.episode,
            alert.document.jsonText,
        ])
    }

    static func remove(_ key: AlertKey, _ db: Database) throws {
        try db.cachedStatement(sql: "DELETE FROM alerts WHERE key = ?").execute(arguments: [key.text])
    }

    /// All alerts, or an error if one of them cannot be read.
    ///
    /// Without it Lookout would tell people of an outage that they know, and never of its end.
    static func fetchAll(_ db: Database, path: String) throws -> [Alert] {
        var alerts: [Alert] = []
        let rows = try Row.fetchCursor(db, sql: "SELECT key, document FROM alerts")
        while let row = try rows.next() {
            let key: String = row[0]
            let document: String = row[1]
            do {
                alerts.append(try Alert(document: JSONValue(parsing: Array(document.utf8))))
            } catch {
                let detail = "the alert \(key) in it cannot be read (\(error))"
                throw StorageError(.corrupt, while: .read, path: path, detail: detail, cause: error)
            }
        }
        return alerts
    }
}
