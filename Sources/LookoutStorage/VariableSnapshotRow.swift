import GRDB
import LookoutDeployments
import LookoutModel

/// How a snapshot of variables is written as a row and read back.
enum VariableSnapshotRow {
    static func insert(_ snapshot: VariableSnapshot, _ db: Database) throws {
        let digests = snapshot.digests.mapValues { $0.map { JSONValue.string($0) } ?? .null }
        try db.execute(
            sql: "INSERT INTO variable_snapshots (environment, part, at, document) VALUES (?, ?, ?, ?)",
            arguments: [
                StoredName(snapshot.place.environment), snapshot.place.part.rawValue,
                snapshot.at.microseconds, JSONValue.object(digests).jsonText,
            ]
        )
    }

    static func newest(
        of place: VariablePlace,
        before time: Timestamp,
        _ db: Database,
        path: String
    ) throws -> VariableSnapshot? {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT at, document FROM variable_snapshots
                WHERE environment = ? AND part = ? AND at < ? ORDER BY at DESC, sequence DESC LIMIT 1
                """,
            arguments: [StoredName(place.environment), place.part.rawValue, time.microseconds]
        )
        guard let row else { return nil }
        return try DeploymentRow.reading("a snapshot of variables", of: row["document"], path: path) {
            document in
            guard case .object(let members) = document else { throw DocumentError(member: "document") }
            return VariableSnapshot(
                place: place,
                at: Timestamp(microseconds: row["at"]),
                digests: members.mapValues(\.string)
            )
        }
    }
}
