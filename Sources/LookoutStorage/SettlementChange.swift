import GRDB
import LookoutAlerting
import LookoutModel

/// What a settlement changes in the row of a notice or of a digest, as the right side of an `UPDATE`.
struct SettlementChange {
    let sql: String
    let values: StatementArguments

    /// - Parameters:
    ///   - settlement: what became of the delivery.
    ///   - isDigest: whether the row is one of `digests`, which has fewer columns.
    init(_ settlement: Settlement, ofDigest isDigest: Bool) {
        let refused = isDigest ? "" : ", tried = IIF(tried = 'no', 'refused', tried)"
        switch settlement {
        case .delivered(at: let time, let reference):
            sql = "status = 'delivered', settled_at = ?" + (isDigest ? "" : ", reference = ?")
            values = isDigest ? [time.microseconds] : [time.microseconds, reference.map(NoticeRow.bounded)]
        case .dead(at: let time, let reason):
            sql = "status = 'dead', settled_at = ?, last_reason = ?"
            values = [time.microseconds, NoticeRow.bounded(reason)]
        case .retry(let due, countsAttempt: let counts, let reason, let isUnclear):
            let tried = isUnclear && !isDigest ? ", tried = 'unclear'" : refused
            sql = "due_at = ?, failed_attempts = failed_attempts + ?, last_reason = ?" + tried
            values = [due.microseconds, counts ? 1 : 0, NoticeRow.bounded(reason)]
        case .plain(let reason):
            sql = "form = 'plain', due_at = NULL, last_reason = ?" + refused
            values = [NoticeRow.bounded(reason)]
        case .split(at: let time, let reason) where isDigest:
            sql = "status = 'split', settled_at = ?, last_reason = ?"
            values = [time.microseconds, NoticeRow.bounded(reason)]
        case .split(at: _, let reason):
            // A notice by itself cannot be split; it is sent again.
            sql = "due_at = NULL, last_reason = ?" + refused
            values = [NoticeRow.bounded(reason)]
        }
    }
}
