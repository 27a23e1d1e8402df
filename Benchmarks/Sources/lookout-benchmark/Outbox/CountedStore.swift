import LookoutAlerting
import LookoutModel
import Synchronization

/// A store whose commits are counted.
final class CountedStore: AlertStore {
    private let store: any AlertStore
    private let count = Mutex(0)

    init(_ store: any AlertStore) {
        self.store = store
    }

    var commits: Int { count.withLock(\.self) }

    func commit(_ commit: AlertCommit) async throws {
        count.withLock { $0 += 1 }
        try await store.commit(commit)
    }

    func alerts() async throws -> [Alert] { try await store.alerts() }

    func transitions(
        of alert: AlertKey?,
        since time: Timestamp,
        limit: Int
    ) async throws -> [RecordedTransition] {
        try await store.transitions(of: alert, since: time, limit: limit)
    }

    func claim(_ request: ClaimRequest) async throws -> Claim { try await store.claim(request) }

    func settle(_ delivery: NoticeID, owner: String, as settlement: Settlement) async throws {
        try await store.settle(delivery, owner: owner, as: settlement)
    }

    func releaseLeases(exceptOf owner: String) async throws -> Int {
        try await store.releaseLeases(exceptOf: owner)
    }

    func retireReceivers(otherThan names: Set<String>, at now: Timestamp, reason: String) async throws -> Int
    {
        try await store.retireReceivers(otherThan: names, at: now, reason: reason)
    }

    func outboxCounts() async throws -> [String: OutboxCounts] { try await store.outboxCounts() }

    func receiverHealth() async throws -> [String: ReceiverHealth] { try await store.receiverHealth() }

    func setHealth(_ health: ReceiverHealth, of receiver: String) async throws {
        try await store.setHealth(health, of: receiver)
    }
}
