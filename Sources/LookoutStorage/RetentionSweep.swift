import GRDB
import LookoutModel

/// The removal of old samples in small steps, check by check.
///
/// A delete by time alone would scan the table, and one for everything would keep writers waiting.
struct RetentionSweep: Sendable {
    private let time: Timestamp
    private let limit: Int
    private var checks: ArraySlice<Int64>
    /// How many samples are gone so far.
    private(set) var removed = 0

    /// - Parameters:
    ///   - time: Samples that started before it go.
    ///   - checks: The numbers of the checks to look at.
    ///   - limit: The most rows that a step deletes.
    init(before time: Timestamp, checks: [Int64], limit: Int) {
        self.time = time
        self.limit = limit
        self.checks = checks[...]
    }

    var isFinished: Bool { checks.isEmpty }

    /// Deletes up to `limit` rows, of as many checks as that takes.
    mutating func step(_ db: Database) throws {
        let boundaries = try db.cachedStatement(
            sql: """
                SELECT started_at FROM samples
                WHERE check_id = ? AND started_at < ? ORDER BY started_at LIMIT 1 OFFSET ?
                """
        )
        let deletion = try db.cachedStatement(
            sql: "DELETE FROM samples WHERE check_id = ? AND started_at < ?"
        )
        var room = limit
        while room > 0, let check = checks.first {
            // The first row that must wait for the next step, if there is one.
            let boundary = try Int64.fetchOne(boundaries, arguments: [check, time.microseconds, room])
            try deletion.execute(arguments: [check, boundary ?? time.microseconds])
            removed += db.changesCount
            room -= db.changesCount
            if boundary == nil { checks.removeFirst() }
        }
    }
}
