import LookoutAlerting
import LookoutModel

extension MemoryOutbox {
    mutating func settle(_ delivery: NoticeID, owner: String, as settlement: Settlement) {
        if let index = places[delivery], rows[index].status == .waiting,
            rows[index].attempts.lease?.owner == owner
        {
            settleNotice(index, as: settlement)
        } else if let digest = digests[delivery], digest.isWaiting, digest.attempts.lease?.owner == owner {
            settleDigest(delivery, digest, as: settlement)
        }
    }

    private mutating func settleNotice(_ index: Int, as settlement: Settlement) {
        rows[index].attempts.note(settlement)
        switch settlement {
        case .delivered(at: let time, let reference):
            rows[index].reference = reference
            settle(index, as: .delivered(at: time))
        case .dead(at: let time, let reason):
            rows[index].lastReason = reason
            settle(index, as: .dead(at: time, reason: reason))
        case .retry(due: _, countsAttempt: _, let reason, let isUnclear):
            rows[index].lastReason = reason
            if isUnclear { rows[index].trial = .unclear }
            if rows[index].trial == .none { rows[index].trial = .refused }
        case .plain(let reason), .split(at: _, let reason):
            rows[index].lastReason = reason
            if rows[index].trial == .none { rows[index].trial = .refused }
        }
    }

    private mutating func settleDigest(_ id: NoticeID, _ digest: Digest, as settlement: Settlement) {
        digests[id]?.attempts.note(settlement)
        switch settlement {
        case .delivered(at: let time, reference: _):
            digests[id]?.isWaiting = false
            for index in digest.members { settle(index, as: .delivered(at: time)) }
        case .dead(at: let time, let reason):
            digests[id]?.isWaiting = false
            for index in digest.members {
                rows[index].lastReason = reason
                settle(index, as: .dead(at: time, reason: reason))
            }
        case .split(at: _, let reason):
            digests[id]?.isWaiting = false
            for index in digest.members {
                rows[index].digest = nil
                rows[index].isAlone = true
                rows[index].attempts.due = nil
                rows[index].lastReason = reason
            }
        case .retry, .plain: break
        }
    }

    mutating func releaseLeases(exceptOf owner: String) -> Int {
        var count = 0
        for index in rows.indices where rows[index].attempts.lease.map({ $0.owner != owner }) ?? false {
            rows[index].attempts.lease = nil
            rows[index].trial = .unclear
            count += 1
        }
        for (id, digest) in digests where digest.attempts.lease.map({ $0.owner != owner }) ?? false {
            digests[id]?.attempts.lease = nil
            count += 1
        }
        return count
    }

    mutating func retireReceivers(otherThan names: Set<String>, at now: Timestamp, reason: String) -> Int {
        var count = 0
        for (receiver, alerts) in waiting where !names.contains(receiver) {
            for index in alerts.values.joined() {
                rows[index].lastReason = reason
                settle(index, as: .dead(at: now, reason: reason))
                count += 1
            }
        }
        for (id, digest) in digests where digest.isWaiting && !names.contains(digest.receiver) {
            digests[id]?.isWaiting = false
            digests[id]?.attempts.lease = nil
        }
        return count
    }
}

extension MemoryAlertStore.Attempts {
    /// Ends the lease, and takes over what a settlement says about the next attempt.
    mutating func note(_ settlement: Settlement) {
        lease = nil
        switch settlement {
        case .retry(let due, countsAttempt: let counts, reason: _, isUnclear: _):
            self.due = due
            failed += counts ? 1 : 0
        case .plain:
            form = .plain
            due = nil
        case .split: due = nil
        case .delivered, .dead: break
        }
    }
}
