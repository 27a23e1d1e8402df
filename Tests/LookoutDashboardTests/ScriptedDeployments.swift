import LookoutModel
import Synchronization

@testable import LookoutDashboard
@testable import LookoutDeployments

/// Deployments that a test wrote down, and what was asked of them.
final class ScriptedDeployments: DeploymentControl {
    struct State {
        var events: [DeploymentID: [DeploymentEvent]] = [:]
        var runs: [CheckID: ComparedRuns] = [:]
        var concerns: [WatchVerdict.Reason] = []
        var requests: [DeploymentRequest] = []
        var gates: [GateRequest] = []
        var madeBackup = false
        var isBroken = false
    }

    struct Broken: Error {}

    let environment = "production"
    let now = Timestamp(seconds: 1_795_348_800)
    let state = Mutex(State())

    func deployments(limit: Int, before time: Timestamp?) async throws -> [DeploymentSummary] {
        state.withLock { state in
            state.events.compactMap { DeploymentSummary(Deployment($0.key, events: $0.value)) }
                .filter { summary in time.map { summary.beganAt < $0 } ?? true }
                .sorted { $0.beganAt > $1.beganAt }
                .prefix(limit)
                .map { $0 }
        }
    }

    func events(of id: DeploymentID) async throws -> [DeploymentEvent] {
        try state.withLock { state in
            if state.isBroken { throw Broken() }
            return state.events[id] ?? []
        }
    }

    func concerns(about id: DeploymentID) async -> [WatchVerdict.Reason] { state.withLock { $0.concerns } }

    func runs(of id: DeploymentID) async throws -> [CheckID: ComparedRuns] { state.withLock { $0.runs } }

    func perform(_ request: DeploymentRequest, on id: DeploymentID?) async throws -> Deployment {
        try state.withLock { state in
            if state.isBroken { throw Broken() }
            var target = id
            if case .start(_, let name) = request {
                let text = name ?? "20261123-200000"
                guard let new = DeploymentID(text) else { throw DeploymentRefusal.badName(text) }
                guard state.events[new] == nil else { throw DeploymentRefusal.taken(text) }
                target = new
            }
            guard let target, state.events[target] != nil || id == nil else {
                throw DeploymentRefusal.noSuchDeployment(id?.text ?? "")
            }
            let current = state.events[target].map { Deployment(target, events: $0) }
            state.events[target, default: []] += try request.events(for: current, at: now)
            state.requests.append(request)
            return Deployment(target, events: state.events[target] ?? [])
        }
    }

    func preflight(_ request: GateRequest, createsBackup: Bool) async throws -> Preflight.Result {
        state.withLock { state in
            state.gates.append(request)
            state.madeBackup = createsBackup
            let finding = GateReport.Finding("staging-healthy", "staging has been healthy", .unknown)
            let report = GateReport(
                at: now,
                environment: request.intent.environment,
                findings: [finding],
                overrides: request.overrides
            )
            return Preflight.Result(report: report, remarks: ["no commit status was posted"])
        }
    }
}
