import GRDB
import LookoutAlerting
import LookoutModel

/// The choice of the next delivery, in one transaction: tidies up, freezes, leases.
struct NoticeClaim {
    private var request: ClaimRequest
    private let db: Database

    init(_ request: ClaimRequest, _ db: Database) {
        self.request = request
        self.db = db
    }

    mutating func answer() throws -> Claim {
        let queue = NoticeQueue(request: request)
        while let head = try queue.next(db) {
            do {
                if let digest = head.digest {
                    if let delivery = try delivery(ofDigest: digest) { return .delivery(delivery) }
                    try heads.renew(head.sequence, of: request.receiver)
                    continue
                }
                let crowd = request.mayDigest && head.isDigestible ? try queue.crowd(db) : []
                if crowd.count > request.digestThreshold, let id = request.digestID {
                    let chosen = crowd.prefix(request.digestLimit)
                    // All of them are tidied up, before anything is looked at again.
                    var isTidy = true
                    for head in chosen where try tidy(head) { isTidy = false }
                    guard isTidy else { continue }
                    try DigestRow.insert(id, of: chosen.map(\.sequence), request, db)
                    request.digestID = nil
                    let digest = try delivery(ofDigest: id.description)
                    if let digest { return .delivery(digest) }
                } else if try !tidy(head) {
                    return .delivery(try delivery(of: head.sequence))
                }
            } catch let error as NoticeRow.Unreadable {
                // It would stop this receiver for ever; so it counts as what could not be told.
                try bury(error)
            }
        }
        return try queue.earliest(db).map { .notBefore($0) } ?? .nothing
    }

    /// Lets an alert's notices supersede one another, and gives up an end that nobody asks for; whether
    /// that changed anything.
    private func tidy(_ head: NoticeQueue.Head) throws -> Bool {
        if try SupersededRows(receiver: request.receiver, alert: head.alert, now: request.now, db: db)
            .tidy(isKeyed: request.isKeyed, sendsResolved: request.sendsResolved)
        {
            try heads.refresh(.sequence, head.sequence)
            return true
        }
        guard try NoticeRow.isUncalledFor(head.sequence, db) else { return false }
        try NoticeRow.bury(head.sequence, at: request.now, reason: Notice.uncalledFor, db)
        try heads.refresh(.sequence, head.sequence)
        return true
    }

    private var heads: HeadRows { HeadRows(db: db) }

    private func bury(_ notice: NoticeRow.Unreadable) throws {
        try NoticeRow.bury(notice.sequence, at: request.now, reason: notice.description, db)
        try heads.renew(notice.sequence, of: request.receiver)
    }

    private func delivery(of sequence: Int64) throws -> Delivery {
        let waiting = try NoticeRow.waiting(sequence, db)
        try NoticeRow.lease(sequence, request.lease, db)
        try heads.refresh(.sequence, sequence)
        return Delivery(
            notice: waiting.notice,
            sequence: sequence,
            failedAttempts: waiting.failedAttempts,
            form: waiting.form,
            thread: try NoticeRow.thread(of: waiting.notice, db),
            lease: request.lease
        )
    }

    /// The digest with what is left of it; nil, and it is settled, if nothing is.
    private func delivery(ofDigest name: String) throws -> Delivery? {
        guard let id = NoticeID(name), let digest = try DigestRow.waiting(name, db) else {
            try DigestRow.dissolve(name, at: request.now, reason: "the digest cannot be read", db)
            return nil
        }
        var notices: [Notice] = []
        var sequence: Int64?
        for member in try DigestRow.members(of: name, db) {
            do {
                notices.append(try NoticeRow.notice(member.sequence, document: member.document))
                sequence = sequence ?? member.sequence
            } catch {
                try bury(error)
            }
        }
        guard let sequence else {
            try DigestRow.dissolve(name, at: request.now, reason: "none of its notices can be read", db)
            return nil
        }
        try DigestRow.lease(name, request.lease, db)
        try heads.refresh(.digest, name)
        return Delivery(
            id: id,
            digest: notices,
            sequence: sequence,
            failedAttempts: digest.failedAttempts,
            form: digest.form,
            lease: request.lease
        )
    }
}
