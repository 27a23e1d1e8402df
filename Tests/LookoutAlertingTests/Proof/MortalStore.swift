import LookoutAlerting
import LookoutModel
import LookoutSimulation

/// The store as one run of the program sees it: the run may be killed in the middle of any call, after which
/// nothing that it still does has an effect.
actor MortalStore: AlertStore {
    /// What becomes of a run at its last call.
    enum End: Hashable, Sendable {
        /// The call did nothing.
        case before
        /// The call did what it should, and nobody was there to hear of it.
        case after
    }

    struct Killed: Error {}

    private let disk: MemoryAlertStore
    private var remaining: (calls: Int, end: End)?
    private(set) var isDead = false

    init(_ disk: MemoryAlertStore) {
        self.disk = disk
    }

    /// Dies with a call that is still to come: with the first one after so many.
    func die(afterCalls calls: Int, _ end: End) {
        remaining = (calls, end)
    }

    func kill() {
        isDead = true
    }

    private func perform<Value: Sendable>(
        _ work: @Sendable (MemoryAlertStore) async throws -> Value
    ) async throws -> Value {
        if isDead { throw Killed() }
        guard let (calls, end) = remaining else { return try await work(disk) }
        guard calls == 0 else {
            remaining = (calls - 1, end)
            return try await work(disk)
        }
        if end == .after { _ = try? await work(disk) }
        kill()
        throw Killed()
    }

    func alerts() async throws -> [Alert] {
        try await perform { try await $0.alerts() }
    }

    func transitions(
        of alert: AlertKey?,
        since time: Timestamp,
        limit: Int
    ) async throws -> [RecordedTransition] {
        try await perform { try await $0.transitions(of: alert, since: time, limit: limit) }
    }

    func commit(_ commit: AlertCommit) async throws {
        try await perform { try await $0.commit(commit) }
    }

    func claim(_ request: ClaimRequest) async throws -> Claim {
        try await perform { try await $0.claim(request) }
    }

    func settle(_ delivery: NoticeID, owner: String, as settlement: Settlement) async throws {
        try await perform { try await $0.settle(delivery, owner: owner, as: settlement) }
    }

    func releaseLeases(exceptOf owner: String) async throws -> Int {
        try await perform { await $0.releaseLeases(exceptOf: owner) }
    }

    func retireReceivers(
        otherThan names: Set<String>,
        at now: Timestamp,
        reason: String
    ) async throws -> Int {
        try await perform { await $0.retireReceivers(otherThan: names, at: now, reason: reason) }
    }

    func outboxCounts() async throws -> [String: OutboxCounts] {
        try await perform { await $0.outboxCounts() }
    }

    func receiverHealth() async throws -> [String: ReceiverHealth] {
        try await perform { await $0.receiverHealth() }
    }

    func setHealth(_ health: ReceiverHealth, of receiver: String) async throws {
        try await perform { try await $0.setHealth(health, of: receiver) }
    }
}
