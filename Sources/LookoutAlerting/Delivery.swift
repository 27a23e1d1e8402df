package import LookoutModel

/// What a worker has claimed and must settle: a notice, or several that are told as one.
///
/// What is in it is frozen: every attempt sends the same under the same name.
package struct Delivery: Hashable, Sendable, Identifiable {
    /// How it is written.
    package enum Form: String, CaseIterable, Hashable, Sendable {
        /// As the receiver writes it.
        case full
        /// In plain words that no template and no markup can spoil, after the receiver refused the other.
        case plain
    }

    /// The same over all attempts: what peers tell a repetition by.
    ///
    /// For a single notice it is the notice's.
    package let id: NoticeID
    /// In the order in which they were committed; never empty, and more than one only in a digest.
    package let notices: [Notice]
    /// The first notice's place among all that were ever committed.
    package var sequence: Int64
    /// How many attempts have failed so far.
    package var failedAttempts: Int
    package var form: Form
    /// What the receiver called its message about the beginning of the same episode, so that this one can
    /// go below it; nil where it calls it nothing.
    package var thread: String?
    package var lease: Lease

    /// A notice by itself.
    package init(
        notice: Notice,
        sequence: Int64,
        failedAttempts: Int,
        form: Form = .full,
        thread: String? = nil,
        lease: Lease
    ) {
        id = notice.id
        notices = [notice]
        self.sequence = sequence
        self.failedAttempts = failedAttempts
        self.form = form
        self.thread = thread
        self.lease = lease
    }

    /// Several notices told as one, under a name of their own.
    ///
    /// Precondition: there is at least one.
    package init(
        id: NoticeID,
        digest notices: [Notice],
        sequence: Int64,
        failedAttempts: Int,
        form: Form = .full,
        lease: Lease
    ) {
        precondition(!notices.isEmpty, "a digest of nothing")
        self.id = id
        self.notices = notices
        self.sequence = sequence
        self.failedAttempts = failedAttempts
        self.form = form
        self.lease = lease
    }

    /// The notice; of a digest, the first.
    package var notice: Notice { notices[0] }
    package var isDigest: Bool { notices.count > 1 }
    package var isAnnouncement: Bool { notice.announcement != nil }
    /// The worst severity in it.
    package var severity: Severity { notices.map(\.severity).min() ?? notice.severity }
    /// When the oldest of its notices was made.
    package var createdAt: Timestamp { notices.map(\.createdAt).min() ?? notice.createdAt }
}

/// The right to send a notice, for a while.
///
/// It carries its end, so that a crash and a stop look
/// the same to the next start.
package struct Lease: Hashable, Sendable {
    /// Which run of the program holds it: unique to each start.
    package var owner: String
    package var until: Timestamp

    package init(owner: String, until: Timestamp) {
        self.owner = owner
        self.until = until
    }
}

/// What a store answers to a worker that asks for work.
package enum Claim: Hashable, Sendable {
    case delivery(Delivery)
    /// There are notices, but none may be sent before this time.
    case notBefore(Timestamp)
    /// There is nothing to be told.
    case nothing
}

/// What became of a delivery.
package enum Settlement: Hashable, Sendable {
    /// The receiver has it, and calls it so where it calls its messages something.
    case delivered(at: Timestamp, reference: String? = nil)
    /// It is to be sent again, not before `due`. Only a counted attempt lengthens the next wait. It is unclear
    /// what the attempt did if the receiver was cut off before it answered.
    case retry(due: Timestamp, countsAttempt: Bool, reason: String, isUnclear: Bool = false)
    /// The receiver refused how it was written; it is to be sent at once in plain words.
    case plain(reason: String)
    /// The receiver refused the digest; its notices are to be sent one by one.
    case split(at: Timestamp, reason: String)
    /// It will never be sent.
    case dead(at: Timestamp, reason: String)
}

/// How much a receiver has still to be told, and what could not be told.
package struct OutboxCounts: Hashable, Sendable {
    /// Not delivered yet, those being sent included.
    package var waiting: Int
    package var delivered: Int
    package var dead: Int
    /// Told as part of a later notice.
    package var superseded: Int
    /// When the oldest waiting notice was made.
    package var oldestWaiting: Timestamp?
    /// When the oldest waiting notice of severity 1 was made.
    package var oldestOutage: Timestamp?

    package init(
        waiting: Int = 0,
        delivered: Int = 0,
        dead: Int = 0,
        superseded: Int = 0,
        oldestWaiting: Timestamp? = nil,
        oldestOutage: Timestamp? = nil
    ) {
        self.waiting = waiting
        self.delivered = delivered
        self.dead = dead
        self.superseded = superseded
        self.oldestWaiting = oldestWaiting
        self.oldestOutage = oldestOutage
    }
}
