import GRDB
import LookoutAlerting
import LookoutModel

/// How a digest is written as a row of `digests`, changed, and read back.
enum DigestRow {
    /// What a claim has to know of a digest.
    struct Waiting {
        let failedAttempts: Int
        let form: Delivery.Form
    }

    /// Freezes a digest of notices; they are told as one from now on.
    static func insert(
        _ id: NoticeID,
        of members: [Int64],
        _ request: ClaimRequest,
        _ db: Database
    ) throws {
        try db.cachedStatement(sql: "INSERT INTO digests (id, receiver, created_at) VALUES (?, ?, ?)")
            .execute(arguments: [id.description, StoredName(request.receiver), request.now.microseconds])
        let join = try db.cachedStatement(sql: "UPDATE notices SET digest = ? WHERE sequence = ?")
        for sequence in members { try join.execute(arguments: [id.description, sequence]) }
    }

    /// Nil if there is none that is waiting.
    static func waiting(_ id: String, _ db: Database) throws -> Waiting? {
        let statement = try db.cachedStatement(
            sql: "SELECT failed_attempts, form FROM digests WHERE id = ? AND status = 'waiting'"
        )
        return try Row.fetchOne(statement, arguments: [id]).map { row in
            Waiting(failedAttempts: row[0], form: Delivery.Form(rawValue: row[1]) ?? .full)
        }
    }

    /// The notices in it, in their order.
    static func members(of id: String, _ db: Database) throws -> [(sequence: Int64, document: String)] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT sequence, document FROM notices WHERE digest = ? AND status = 'waiting' ORDER BY sequence
                """
        )
        return try Row.fetchAll(statement, arguments: [id]).map { ($0[0], $0[1]) }
    }

    static func lease(_ id: String, _ lease: Lease, _ db: Database) throws {
        try db.cachedStatement(
            sql: "UPDATE digests SET lease_owner = ?, lease_until = ?, due_at = NULL WHERE id = ?"
        )
        .execute(arguments: [StoredName(lease.owner), lease.until.microseconds, id])
    }

    /// Records what became of a digest and of all that is in it, if it is waiting under the owner's lease.
    static func settle(_ id: NoticeID, owner: String, as settlement: Settlement, _ db: Database) throws {
        let name = id.description
        let change = SettlementChange(settlement, ofDigest: true)
        try db.cachedStatement(
            sql: """
                UPDATE digests SET lease_owner = NULL, lease_until = NULL, \(change.sql)
                WHERE id = ? AND status = 'waiting' AND lease_owner = ?
                """
        ).execute(arguments: change.values + [name, StoredName(owner)])
        guard db.changesCount > 0 else { return }
        switch settlement {
        case .delivered(at: let time, reference: _):
            try update(name, "status = 'delivered', settled_at = ?", [time.microseconds], db)
        case .dead(at: let time, let reason):
            let values: StatementArguments = [time.microseconds, NoticeRow.bounded(reason)]
            try update(name, "status = 'dead', settled_at = ?, last_reason = ?", values, db)
        case .split(at: _, let reason): try takeApart(name, reason: NoticeRow.bounded(reason), db)
        case .retry, .plain: break
        }
        try HeadRows(db: db).refresh(.digest, name)
    }

    /// Takes a digest apart that cannot be sent; its notices go by themselves.
    static func dissolve(_ id: String, at now: Timestamp, reason: String, _ db: Database) throws {
        try db.execute(
            sql: """
                UPDATE digests SET status = 'split', settled_at = ?, last_reason = ?,
                    lease_owner = NULL, lease_until = NULL
                WHERE id = ? AND status = 'waiting'
                """,
            arguments: [now.microseconds, reason, id]
        )
        try takeApart(id, reason: reason, db)
    }

    /// Lets the notices of a digest go by themselves.
    private static func takeApart(_ id: String, reason: String, _ db: Database) throws {
        let members = try Int64.fetchAll(
            try db.cachedStatement(
                sql: "SELECT sequence FROM notices WHERE digest = ? AND status = 'waiting'"
            ),
            arguments: [id]
        )
        try update(id, "digest = NULL, is_alone = 1, due_at = NULL, last_reason = ?", [reason], db)
        for sequence in members { try HeadRows(db: db).refresh(.sequence, sequence) }
    }

    /// Declares all digests dead that a receiver was still to be told.
    static func buryAll(
        of receiver: StoredName,
        at now: Timestamp,
        reason: String,
        _ db: Database
    ) throws {
        try db.execute(
            sql: """
                UPDATE digests SET status = 'dead', settled_at = ?, last_reason = ?,
                    lease_owner = NULL, lease_until = NULL
                WHERE receiver = ? AND status = 'waiting'
                """,
            arguments: [now.microseconds, NoticeRow.bounded(reason), receiver]
        )
    }

    private static func update(
        _ id: String,
        _ change: String,
        _ values: StatementArguments,
        _ db: Database
    ) throws {
        try db.cachedStatement(sql: "UPDATE notices SET \(change) WHERE digest = ? AND status = 'waiting'")
            .execute(arguments: values + [id])
    }
}
