import GRDB
import LookoutDeployments
import LookoutModel

/// How deployments and their events are written as rows and read back.
enum DeploymentRow {
    /// How many events a deployment has.
    static func count(_ id: DeploymentID, _ db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT count FROM deployments WHERE id = ?", arguments: [id.text]) ?? 0
    }

    static func append(
        _ events: [DeploymentEvent],
        to id: DeploymentID,
        after count: Int,
        _ db: Database,
        path: String
    ) throws {
        let insertion = try db.cachedStatement(
            sql: """
                INSERT INTO deployment_events (deployment, number, at, kind, document) VALUES (?, ?, ?, ?, ?)
                """
        )
        for (number, event) in zip(count..., events) {
            try insertion.execute(arguments: [
                id.text, number, event.at.microseconds, StoredName(event.kind.word), event.document.jsonText,
            ])
        }
        let deployment = Deployment(id, events: try self.events(of: id, db, path: path))
        guard let summary = DeploymentSummary(deployment) else { return }
        try db.execute(
            sql: """
                INSERT INTO deployments (id, began_at, is_open, count, summary) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET
                    is_open = excluded.is_open, count = excluded.count, summary = excluded.summary
                """,
            arguments: [
                id.text, summary.beganAt.microseconds, !deployment.isClosed, deployment.count,
                summary.document.jsonText,
            ]
        )
    }

    static func events(of id: DeploymentID, _ db: Database, path: String) throws -> [DeploymentEvent] {
        let statement = try db.cachedStatement(
            sql: "SELECT document FROM deployment_events WHERE deployment = ? ORDER BY number"
        )
        return try String.fetchAll(statement, arguments: [id.text]).map { document in
            try reading("an event of the deployment \(id)", of: document, path: path) {
                try DeploymentEvent(document: $0)
            }
        }
    }

    static func ids(_ sql: String, _ arguments: StatementArguments, _ db: Database) throws -> [DeploymentID] {
        try String.fetchAll(db, sql: sql, arguments: arguments).compactMap { DeploymentID($0) }
    }

    static func summaries(
        limit: Int,
        before time: Timestamp?,
        _ db: Database,
        path: String
    ) throws -> [DeploymentSummary] {
        let documents = try String.fetchAll(
            db,
            sql: "SELECT summary FROM deployments WHERE began_at < ? ORDER BY began_at DESC, id DESC LIMIT ?",
            arguments: [time?.microseconds ?? .max, max(0, limit)]
        )
        return try documents.map { document in
            try reading("the summary of a deployment", of: document, path: path) {
                try DeploymentSummary(document: $0)
            }
        }
    }

    /// Reads a stored document; what is wrong with it becomes an error of the database.
    static func reading<Value>(
        _ what: String,
        of document: String,
        path: String,
        _ read: (JSONValue) throws -> Value
    ) throws -> Value {
        do {
            return try read(try JSONValue(parsing: Array(document.utf8)))
        } catch {
            let detail = "\(what) in it cannot be read (\(error))"
            throw StorageError(.corrupt, while: .read, path: path, detail: detail, cause: error)
        }
    }
}
