package import LookoutAlerting
package import LookoutModel

extension MemoryAlertStore {
    /// How the attempts at a delivery went so far.
    package struct Attempts: Hashable, Sendable {
        /// Nil is at once.
        package var due: Timestamp?
        package var failed = 0
        package var lease: Lease?
        package var form = Delivery.Form.full
    }

    /// A row of the outbox.
    package struct Row: Hashable, Sendable {
        /// Where a notice stands.
        package enum Status: Hashable, Sendable {
            case waiting
            case delivered(at: Timestamp)
            case dead(at: Timestamp, reason: String)
            case superseded(at: Timestamp)
        }

        /// Whether somebody may have seen it.
        package enum Trial: Hashable, Sendable {
            case none
            /// It was sent, and what became of that is not known.
            case unclear
            case refused
        }

        package var notice: Notice
        package var sequence: Int64
        package var status = Status.waiting
        package var attempts = Attempts()
        package var trial = Trial.none
        /// Whether it was refused in a digest and is in none any more.
        package var isAlone = false
        /// The digest that it is told in.
        package var digest: NoticeID?
        /// When it was made, or what it took the place of.
        package var since: Timestamp
        /// What the receiver calls the message.
        package var reference: String?
        package var lastReason: String?

        init(notice: Notice, sequence: Int64) {
            self.notice = notice
            self.sequence = sequence
            since = notice.createdAt
        }

        package var failedAttempts: Int { attempts.failed }
        package var lease: Lease? { attempts.lease }

        /// Whether it must stay as it is.
        var isFrozen: Bool { trial != .none || attempts.lease != nil || digest != nil || isAlone }
        /// Whether it may be told in a new digest.
        var isDigestible: Bool {
            digest == nil && notice.isDigestible && !isAlone && trial != .unclear && attempts.lease == nil
        }

        mutating func rename(_ kind: Notice.Kind) {
            notice = notice.told(as: kind)
        }

        /// The row as it is shown to people.
        var record: NoticeRecord {
            let (status, settledAt): (NoticeRecord.Status, Timestamp?) =
                switch self.status {
                case .waiting: (.waiting, nil)
                case .delivered(at: let time): (.delivered, time)
                case .dead(at: let time, reason: _): (.dead, time)
                case .superseded(at: let time): (.superseded, time)
                }
            let failed = attempts.failed
            return NoticeRecord(
                notice: notice,
                status: status,
                failedAttempts: failed,
                settledAt: settledAt,
                reason: lastReason
            )
        }
    }
}
