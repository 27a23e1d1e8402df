import GRDB
import LookoutAlerting
import LookoutModel

/// What one receiver is still to be told, as it stands at a moment.
///
/// Of each alert only the first waiting notice, its head, can be next. Alerts come in the order of the
/// worst severity among their waiting notices, then of their heads' places in the sequence.
struct NoticeQueue {
    let request: ClaimRequest

    /// A head.
    struct Head {
        let sequence: Int64
        let alert: String
        /// The digest that it is told in.
        let digest: String?
        /// Whether it may be told in a new digest.
        let isDigestible: Bool

        init(_ row: Row) {
            sequence = row[0]
            alert = row[1]
            digest = row[2]
            isDigestible = row[3]
        }
    }

    /// The heads with the time from which each may be sent, which is NULL for "at any time".
    ///
    /// A time further ahead than the limit stems from a clock that was set back, and counts as reached.
    private static let heads = """
        WITH
        first AS (
            SELECT MIN(sequence) AS sequence, MIN(severity) AS urgency FROM notices
            WHERE receiver = :receiver AND status = 'waiting' GROUP BY alert
        ),
        timed AS (
            SELECT first.sequence, urgency, alert, digest,
                digest IS NULL AND NOT is_alone AND tried <> 'unclear' AND notices.lease_owner IS NULL
                    AS is_digestible,
                IIF(digest IS NULL, notices.due_at, digests.due_at) AS due_at,
                IIF(digest IS NULL, notices.lease_until, digests.lease_until) AS lease_until
            FROM first JOIN notices ON notices.sequence = first.sequence
            LEFT JOIN digests ON digests.id = digest
        ),
        heads AS (
            SELECT sequence, urgency, alert, digest, is_digestible,
                NULLIF(MAX(
                    IIF(due_at > :now AND due_at <= :limit, due_at, :now),
                    IIF(lease_until > :now AND lease_until <= :limit, lease_until, :now)
                ), :now) AS free_at
            FROM timed
        )
        """

    private var arguments: StatementArguments {
        [
            "receiver": StoredName(request.receiver),
            "now": request.now.microseconds,
            "limit": (request.now + request.horizon).microseconds,
        ]
    }

    /// The head to send next; nil if none may be sent now.
    func next(_ db: Database) throws -> Head? {
        let statement = try db.cachedStatement(
            sql: """
                \(Self.heads)
                SELECT sequence, alert, digest, is_digestible
                FROM heads WHERE free_at IS NULL ORDER BY urgency, sequence LIMIT 1
                """
        )
        return try Row.fetchOne(statement, arguments: arguments).map(Head.init)
    }

    /// The heads that may be told in a new digest, whether they are due or not: the first ones, and one more
    /// than the threshold at least, if there are as many.
    func crowd(_ db: Database) throws -> [Head] {
        let statement = try db.cachedStatement(
            sql: """
                \(Self.heads)
                SELECT sequence, alert, digest, is_digestible
                FROM heads WHERE is_digestible ORDER BY urgency, sequence LIMIT :most
                """
        )
        let most = max(request.digestLimit, request.digestThreshold + 1)
        return try Row.fetchAll(statement, arguments: arguments + ["most": most]).map(Head.init)
    }

    /// The first time at which one of the waiting notices may be sent; nil if none is waiting.
    func earliest(_ db: Database) throws -> Timestamp? {
        let statement = try db.cachedStatement(sql: "\(Self.heads) SELECT MIN(free_at) FROM heads")
        return try Int64.fetchOne(statement, arguments: arguments).map { Timestamp(microseconds: $0) }
    }
}
