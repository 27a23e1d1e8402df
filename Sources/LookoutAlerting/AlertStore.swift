package import LookoutModel

/// Where alerts and what is to be told about them are kept: the port that the SQLite adapter fulfils.
///
/// Every method is one transaction that is on the disk when it returns, and did nothing if it
/// throws. `AlertStoreContract` in the test support says in tests what is said here in words.
package protocol AlertStore: Sendable {
    /// All alert rows, in any order.
    func alerts() async throws -> [Alert]

    /// What happened at or after a time, to all alerts or to one: in the order of the commits, and if
    /// that is more than `limit`, the newest.
    ///
    /// What happened to an alert that is no more (it passed by without firing) is still there.
    func transitions(
        of alert: AlertKey?,
        since time: Timestamp,
        limit: Int
    ) async throws -> [AlertTransition]

    /// Writes the rows, removes the removed, and appends transitions and notices in their order.
    ///
    /// A row replaces the one with its key. Each notice gets the next place in the sequence of all
    /// notices, is due at once, and throws if its id is there already.
    func commit(_ commit: AlertCommit) async throws

    /// Hands out the receiver's most urgent notice that may be sent now, under the lease.
    ///
    /// - An alert's notices go out in sequence: only its first undelivered one may be claimed, and
    ///   while that one is leased or not yet due, none.
    /// - Among alerts, the one with the worst severity in any of its undelivered notices comes
    ///   first (so nothing urgent waits behind its own milder beginning), then the earlier sequence.
    /// - A notice may be sent if it is due and no lease on it is running.
    /// - Who was never told of an episode is not told of its end: a `resolved` is given up, with the reason
    ///   `Notice.uncalledFor`, if there were other notices of its episode to this receiver and none of
    ///   them was delivered.
    /// - A due time or a lease's end further away than `horizon` can only stem from a clock that was set
    ///   back, and counts as reached.
    func claim(
        for receiver: String,
        lease: Lease,
        at now: Timestamp,
        horizon: Duration
    ) async throws -> Claim

    /// Ends the lease on a notice and records what became of it. Does nothing if the notice is settled
    /// for good already or unknown, or if its lease belongs to another owner.
    func settle(_ notice: NoticeID, owner: String, as settlement: Settlement) async throws

    /// Ends all leases of other owners, so that what a dead process was sending is sent again.
    /// The number of notices freed.
    func releaseLeases(exceptOf owner: String) async throws -> Int

    /// Declares dead what is still to be told to receivers that are not configured any more.
    /// The number of notices.
    func retireReceivers(otherThan names: Set<String>, at now: Timestamp, reason: String) async throws -> Int

    /// For each receiver that was ever told anything: how that stands.
    func outboxCounts() async throws -> [String: OutboxCounts]
}
