/// When each of the things that Lookout lives by last worked: the dead-man's switch and the service
/// manager's watchdog go by the same.
package struct Vitals: Hashable, Sendable {
    /// Something without which Lookout is of no use.
    package enum Function: String, CaseIterable, Hashable, Sendable {
        /// Checks begin when they are due.
        case scheduling
        /// Rules are evaluated and alerts are judged.
        case evaluation
        /// What was judged reaches the disk.
        case commit
    }

    /// What is known of one of them.
    private struct Record: Hashable {
        /// On the monotonic clock; the start counts, so that a fresh agent is not taken for a dead one.
        var workedAt: Duration
        /// When it last answered at all, if only that it cannot.
        var answeredAt: Duration
        var trouble: String?
    }

    private var records: [Function: Record] = [:]

    package init(startedAt now: Duration) {
        for function in Function.allCases {
            records[function] = Record(workedAt: now, answeredAt: now)
        }
    }

    /// Takes note that it worked.
    package mutating func note(_ function: Function, at now: Duration) {
        records[function] = Record(workedAt: now, answeredAt: now)
    }

    /// Takes note that it did not work, and why.
    package mutating func note(_ function: Function, failed reason: String, at now: Duration) {
        records[function]?.answeredAt = now
        records[function]?.trouble = reason
    }

    /// What has not worked for a time, each in one sentence.
    package func troubles(within period: Duration, at now: Duration) -> [String] {
        Function.allCases.compactMap { function in
            guard let record = records[function], now - record.workedAt > period else { return nil }
            let age = (now - record.workedAt).components.seconds
            return "\(function.rawValue) has not worked for \(age) s"
                + (record.trouble.map { ": \($0)" } ?? "")
        }
    }

    /// Whether something hangs, which a restart may mend; a disk that says it is full does not hang.
    package func isHanging(for period: Duration, at now: Duration) -> Bool {
        records.values.contains { now - $0.answeredAt > period }
    }
}
