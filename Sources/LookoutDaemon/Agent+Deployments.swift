import LookoutConfiguration
import LookoutDashboard
import LookoutDeployments
import LookoutModel
import LookoutPipeline
import LookoutRules
import LookoutStorage

extension Agent {
    /// How often the rules are told of a deployment that has begun.
    private static let newsInterval = Duration.seconds(5)

    /// Keeps deployments, under another configuration when there is one; until cancelled.
    ///
    /// All that a keeper knows is stored, so the next one goes on where it was.
    func keepDeployments() async throws {
        while true {
            let seen = deployments.changes.generation
            let current = deployments.current
            await withTaskGroup(of: Void.self) { [deployments, pipeline, system] group in
                if let keeper = current?.keeper {
                    group.addTask { await keeper.run() }
                    group.addTask {
                        var told: Set<DeploymentID> = []
                        while !Task.isCancelled {
                            for deployment in await keeper.open where told.insert(deployment.id).inserted {
                                guard let time = deployment.beganAt else { continue }
                                let release = Release(id: deployment.id.text, version: nil, beganAt: time)
                                await pipeline.note(release, in: deployment.environment)
                            }
                            try? await system.timekeeper.sleep(for: Self.newsInterval)
                        }
                    }
                }
                group.addTask { await deployments.changes.wait(beyond: seen) }
                // The keeper ends only with the task, so the first to end is the change.
                await group.next()
                group.cancelAll()
            }
            try Task.checkCancellation()
        }
    }
}

extension Configuration {
    /// Whether deployments are kept the same way under another configuration.
    func keepsDeployments(as other: Configuration) -> Bool {
        deployments == other.deployments && dataDirectory == other.dataDirectory
            && sources.rules == other.sources.rules
    }
}

/// Deployments as the local API works with them.
struct DeploymentDesk: DeploymentControl {
    let deployments: AgentDeployments

    var environment: String { deployments.settings.production.name }

    func deployments(limit: Int, before time: Timestamp?) async throws -> [DeploymentSummary] {
        try await deployments.store.summaries(limit: limit, before: time)
    }

    func events(of id: DeploymentID) async throws -> [DeploymentEvent] {
        try await deployments.store.events(of: id)
    }

    func concerns(about id: DeploymentID) async -> [WatchVerdict.Reason] {
        await deployments.keeper.concerns(about: id)
    }

    func runs(of id: DeploymentID) async throws -> [CheckID: ComparedRuns] {
        try await deployments.store.runs(of: id)
    }

    func perform(
        _ request: DeploymentRequest,
        on id: DeploymentID?
    ) async throws -> LookoutDeployments.Deployment {
        try await deployments.keeper.perform(request, on: id)
    }

    func preflight(_ request: GateRequest, createsBackup: Bool) async throws -> Preflight.Result {
        await deployments.preflight.run(request, createsBackup: createsBackup)
    }
}
