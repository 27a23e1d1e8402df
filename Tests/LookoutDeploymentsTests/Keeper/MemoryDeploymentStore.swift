import LookoutModel
import Synchronization

@testable import LookoutDeployments

/// A store that forgets nothing but what a test takes from it.
final class MemoryDeploymentStore: DeploymentStore {
    struct Failure: Error {}

    private struct State {
        var events: [DeploymentID: [DeploymentEvent]] = [:]
        var order: [DeploymentID] = []
        var runs: [DeploymentID: [CheckID: ComparedRuns]] = [:]
        var snapshots: [VariableSnapshot] = []
        var isBroken = false
        /// How many operations there are left before the process dies.
        var left: Int?
        /// Whether the last of them is kept all the same.
        var keepsLast = false
    }

    private let state = Mutex(State())

    var isBroken: Bool {
        get { state.withLock { $0.isBroken } }
        set { state.withLock { $0.isBroken = newValue } }
    }

    /// Lets the process die at an operation; none is carried out after it.
    func die(after operations: Int, keepingLast: Bool) {
        state.withLock { ($0.left, $0.keepsLast) = (operations, keepingLast) }
    }

    /// Another process begins.
    func revive() {
        state.withLock { ($0.left, $0.isBroken) = (nil, false) }
    }

    private func access<Value: Sendable>(
        _ body: (inout sending State) throws -> sending Value
    ) async throws -> Value {
        // A store takes its time: others may run meanwhile, and the task may end here.
        await Task.yield()
        return try state.withLock { state in
            if state.isBroken { throw Failure() }
            if let left = state.left {
                if left <= 1, state.keepsLast { _ = try body(&state) }
                state.left = left - 1
                if left <= 1 {
                    state.isBroken = true
                    throw Failure()
                }
            }
            return try body(&state)
        }
    }

    func append(_ events: [DeploymentEvent], to id: DeploymentID, after count: Int) async throws {
        try await access { state in
            guard state.events[id, default: []].count == count else { throw DeploymentConflict() }
            if count == 0 { state.order.append(id) }
            state.events[id, default: []] += events
        }
    }

    func events(of id: DeploymentID) async throws -> [DeploymentEvent] {
        try await access { $0.events[id] ?? [] }
    }

    func deployments(limit: Int, before time: Timestamp?) async throws -> [DeploymentID] {
        try await summaries(limit: limit, before: time).map(\.id)
    }

    func summaries(limit: Int, before time: Timestamp?) async throws -> [DeploymentSummary] {
        try await access { state in
            let all = state.order.reversed().compactMap { id in
                DeploymentSummary(Deployment(id, events: state.events[id] ?? []))
            }
            return Array(all.filter { time == nil || $0.beganAt < time ?? .epoch }.prefix(limit))
        }
    }

    func openDeployments() async throws -> [DeploymentID] {
        try await access { state in
            state.order.filter { !Deployment($0, events: state.events[$0] ?? []).isClosed }
        }
    }

    func keep(_ runs: [CheckID: ComparedRuns], of id: DeploymentID) async throws {
        try await access { $0.runs[id, default: [:]].merge(runs) { _, new in new } }
    }

    func runs(of id: DeploymentID) async throws -> [CheckID: ComparedRuns] {
        try await access { $0.runs[id] ?? [:] }
    }

    func variables(of place: VariablePlace, before time: Timestamp) async throws -> VariableSnapshot? {
        try await access { $0.snapshots.last { $0.place == place && $0.at < time } }
    }

    func keep(_ snapshot: VariableSnapshot) async throws {
        try await access { $0.snapshots.append(snapshot) }
    }

    /// All deployments with their events, the oldest first.
    var deployments: [Deployment] {
        state.withLock { state in state.order.map { Deployment($0, events: state.events[$0] ?? []) } }
    }

    func kinds(of id: DeploymentID) -> [String] {
        state.withLock { ($0.events[id] ?? []).map(\.kind.word) }
    }
}
