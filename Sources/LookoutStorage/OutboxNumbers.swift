import GRDB
import LookoutAlerting
import LookoutModel

/// Counts of the outbox.
enum OutboxNumbers {
    /// For each receiver that was ever told anything: how that stands.
    static func counts(_ db: Database) throws -> [String: OutboxCounts] {
        var counts: [String: OutboxCounts] = [:]
        let rows = try Row.fetchCursor(
            db,
            sql: "SELECT receiver, status, COUNT(*), MIN(created_at) FROM notices GROUP BY receiver, status"
        )
        while let row = try rows.next() {
            let receiver: StoredName = row[0]
            let number: Int = row[2]
            var count = counts[receiver.text] ?? OutboxCounts()
            switch row[1] as String {
            case "waiting":
                count.waiting = number
                count.oldestWaiting = Timestamp(microseconds: row[3])
            case "delivered": count.delivered = number
            case "superseded": count.superseded = number
            default: count.dead = number
            }
            counts[receiver.text] = count
        }
        let outages = try Row.fetchCursor(
            db,
            sql: """
                SELECT receiver, MIN(created_at) FROM notices INDEXED BY notices_waiting
                WHERE status = 'waiting' AND severity = 1 GROUP BY receiver
                """
        )
        while let row = try outages.next() {
            let receiver: StoredName = row[0]
            counts[receiver.text]?.oldestOutage = Timestamp(microseconds: row[1])
        }
        return counts
    }
}
