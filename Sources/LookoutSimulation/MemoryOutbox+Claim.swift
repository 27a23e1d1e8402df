import LookoutAlerting
import LookoutModel

extension MemoryOutbox {
    /// A subject's first waiting notice.
    private struct Head {
        let index: Int
        let subject: String
        /// The worst severity among the subject's waiting notices.
        let urgency: Severity
        let freeAt: Timestamp

        static func comesFirst(_ left: Head, _ right: Head) -> Bool {
            (left.urgency, left.index) < (right.urgency, right.index)
        }
    }

    mutating func claim(_ request: ClaimRequest) -> Claim {
        while true {
            let heads = heads(request)
            guard let best = heads.filter({ $0.freeAt <= request.now }).min(by: Head.comesFirst) else {
                return heads.map(\.freeAt).min().map { .notBefore($0) } ?? .nothing
            }
            if let digest = rows[best.index].digest { return delivery(of: digest, request) }
            let crowd = request.mayDigest && rows[best.index].isDigestible ? digestible(heads) : []
            if crowd.count > request.digestThreshold, let id = request.digestID {
                let chosen = Array(crowd.prefix(request.digestLimit))
                // All of them are tidied up, before anything is looked at again.
                let isTidy = chosen.map { !tidy($0, request) }.allSatisfy { $0 }
                if isTidy { return newDigest(id, of: chosen.map(\.index).sorted(), request) }
            } else if !tidy(best, request) {
                return delivery(of: best.index, request)
            }
        }
    }

    private func heads(_ request: ClaimRequest) -> [Head] {
        (waiting[request.receiver] ?? [:]).compactMap { subject, indices in
            guard let first = indices.first,
                let urgency = indices.map({ rows[$0].notice.severity }).min()
            else { return nil }
            let attempts = rows[first].digest.flatMap { digests[$0]?.attempts } ?? rows[first].attempts
            let times = [attempts.due, attempts.lease?.until].compactMap { $0 }.map(request.reached)
            return Head(index: first, subject: subject, urgency: urgency, freeAt: times.max() ?? request.now)
        }
    }

    private func digestible(_ heads: [Head]) -> [Head] {
        heads.filter { rows[$0.index].isDigestible }.sorted(by: Head.comesFirst)
    }

    /// Lets an alert's notices supersede one another, and gives up an end that nobody asks for; whether
    /// that changed anything.
    private mutating func tidy(_ head: Head, _ request: ClaimRequest) -> Bool {
        let isKeyed = request.isKeyed
        if supersede(
            head.subject,
            of: request.receiver,
            isKeyed: isKeyed,
            sendsResolved: request.sendsResolved,
            at: request.now
        ) {
            return true
        }
        guard isUncalledFor(rows[head.index].notice) else { return false }
        rows[head.index].lastReason = Notice.uncalledFor
        settle(head.index, as: .dead(at: request.now, reason: Notice.uncalledFor))
        return true
    }

    /// Whether it is the end of an episode of which all else was given up at its receiver.
    private func isUncalledFor(_ notice: Notice) -> Bool {
        guard notice.kind == .resolved else { return false }
        let others = settledRows(besides: notice).filter { row in
            if case .superseded = row.status { false } else { row.notice.kind != .resolved }
        }
        return !others.isEmpty && others.allSatisfy { if case .dead = $0.status { true } else { false } }
    }

    private mutating func delivery(of index: Int, _ request: ClaimRequest) -> Claim {
        if rows[index].attempts.lease != nil { rows[index].trial = .unclear }
        rows[index].attempts.lease = request.lease
        rows[index].attempts.due = nil
        let row = rows[index]
        let thread = settledRows(besides: row.notice).compactMap(\.reference).first
        return .delivery(
            Delivery(
                notice: row.notice,
                sequence: row.sequence,
                failedAttempts: row.attempts.failed,
                form: row.attempts.form,
                thread: thread,
                lease: request.lease
            )
        )
    }

    private mutating func newDigest(_ id: NoticeID, of members: [Int], _ request: ClaimRequest) -> Claim {
        digests[id] = Digest(receiver: request.receiver, members: members)
        for index in members { rows[index].digest = id }
        return delivery(of: id, request)
    }

    private mutating func delivery(of id: NoticeID, _ request: ClaimRequest) -> Claim {
        digests[id]?.attempts.lease = request.lease
        digests[id]?.attempts.due = nil
        guard let digest = digests[id] else { return .nothing }
        return .delivery(
            Delivery(
                id: id,
                digest: digest.members.map { rows[$0].notice },
                sequence: rows[digest.members[0]].sequence,
                failedAttempts: digest.attempts.failed,
                form: digest.attempts.form,
                lease: request.lease
            )
        )
    }
}
