import GRDB
import LookoutAlerting
import LookoutModel

/// What one receiver is still to be told, as it stands at a moment.
///
/// Of each alert only the first waiting notice, its head, can be next. Alerts come in the order of the
/// worst severity among their waiting notices, then of their heads' places in the sequence.
struct NoticeQueue {
    let receiver: String
    let now: Timestamp
    /// Times further ahead than this stem from a clock that was set back, and count as reached.
    let horizon: Duration

    /// A head that may be sent.
    struct Entry {
        let sequence: Int64
        let document: String
        let failedAttempts: Int
    }

    /// The heads with the time from which each may be sent, which is NULL for "at any time".
    private static let heads = """
        WITH
        first AS (
            SELECT MIN(sequence) AS sequence, MIN(severity) AS urgency FROM notices
            WHERE receiver = :receiver AND status = 'waiting' GROUP BY alert
        ),
        heads AS (
            SELECT notices.sequence, urgency,
                NULLIF(MAX(
                    IIF(due_at > :now AND due_at <= :limit, due_at, :now),
                    IIF(lease_until > :now AND lease_until <= :limit, lease_until, :now)
                ), :now) AS free_at
            FROM first JOIN notices ON notices.sequence = first.sequence
        )
        """

    private var arguments: StatementArguments {
        [
            "receiver": StoredName(receiver),
            "now": now.microseconds,
            "limit": (now + horizon).microseconds,
        ]
    }

    /// The notice to send next; nil if none may be sent now.
    func next(_ db: Database) throws -> Entry? {
        let statement = try db.cachedStatement(
            sql: """
                \(Self.heads)
                SELECT notices.sequence, document, failed_attempts
                FROM heads JOIN notices ON notices.sequence = heads.sequence
                WHERE free_at IS NULL ORDER BY urgency, heads.sequence LIMIT 1
                """
        )
        return try Row.fetchOne(statement, arguments: arguments).map { row in
            Entry(sequence: row[0], document: row[1], failedAttempts: row[2])
        }
    }

    /// The first time at which one of the waiting notices may be sent; nil if none is waiting.
    func earliest(_ db: Database) throws -> Timestamp? {
        let statement = try db.cachedStatement(sql: "\(Self.heads) SELECT MIN(free_at) FROM heads")
        return try Int64.fetchOne(statement, arguments: arguments).map { Timestamp(microseconds: $0) }
    }
}
