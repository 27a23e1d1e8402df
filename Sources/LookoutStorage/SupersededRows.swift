import GRDB
import LookoutAlerting
import LookoutModel

/// The notices of one alert that wait for one receiver, which may supersede one another.
struct SupersededRows {
    let receiver: String
    let alert: String
    let now: Timestamp
    let db: Database

    /// Lets them; whether any did.
    @discardableResult
    func tidy(isKeyed: Bool, sendsResolved: Bool) throws -> Bool {
        let entries = try entries()
        guard entries.count > 1 || !sendsResolved else { return false }
        let plan = Superseding(of: entries, isKeyed: isKeyed, sendsResolved: sendsResolved)
        for (sequence, kind) in plan.changes(from: entries) { try rename(sequence, kind) }
        for (sequence, heir) in plan.superseded.sorted(by: { $0.key < $1.key }) {
            if let heir { try age(heir, by: sequence) }
            try db.cachedStatement(
                sql: """
                    UPDATE notices SET status = 'superseded', settled_at = ?,
                        last_reason = IIF(?, last_reason, ?), lease_owner = NULL, lease_until = NULL
                    WHERE sequence = ?
                    """
            ).execute(arguments: [now.microseconds, heir != nil, Superseding.unwanted, sequence])
        }
        return !plan.superseded.isEmpty
    }

    private func entries() throws -> [Superseding.Entry] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT sequence, episode, kind,
                    tried <> 'no' OR lease_owner IS NOT NULL OR digest IS NOT NULL OR is_alone AS is_frozen
                FROM notices WHERE receiver = ? AND alert = ? AND status = 'waiting' ORDER BY sequence
                """
        )
        return try Row.fetchAll(statement, arguments: [StoredName(receiver), alert]).map { row in
            let kind = Notice.Kind(rawValue: row[2])
            return Superseding.Entry(
                sequence: row[0],
                episode: row[1],
                kind: kind ?? .firing,
                isFrozen: row[3] || kind == nil
            )
        }
    }

    private func rename(_ sequence: Int64, _ kind: Notice.Kind) throws {
        let notice = try NoticeRow.waiting(sequence, db).notice.told(as: kind)
        try db.cachedStatement(sql: "UPDATE notices SET kind = ?, document = ? WHERE sequence = ?")
            .execute(arguments: [kind.rawValue, notice.document.jsonText, sequence])
    }

    /// Lets a notice count as having waited as long as one whose place it takes.
    private func age(_ heir: Int64, by sequence: Int64) throws {
        try db.cachedStatement(
            sql: """
                UPDATE notices
                SET created_at = MIN(created_at, (SELECT created_at FROM notices WHERE sequence = ?))
                WHERE sequence = ?
                """
        ).execute(arguments: [sequence, heir])
    }
}
