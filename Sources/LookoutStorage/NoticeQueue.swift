import GRDB
import LookoutAlerting
import LookoutModel

/// What one receiver is still to be told, as it stands at a moment.
///
/// Of each subject only the first waiting notice, its head, can be next. Subjects come in the order of the
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

    private var receiver: StoredName { StoredName(request.receiver) }

    /// Frees the heads whose time has come, and holds those again for which the clock was set back.
    ///
    /// A time further ahead than the horizon stems from a clock that was set back, and counts as reached.
    private func free(_ db: Database) throws {
        let (now, limit) = (request.now.microseconds, (request.now + request.horizon).microseconds)
        try db.cachedStatement(
            sql: """
                UPDATE heads SET free_at = NULL
                WHERE receiver = ? AND free_at IS NOT NULL AND (free_at <= ? OR free_at > ?)
                """
        ).execute(arguments: [receiver, now, limit])
        try db.cachedStatement(
            sql: """
                UPDATE heads SET free_at = held_until
                WHERE receiver = ? AND free_at IS NULL AND held_until > ? AND held_until <= ?
                """
        ).execute(arguments: [receiver, now, limit])
    }

    /// The head to send next; nil if none may be sent now.
    func next(_ db: Database) throws -> Head? {
        try free(db)
        let statement = try db.cachedStatement(
            sql: """
                SELECT sequence, alert, digest, is_digestible FROM heads
                WHERE receiver = ? AND free_at IS NULL ORDER BY urgency, sequence LIMIT 1
                """
        )
        return try Row.fetchOne(statement, arguments: [receiver]).map(Head.init)
    }

    /// The heads that may be told in a new digest, whether they are due or not: the first ones, and one more
    /// than the threshold at least, if there are as many.
    func crowd(_ db: Database) throws -> [Head] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT sequence, alert, digest, is_digestible FROM heads
                WHERE receiver = ? AND is_digestible ORDER BY urgency, sequence LIMIT ?
                """
        )
        let most = max(request.digestLimit, request.digestThreshold + 1)
        return try Row.fetchAll(statement, arguments: [receiver, most]).map(Head.init)
    }

    /// The first time at which one of the waiting notices may be sent; nil if none is waiting.
    func earliest(_ db: Database) throws -> Timestamp? {
        let statement = try db.cachedStatement(
            sql: "SELECT MIN(free_at) FROM heads WHERE receiver = ? AND free_at IS NOT NULL"
        )
        return try Int64.fetchOne(statement, arguments: [receiver]).map { Timestamp(microseconds: $0) }
    }
}
