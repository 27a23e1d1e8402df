import GRDB
import LookoutAlerting
import LookoutModel

/// How a transition is written as a row of `transitions` and read back.
enum TransitionRow {
    static func insert(_ transition: AlertTransition, _ db: Database) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO transitions (alert, episode, from_state, to_state, severity, cause, at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            transition.alert.text,
            transition.episode,
            transition.from?.rawValue,
            transition.to?.rawValue,
            transition.severity.rawValue,
            transition.cause.rawValue,
            transition.at.microseconds,
        ])
    }

    /// The newest transitions at or after a time, in their order; of all alerts, or of one.
    static func newest(
        _ limit: Int,
        of alert: AlertKey?,
        since time: Timestamp,
        _ db: Database,
        path: String
    ) throws -> [RecordedTransition] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT sequence, alert, episode, from_state, to_state, severity, cause, at FROM transitions
                WHERE at >= ? \(alert == nil ? "" : "AND alert = ?") ORDER BY sequence DESC LIMIT ?
                """
        )
        var arguments: StatementArguments = [time.microseconds]
        if let alert { arguments += [alert.text] }
        arguments += [max(0, limit)]
        return try Row.fetchAll(statement, arguments: arguments).reversed().map { row in
            guard let transition = transition(row) else {
                let detail = "the transition \(row["sequence"] as Int64) in it cannot be read"
                throw StorageError(.corrupt, while: .read, path: path, detail: detail)
            }
            return RecordedTransition(sequence: row["sequence"], transition: transition)
        }
    }

    /// Nil if a word in it is none of ours.
    private static func transition(_ row: Row) -> AlertTransition? {
        let from: String? = row["from_state"]
        let to: String? = row["to_state"]
        guard let alert = AlertKey(text: row["alert"]),
            let severity = Severity(rawValue: row["severity"]),
            let cause = AlertTransition.Cause(rawValue: row["cause"]),
            from.map({ Alert.State(rawValue: $0) != nil }) ?? true,
            to.map({ Alert.State(rawValue: $0) != nil }) ?? true
        else { return nil }
        return AlertTransition(
            alert: alert,
            episode: row["episode"],
            from: from.flatMap(Alert.State.init),
            to: to.flatMap(Alert.State.init),
            severity: severity,
            cause: cause,
            at: Timestamp(microseconds: row["at"])
        )
    }
}
