import LookoutModel

/// Shows that a receiver can still be told, by a message without meaning that takes the way of all others:
/// decides when the next is made, and makes none.
///
/// Two are made in each period, so that one that comes late does not look like one that never came.
package struct TestMessages: Hashable, Sendable {
    /// What has become of the newest one for a receiver, as the disk says.
    package struct Fate: Hashable, Sendable {
        package var id: NoticeID
        package var status: NoticeRecord.Status
        /// Why the last attempt failed.
        package var reason: String?

        package init(id: NoticeID, status: NoticeRecord.Status, reason: String? = nil) {
            self.id = id
            self.status = status
            self.reason = reason
        }
    }

    fileprivate struct Record: Hashable {
        var made: NoticeID?
        /// On the monotonic clock, as all times here.
        var madeAt: Duration?
        var isWaiting = false
        /// When one was last seen to have arrived; the beginning counts.
        var arrivedAt: Duration
        var reason: String?
    }

    private var records: [String: Record] = [:]

    package init() {}

    /// Takes in what the disk says of each receiver's newest; the receivers for which one is to be made now.
    package mutating func due(
        _ wanted: [Heartbeat.TestMessage],
        fates: [String: Fate],
        at now: Duration
    ) -> [String] {
        let periods = Dictionary(wanted.map { ($0.receiver, $0.period) }, uniquingKeysWith: min)
        records = periods.keys.reduce(into: [:]) { kept, receiver in
            var record = records[receiver] ?? Record(arrivedAt: now)
            record.note(fates[receiver], at: now)
            kept[receiver] = record
        }
        return records.filter { receiver, record in
            guard let period = periods[receiver], !record.isWaiting else { return false }
            return record.madeAt.map { now - $0 >= period / 2 } ?? true
        }
        .keys.sorted()
    }

    /// Takes note that one was put into the outbox.
    package mutating func noteMade(_ id: NoticeID, for receiver: String, at now: Duration) {
        records[receiver]?.made = id
        records[receiver]?.madeAt = now
        records[receiver]?.isWaiting = true
    }

    /// Why a receiver may not be told any more; nil if one arrived within the period.
    package func trouble(with wanted: Heartbeat.TestMessage, at now: Duration) -> String? {
        guard let record = records[wanted.receiver], now - record.arrivedAt > wanted.period else {
            return nil
        }
        let age = (now - record.arrivedAt).components.seconds
        return "no test message has reached receiver \(wanted.receiver) for \(age) s"
            + (record.reason.map { ": \($0)" } ?? "")
    }
}

extension TestMessages.Record {
    fileprivate mutating func note(_ fate: TestMessages.Fate?, at now: Duration) {
        guard let fate else {
            isWaiting = false
            return
        }
        reason = fate.status == .delivered ? nil : fate.reason
        if fate.status == .waiting {
            // It may be from before a restart.
            (made, isWaiting) = (fate.id, true)
        } else if fate.id == made, isWaiting {
            isWaiting = false
            if fate.status == .delivered { arrivedAt = now }
        }
    }
}
