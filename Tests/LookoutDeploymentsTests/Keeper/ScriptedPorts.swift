import LookoutModel
import LookoutSimulation

@testable import LookoutDeployments

struct ScriptedHost: HostingProvider {
    let world: ScriptedWorld
    let part: EnvironmentPart

    var name: String { part == .frontend ? "netlify" : "render" }

    private func answer<Value: Sendable>(
        _ body: (inout sending ScriptedWorld.State) -> sending Value
    ) async throws(ProviderFailure) -> Value {
        let (failure, isSilent) = world.read { ($0.failures[part], $0.silent.contains(part)) }
        if isSilent {
            // Hangs until it is cancelled.
            try? await world.timekeeper.sleep(for: .seconds(1_000_000))
            throw .unreachable("cancelled")
        }
        await Task.yield()
        if let failure { throw failure }
        return world.read(body)
    }

    func access() async throws(ProviderFailure) -> ProviderAccess { ProviderAccess() }
    func service() async throws(ProviderFailure) -> HostedService {
        try await answer { $0.services[part] ?? HostedService(id: "srv", name: "x") }
    }
    func live() async throws(ProviderFailure) -> ProviderDeploy? {
        try await answer { state in state.deploys[part]?.first { $0.id == state.live[part] } }
    }
    func deploys(limit: Int) async throws(ProviderFailure) -> [ProviderDeploy] {
        try await answer { Array(($0.deploys[part] ?? []).prefix(limit)) }
    }
    func deploy(_ id: String) async throws(ProviderFailure) -> ProviderDeploy { throw .notFound(id) }
    func variables() async throws(ProviderFailure) -> [ProviderVariable] {
        guard part == .backend else { return [] }
        return world.read { $0.variables }.map { ProviderVariable($0.key, value: Secret($0.value)) }
    }
    func logLines(
        containing text: String,
        since: Timestamp,
        limit: Int
    ) async throws(ProviderFailure) -> [LogLine] { [] }
}

struct ScriptedRepository: GitRepository {
    let world: ScriptedWorld

    func refresh() async throws(ProviderFailure) { await Task.yield() }
    func remoteCommit(of branch: String) async throws(ProviderFailure) -> CommitID? { world.read { $0.head } }
    func remoteBranches(withPrefix prefix: String) async throws(ProviderFailure) -> [String: CommitID] { [:] }
    func commit(_ id: CommitID) async throws(ProviderFailure) -> Commit {
        Commit(id, parents: [], subject: "feat: sync", author: "ada", at: world.start)
    }
    func commits(from old: CommitID, to new: CommitID, limit: Int) async throws(ProviderFailure) -> [Commit] {
        [try await commit(new)]
    }
    func isAncestor(_ old: CommitID, of new: CommitID) async throws(ProviderFailure) -> Bool {
        world.read { state in
            guard let one = state.mainline.firstIndex(of: old), let other = state.mainline.firstIndex(of: new)
            else {
                return false
            }
            return one >= other
        }
    }
    func mergeBase(_ one: CommitID, _ other: CommitID) async throws(ProviderFailure) -> CommitID? { nil }
    func mainline(of branch: String, limit: Int) async throws(ProviderFailure) -> [Commit] { [] }
    func changedFiles(from old: CommitID, to new: CommitID) async throws(ProviderFailure) -> [String] {
        world.read { $0.changedFiles }
    }
    func files(under folder: String, at commit: CommitID) async throws(ProviderFailure) -> [String] { [] }
    func createRemoteBranch(_ name: String, at commit: CommitID) async throws(ProviderFailure) {}
    func rehearse(_ commands: [CommandLine], main: String, expecting: CommitID) async throws(ProviderFailure)
    {}
}

struct ScriptedTracker: ErrorTracker {
    let world: ScriptedWorld
    var name: String { "sentry" }

    func access() async throws(ProviderFailure) -> ProviderAccess { ProviderAccess() }
    func issues(since time: Timestamp) async throws(ProviderFailure) -> [TrackedIssue] {
        world.read { $0.issues }
    }
    func release() async throws(ProviderFailure) -> String? { nil }
}

struct ScriptedAnnouncer: DeploymentAnnouncing {
    struct Failure: Error {}
    let world: ScriptedWorld

    func announce(_ step: DeploymentStep, of deployment: Deployment, text: String) async throws {
        await Task.yield()
        if world.read({ $0.isAnnouncingBroken }) { throw Failure() }
        world.change { $0.announced.append(step) }
    }
}
