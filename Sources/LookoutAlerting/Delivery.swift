package import LookoutModel

/// A notice that a worker has claimed and must settle.
package struct Delivery: Hashable, Sendable {
    package var notice: Notice
    /// The notice's place among all that were ever committed.
    package var sequence: Int64
    /// How many attempts have failed so far.
    package var failedAttempts: Int
    package var lease: Lease

    package init(notice: Notice, sequence: Int64, failedAttempts: Int, lease: Lease) {
        self.notice = notice
        self.sequence = sequence
        self.failedAttempts = failedAttempts
        self.lease = lease
    }
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
    /// The receiver has it.
    case delivered(at: Timestamp)
    /// It is to be sent again, not before `due`. Only a counted attempt lengthens the next wait.
    case retry(due: Timestamp, countsAttempt: Bool, reason: String)
    /// It will never be sent.
    case dead(at: Timestamp, reason: String)
}

/// How much a receiver has still to be told, and what could not be told.
package struct OutboxCounts: Hashable, Sendable {
    /// Not delivered yet, those being sent included.
    package var waiting: Int
    package var delivered: Int
    package var dead: Int
    /// When the oldest waiting notice was made.
    package var oldestWaiting: Timestamp?

    package init(waiting: Int = 0, delivered: Int = 0, dead: Int = 0, oldestWaiting: Timestamp? = nil) {
        self.waiting = waiting
        self.delivered = delivered
        self.dead = dead
        self.oldestWaiting = oldestWaiting
    }
}
