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
    ) async throws -> [RecordedTransition]

    /// Writes the rows, removes the removed, and appends transitions, notices and announcements in their order.
    ///
    /// A row replaces the one with its key. Each notice gets the next place in the sequence of all
    /// notices, is due at once, and throws if its id is there already. What waits of its alert for its
    /// receiver is superseded as for a peer that keeps alerts by their names, so that what cannot be told
    /// for long does not pile up.
    func commit(_ commit: AlertCommit) async throws

    /// Hands out the receiver's most urgent delivery that may be sent now, under the lease.
    ///
    /// - An alert's notices go out in sequence: only its first undelivered one may be claimed, and
    ///   while that one is leased or not yet due, none.
    /// - Among alerts, the one with the worst severity in any of its undelivered notices comes
    ///   first (so nothing urgent waits behind its own milder beginning), then the earlier sequence.
    /// - A notice may be sent if it is due and no lease on it is running.
    /// - Notices of its alert that were never tried supersede one another first (`Superseding`).
    /// - Who was never told of an episode is not told of its end: a `resolved` is given up, with the reason
    ///   `Notice.uncalledFor`, if there were other notices of its episode to this receiver and none of
    ///   them was delivered.
    /// - If of more alerts than the threshold something waits, and of nothing is it unclear whether it was
    ///   taken, the first ones are told as a digest from then on, under the request's name for it: the most
    ///   urgent alerts, up to the limit. A digest stays as it is until it is settled.
    /// - A due time or a lease's end further away than `horizon` can only stem from a clock that was set
    ///   back, and counts as reached.
    func claim(_ request: ClaimRequest) async throws -> Claim

    /// Ends the lease on a delivery and records what became of it. Does nothing if that is settled
    /// for good already or unknown, or if its lease belongs to another owner.
    func settle(_ delivery: NoticeID, owner: String, as settlement: Settlement) async throws

    /// Ends all leases of other owners, so that what a dead process was sending is sent again.
    /// The number of deliveries freed.
    func releaseLeases(exceptOf owner: String) async throws -> Int

    /// Declares dead what is still to be told to receivers that are not configured any more.
    /// The number of notices.
    func retireReceivers(otherThan names: Set<String>, at now: Timestamp, reason: String) async throws -> Int

    /// For each receiver that was ever told anything: how that stands.
    func outboxCounts() async throws -> [String: OutboxCounts]

    /// How the receivers fared that did not work when that was last recorded.
    func receiverHealth() async throws -> [String: ReceiverHealth]

    /// Records how a receiver fares, so that a restart does not forget how long it asked to be left alone.
    func setHealth(_ health: ReceiverHealth, of receiver: String) async throws
}

extension AlertStore {
    /// Claims as for a receiver whose peer keeps alerts by their names: no digests.
    package func claim(
        for receiver: String,
        lease: Lease,
        at now: Timestamp,
        horizon: Duration
    ) async throws -> Claim {
        try await claim(
            ClaimRequest(receiver: receiver, lease: lease, now: now, horizon: horizon, isKeyed: true)
        )
    }
}
