import GRDB
import LookoutAlerting
import LookoutModel

/// How the state of a receiver that does not work is written as a row of `receivers` and read back.
enum ReceiverRow {
    static func save(_ health: ReceiverHealth, of receiver: String, _ db: Database) throws {
        let values: StatementArguments
        switch health {
        case .working:
            try db.cachedStatement(sql: "DELETE FROM receivers WHERE name = ?")
                .execute(arguments: [StoredName(receiver)])
            return
        case .resting(until: let time, let reason):
            values = [StoredName(receiver), "resting", time.microseconds, NoticeRow.bounded(reason)]
        case .broken(since: let time, let reason):
            values = [StoredName(receiver), "broken", time.microseconds, NoticeRow.bounded(reason)]
        }
        try db.cachedStatement(
            sql: """
                INSERT INTO receivers (name, state, at, reason) VALUES (?, ?, ?, ?)
                ON CONFLICT (name) DO UPDATE SET
                    state = excluded.state, at = excluded.at, reason = excluded.reason
                """
        ).execute(arguments: values)
    }

    static func fetchAll(_ db: Database) throws -> [String: ReceiverHealth] {
        var health: [String: ReceiverHealth] = [:]
        let rows = try Row.fetchCursor(db, sql: "SELECT name, state, at, reason FROM receivers")
        while let row = try rows.next() {
            let name: StoredName = row[0]
            let time = Timestamp(microseconds: row[2])
            health[name.text] =
                row[1] == "broken"
                ? .broken(since: time, reason: row[3]) : .resting(until: time, reason: row[3])
        }
        return health
    }
}
