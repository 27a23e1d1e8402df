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
        let subjects = """
            (receiver, alert) IN (SELECT receiver, alert FROM notices WHERE \(notices.rawValue))
            """
        try replace(subjects, ["value": value])
    }

    /// Works out one head, also where it is of a notice that is gone.
    func renew(_ sequence: Int64, of receiver: String) throws {
        try db.cachedStatement(sql: "DELETE FROM heads WHERE receiver = ? AND sequence = ?")
            .execute(arguments: [StoredName(receiver), sequence])
        try refresh(.sequence, sequence)
    }

    /// Works out all heads; what waits at the start may be much, but is read once.
    func rebuild() throws {
        try replace("TRUE", [])
    }

    /// Forgets the heads of a receiver that has nothing to be told any more.
    func remove(of receiver: StoredName) throws {
        try db.cachedStatement(sql: "DELETE FROM heads WHERE receiver = ?").execute(arguments: [receiver])
    }

    private func replace(_ subjects: String, _ arguments: StatementArguments) throws {
        try db.cachedStatement(sql: "DELETE FROM heads WHERE \(subjects)").execute(arguments: arguments)
        try db.cachedStatement(
            sql: """
                INSERT INTO heads (
                    receiver, alert, sequence, urgency, digest, is_digestible, held_until, free_at
                )
                SELECT *, held_until FROM (SELECT notices.receiver, notices.alert, first.sequence, first.urgency, notices.digest,
                    notices.digest IS NULL AND NOT notices.is_alone AND notices.tried <> 'unclear'
                        AND notices.lease_owner IS NULL,
                    IIF(notices.digest IS NULL, COALESCE(notices.lease_until, notices.due_at),
                        COALESCE(digests.lease_until, digests.due_at)) AS held_until
                FROM (
                    SELECT MIN(sequence) AS sequence, MIN(severity) AS urgency FROM notices
                    WHERE status = 'waiting' AND \(subjects) GROUP BY receiver, alert
                ) AS first
                JOIN notices ON notices.sequence = first.sequence
                LEFT JOIN digests ON digests.id = notices.digest)
                """
        ).execute(arguments: arguments)
    }
}
