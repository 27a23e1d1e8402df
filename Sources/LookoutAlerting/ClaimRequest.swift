package import LookoutModel

/// What a worker asks a store for: the next delivery to a receiver, and on what terms.
package struct ClaimRequest: Hashable, Sendable {
    package var receiver: String
    package var lease: Lease
    /// The wall clock.
    package var now: Timestamp
    /// A due time or a lease's end further away than this can only stem from a clock that was set back.
    package var horizon: Duration
    /// Whether the receiver's peer keeps alerts by their names: no digest, and an end only after what ended.
    package var isKeyed: Bool
    /// Whether the receiver is told of ends.
    package var sendsResolved: Bool
    /// What a digest would be called, if one is made; nil if none may be.
    package var digestID: NoticeID?
    /// Of how many alerts something may wait before it is told as a digest.
    package var digestThreshold: Int
    /// How many notices a digest has at most.
    package var digestLimit: Int

    package init(
        receiver: String,
        lease: Lease,
        now: Timestamp,
        horizon: Duration,
        isKeyed: Bool = false,
        sendsResolved: Bool = true,
        digestID: NoticeID? = nil,
        digestThreshold: Int = 10,
        digestLimit: Int = 1000
    ) {
        self.receiver = receiver
        self.lease = lease
        self.now = now
        self.horizon = horizon
        self.isKeyed = isKeyed
        self.sendsResolved = sendsResolved
        self.digestID = digestID
        self.digestThreshold = digestThreshold
        self.digestLimit = digestLimit
    }

    package var mayDigest: Bool { !isKeyed && digestID != nil }

    /// The time as it counts: one that lies further ahead than anything is ever put off is reached.
    package func reached(_ time: Timestamp) -> Timestamp {
        time > now + horizon ? now : time
    }
}
