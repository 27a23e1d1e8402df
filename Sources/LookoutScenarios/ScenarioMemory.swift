import LookoutDeployments
import LookoutModel
import Synchronization

/// The deployments of a scenario, in memory.
final class ScenarioMemory: DeploymentStore {
    private struct State {
        var events: [DeploymentID: [DeploymentEvent]] = [:]
        /// In the order in which they began.
        var order: [DeploymentID] = []
        var runs: [DeploymentID: [CheckID: ComparedRuns]] = [:]
        var snapshots: [VariableSnapshot] = []
    }

    private let state = Mutex(State())

    func append(_ events: [DeploymentEvent], to id: DeploymentID, after count: Int) async throws {
        try state.withLock { state in
            guard state.events[id, default: []].count == count else { throw DeploymentConflict() }
            if count == 0 { state.order.append(id) }
            state.events[id, default: []] += events
        }
    }

    func events(of id: DeploymentID) async throws -> [DeploymentEvent] {
        state.withLock { $0.events[id] ?? [] }
    }

    func deployments(limit: Int, before time: Timestamp?) async throws -> [DeploymentID] {
        let summaries = try await summaries(limit: limit, before: time)
        return summaries.map(\.id)
    }

    func summaries(limit: Int, before time: Timestamp?) async throws -> [DeploymentSummary] {
        all.reversed().compactMap { DeploymentSummary($0) }
            .filter { summary in time.map { summary.beganAt < $0 } ?? true }
            .prefix(limit).map(\.self)
    }

    func openDeployments() async throws -> [DeploymentID] { all.filter { !$0.isClosed }.map(\.id) }

    func keep(_ runs: [CheckID: ComparedRuns], of id: DeploymentID) async throws {
        state.withLock { $0.runs[id] = runs }
    }

    func runs(of id: DeploymentID) async throws -> [CheckID: ComparedRuns] {
        state.withLock { $0.runs[id] ?? [:] }
    }

    func variables(
        of place: VariablePlace,
        before time: Timestamp
    ) async throws -> VariableSnapshot? {
        state.withLock { $0.snapshots.last { $0.place == place && $0.at < time } }
    }

    func keep(_ snapshot: VariableSnapshot) async throws {
        state.withLock { $0.snapshots.append(snapshot) }
    }

    /// All deployments as they stand, the oldest first.
    var all: [Deployment] {
        state.withLock { state in state.order.map { Deployment($0, events: state.events[$0] ?? []) } }
    }
}
