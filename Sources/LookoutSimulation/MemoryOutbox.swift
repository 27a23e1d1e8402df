import LookoutAlerting
import LookoutModel

/// The outbox as plain lists, in memory: what a disk should do, said once more without SQL.
///
/// `MemoryOutbox+Claim.swift` hands deliveries out, `MemoryOutbox+Settle.swift` takes their outcomes.
struct MemoryOutbox {
    typealias Row = MemoryAlertStore.Row

    /// Notices that are told as one.
    struct Digest {
        let receiver: String
        /// Indices of rows, in order.
        let members: [Int]
        var attempts = MemoryAlertStore.Attempts()
        var isWaiting = true
    }

    /// One episode of one alert, or one topic of announcements, as one receiver is told of it.
    struct Story: Hashable {
        let receiver: String
        let subject: String
        let episode: Int

        init(_ notice: Notice) {
            receiver = notice.receiver
            subject = notice.subjectKey
            episode = notice.episode
        }
    }

    /// A row's place is its sequence less one.
    var rows: [Row] = []
    var digests: [NoticeID: Digest] = [:]
    /// Indices of the waiting rows of each receiver's subjects, in order.
    private(set) var waiting: [String: [String: [Int]]] = [:]
    private(set) var places: [NoticeID: Int] = [:]
    private var stories: [Story: [Int]] = [:]
    /// How many may wait for a receiver before what matters least is told in short.
    let crowd: Int

    init(crowd: Int) {
        self.crowd = crowd
    }

    func contains(_ notice: NoticeID) -> Bool { places[notice] != nil }

    /// Those that are told in short.
    func crowded(_ receivers: Set<String>) -> Set<String> {
        receivers.filter { receiver in
            (waiting[receiver] ?? [:]).values.map(\.count).reduce(0, +) > crowd
        }
    }

    mutating func insert(_ notice: Notice, isCrowded: Bool) {
        let index = rows.count
        rows.append(Row(notice: notice, sequence: Int64(index + 1)))
        places[notice.id] = index
        stories[Story(notice), default: []].append(index)
        waiting[notice.receiver, default: [:]][notice.subjectKey, default: []].append(index)
        supersede(
            notice.subjectKey,
            of: notice.receiver,
            isKeyed: true,
            sendsResolved: true,
            isCrowded: isCrowded,
            at: notice.createdAt
        )
    }

    /// Ends the waiting of a row.
    mutating func settle(_ index: Int, as status: Row.Status) {
        rows[index].status = status
        rows[index].attempts.lease = nil
        let notice = rows[index].notice
        var indices = waiting[notice.receiver]?[notice.subjectKey] ?? []
        indices.removeAll { $0 == index }
        waiting[notice.receiver]?[notice.subjectKey] = indices.isEmpty ? nil : indices
    }

    /// Lets the waiting notices of a subject supersede one another; whether any did.
    @discardableResult
    mutating func supersede(
        _ subject: String,
        of receiver: String,
        isKeyed: Bool,
        sendsResolved: Bool,
        isCrowded: Bool = false,
        at now: Timestamp
    ) -> Bool {
        guard let indices = waiting[receiver]?[subject], indices.count > 1 || !sendsResolved else {
            return false
        }
        let entries = indices.map { index in
            Superseding.Entry(
                sequence: rows[index].sequence,
                episode: rows[index].notice.episode,
                kind: rows[index].notice.kind,
                severity: rows[index].notice.severity,
                isFrozen: rows[index].isFrozen
            )
        }
        let plan = Superseding(
            of: entries,
            isKeyed: isKeyed,
            sendsResolved: sendsResolved,
            isCrowded: isCrowded
        )
        for (sequence, kind) in plan.changes(from: entries) { rows[Int(sequence) - 1].rename(kind) }
        for (sequence, heir) in plan.superseded.sorted(by: { $0.key < $1.key }) {
            let index = Int(sequence) - 1
            if let heir {
                let heir = Int(heir) - 1
                rows[heir].since = min(rows[heir].since, rows[index].since)
                rows[heir].notice = rows[heir].notice.told(after: rows[index].notice.earlierEpisodes)
            } else {
                rows[index].lastReason = Superseding.reason(forPassingOver: rows[index].notice.kind)
            }
            settle(index, as: .superseded(at: now))
        }
        for (heir, episodes) in plan.passed {
            rows[Int(heir) - 1].notice = rows[Int(heir) - 1].notice.told(after: episodes)
        }
        return !plan.superseded.isEmpty
    }

    /// What is settled of a notice's episode at its receiver, in order.
    func settledRows(besides notice: Notice) -> [Row] {
        (stories[Story(notice)] ?? []).map { rows[$0] }.filter { $0.status != .waiting }
    }

    var counts: [String: OutboxCounts] {
        var counts: [String: OutboxCounts] = [:]
        for row in rows {
            var count = counts[row.notice.receiver] ?? OutboxCounts()
            switch row.status {
            case .waiting:
                count.waiting += 1
                count.oldestWaiting = min(count.oldestWaiting ?? row.since, row.since)
                if row.notice.severity == .outage {
                    count.oldestOutage = min(count.oldestOutage ?? row.since, row.since)
                }
            case .delivered: count.delivered += 1
            case .dead: count.dead += 1
            case .superseded: count.superseded += 1
            }
            counts[row.notice.receiver] = count
        }
        return counts
    }
}
