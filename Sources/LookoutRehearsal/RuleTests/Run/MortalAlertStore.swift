import LookoutAlerting
import LookoutModel
import LookoutSimulation
import Synchronization

/// The alerts' store as one run of the program sees it: once that is killed, nothing of it gets through.
final class MortalAlertStore: AlertStore {
    /// What a dead program gets for an answer.
    struct Dead: Error {}

    private let store: MemoryAlertStore
    private let timeline: Timeline
    private let isDead = Mutex(false)

    init(_ store: MemoryAlertStore, timeline: Timeline) {
        self.store = store
        self.timeline = timeline
    }

    /// From now on the program is dead.
    func die() {
        isDead.withLock { $0 = true }
    }

    private func checkAlive() throws {
        if isDead.withLock({ $0 }) { throw Dead() }
    }

    func alerts() async throws -> [Alert] {
        try checkAlive()
        return try await store.alerts()
    }

    func transitions(
        of alert: AlertKey?,
        since time: Timestamp,
        limit: Int
    ) async throws -> [RecordedTransition] {
        try checkAlive()
        return try await store.transitions(of: alert, since: time, limit: limit)
    }

    func commit(_ commit: AlertCommit) async throws {
        try checkAlive()
        let before = commit.removed.isEmpty ? [] : try await store.alerts()
        try await store.commit(commit)
        let ids = Dictionary((before + commit.alerts).map { ($0.key, $0.id) }) { $1 }
        for transition in commit.transitions {
            guard let id = ids[transition.alert] else { continue }
            timeline.record(.transition(transition, id))
        }
    }

    func claim(_ request: ClaimRequest) async throws -> Claim {
        try checkAlive()
        return try await store.claim(request)
    }

    func settle(_ delivery: NoticeID, owner: String, as settlement: Settlement) async throws {
        try checkAlive()
        try await store.settle(delivery, owner: owner, as: settlement)
    }

    func receiverHealth() async throws -> [String: ReceiverHealth] {
        try checkAlive()
        return await store.receiverHealth()
    }

    func setHealth(_ health: ReceiverHealth, of receiver: String) async throws {
        try checkAlive()
        try await store.setHealth(health, of: receiver)
    }

    func releaseLeases(exceptOf owner: String) async throws -> Int {
        try checkAlive()
        return await store.releaseLeases(exceptOf: owner)
    }

    func retireReceivers(
        otherThan names: Set<String>,
        at now: Timestamp,
        reason: String
    ) async throws -> Int {
        try checkAlive()
        return await store.retireReceivers(otherThan: names, at: now, reason: reason)
    }

    func outboxCounts() async throws -> [String: OutboxCounts] {
        try checkAlive()
        return await store.outboxCounts()
    }
}
