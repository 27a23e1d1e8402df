import GRDB
import LookoutAlerting
import LookoutModel

/// The notices of one alert that wait for one receiver, which may supersede one another.
struct SupersededRows {
    let receiver: String
    let alert: String
    let now: Timestamp
    /// Whether too much waits for the receiver.
    var isCrowded = false
    let db: Database

    /// Lets them; whether any did.
    @discardableResult
    func tidy(isKeyed: Bool, sendsResolved: Bool) throws -> Bool {
        let entries = try entries()
        guard entries.count > 1 || !sendsResolved else { return false }
        let plan = Superseding(
            of: entries,
            isKeyed: isKeyed,
            sendsResolved: sendsResolved,
            isCrowded: isCrowded
        )
        for (sequence, kind) in plan.changes(from: entries) {
            try change(sequence) { $0.told(as: kind) }
        }
        for (heir, episodes) in plan.passed { try change(heir) { $0.told(after: episodes) } }
        let kinds = Dictionary(uniqueKeysWithValues: entries.map { ($0.sequence, $0.kind) })
        for (sequence, heir) in plan.superseded.sorted(by: { $0.key < $1.key }) {
            if let heir { try inherit(from: sequence, heir) }
            let reason = kinds[sequence].map(Superseding.reason)
            try db.cachedStatement(
                sql: """
                    UPDATE notices SET status = 'superseded', settled_at = ?,
                        last_reason = IIF(?, last_reason, ?), lease_owner = NULL, lease_until = NULL
                    WHERE sequence = ?
                    """
            ).execute(arguments: [now.microseconds, heir != nil, reason, sequence])
        }
        return !plan.superseded.isEmpty
    }

    private func entries() throws -> [Superseding.Entry] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT sequence, episode, kind, severity,
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
                severity: Severity(rawValue: row[3]) ?? .outage,
                isFrozen: row[4] || kind == nil
            )
        }
    }

    private func change(_ sequence: Int64, _ change: (Notice) -> Notice) throws {
        let notice = change(try NoticeRow.waiting(sequence, db).notice)
        try db.cachedStatement(sql: "UPDATE notices SET kind = ?, document = ? WHERE sequence = ?")
            .execute(arguments: [notice.kind.rawValue, notice.document.jsonText, sequence])
    }

    /// Lets a notice count as having waited as long as one whose place it takes, and tell of what that told.
    private func inherit(from sequence: Int64, _ heir: Int64) throws {
        // What cannot be read tells of nothing.
        let earlier = (try? NoticeRow.waiting(sequence, db))?.notice.earlierEpisodes ?? 0
        if earlier > 0 { try change(heir) { $0.told(after: earlier) } }
        try db.cachedStatement(
            sql: """
                UPDATE notices
                SET created_at = MIN(created_at, (SELECT created_at FROM notices WHERE sequence = ?))
                WHERE sequence = ?
                """
        ).execute(arguments: [sequence, heir])
    }
}
