import GRDB
import LookoutAlerting

/// The table of heads, kept in step with `notices` and `digests`: whatever changes rows of those works the
/// heads of their subjects out anew, in the same transaction.
struct HeadRows {
    /// Which notices were changed, or are of the subjects of which some were.
    enum Notices: String {
        /// All with a greater sequence.
        case since = "sequence > :value"
        case sequence = "sequence = :value"
        case id = "id = :value"
        case digest = "digest = :value"
    }

    let db: Database

    /// Works out the heads of the notices' subjects.
    func refresh(_ notices: Notices, _ value: some DatabaseValueConvertible) throws {
        let subjects = "SELECT receiver, alert FROM notices WHERE \(notices.rawValue)"
        try db.cachedStatement(sql: "DELETE FROM heads WHERE (receiver, alert) IN (\(subjects))")
            .execute(arguments: ["value": value])
        try insert(subjects, ["value": value])
    }

    /// Works out one head, also where it is of a notice that is gone.
    func renew(_ sequence: Int64, of receiver: String) throws {
        try db.cachedStatement(sql: "DELETE FROM heads WHERE receiver = ? AND sequence = ?")
            .execute(arguments: [StoredName(receiver), sequence])
        try refresh(.sequence, sequence)
    }

    /// Works out all heads; what waits at the start may be much, but is read once.
    func rebuild() throws {
        try db.execute(sql: "DELETE FROM heads")
        try insert("SELECT DISTINCT receiver, alert FROM notices WHERE status = 'waiting'", [])
    }

    /// Forgets the heads of a receiver that has nothing to be told any more.
    func remove(of receiver: StoredName) throws {
        try db.cachedStatement(sql: "DELETE FROM heads WHERE receiver = ?").execute(arguments: [receiver])
    }

    /// Adds the heads of subjects that have none.
    ///
    /// The order of the tables and the index are said: by its guesses SQLite would read all that waits for a
    /// receiver to find what waits of one subject.
    private func insert(_ subjects: String, _ arguments: StatementArguments) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO heads (
                    receiver, alert, sequence, urgency, digest, is_digestible, held_until, free_at
                )
                SELECT *, held_until FROM (
                    SELECT head.receiver, head.alert, first.sequence, first.urgency, head.digest,
                        head.digest IS NULL AND NOT head.is_alone AND head.tried <> 'unclear'
                            AND head.lease_owner IS NULL,
                        IIF(head.digest IS NULL, COALESCE(head.lease_until, head.due_at),
                            COALESCE(digests.lease_until, digests.due_at)) AS held_until
                    FROM (
                        SELECT MIN(waiting.sequence) AS sequence, MIN(waiting.severity) AS urgency
                        FROM (\(subjects)) AS subject
                        CROSS JOIN notices AS waiting INDEXED BY notices_waiting
                            ON waiting.receiver = subject.receiver
                            AND waiting.alert = subject.alert AND waiting.status = 'waiting'
                        GROUP BY waiting.receiver, waiting.alert
                    ) AS first
                    JOIN notices AS head ON head.sequence = first.sequence
                    LEFT JOIN digests ON digests.id = head.digest
                )
                """
        ).execute(arguments: arguments)
    }
}
