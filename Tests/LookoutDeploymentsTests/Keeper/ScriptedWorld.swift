import LookoutModel
import LookoutSimulation
import Synchronization

@testable import LookoutDeployments

/// What the world is like, for the ports to tell: changed by the test as time goes on.
final class ScriptedWorld: Sendable {
    struct State {
        var head = EventExamples.good
        var mainline = [EventExamples.good]
        var deploys: [EnvironmentPart: [ProviderDeploy]] = [:]
        var live: [EnvironmentPart: String] = [:]
        var services: [EnvironmentPart: HostedService] = [:]
        var failures: [EnvironmentPart: ProviderFailure] = [:]
        var silent: Set<EnvironmentPart> = []
        var alerts: [WatchedAlert] = []
        var issues: [TrackedIssue] = []
        var changedFiles = ["backend/app.py", "src/main.ts"]
        var version = "2.0.3"
        var variables = ["APP_URL": "https://one.example"]
        /// From when on latencies are so many times what they were.
        var slowdowns: [(since: Timestamp, factor: Double)] = []
        var announced: [DeploymentStep] = []
        var isAnnouncingBroken = false
        /// When the wall clock was stepped, on the monotonic clock.
        var clockSteps: [(at: Duration, by: Duration)] = []
    }

    let timekeeper: any Timekeeper
    let start: Timestamp
    private let state = Mutex(State())

    init(_ timekeeper: any Timekeeper) {
        self.timekeeper = timekeeper
        start = timekeeper.now.wall
        for part in [EnvironmentPart.frontend, .backend] {
            let old = ProviderDeploy(
                id: "\(part.rawValue)-0",
                part: part,
                state: .live,
                commit: EventExamples.good,
                branch: "main",
                createdAt: start - .seconds(5 * 86_400),
                liveAt: start - .seconds(5 * 86_400) + .seconds(120)
            )
            state.withLock {
                $0.deploys[part] = [old]
                $0.live[part] = old.id
                $0.services[part] = HostedService(id: "srv", name: part.rawValue, branch: "main")
            }
        }
    }

    func change(_ body: (inout sending State) -> Void) { state.withLock { body(&$0) } }

    func read<Value: Sendable>(_ body: (inout sending State) -> sending Value) -> Value {
        state.withLock(body)
    }

    /// Main moves on, as a push makes it.
    func push(_ commit: CommitID) {
        change {
            $0.head = commit
            $0.mainline.insert(commit, at: 0)
        }
    }

    /// A deploy begins.
    func begin(
        _ part: EnvironmentPart,
        _ id: String,
        _ commit: CommitID,
        cause: ProviderDeploy.Cause = .commit
    ) {
        let now = timekeeper.now.wall
        let deploy = ProviderDeploy(
            id: id,
            part: part,
            state: .building,
            commit: commit,
            branch: "main",
            cause: cause,
            createdAt: now
        )
        change { $0.deploys[part, default: []].insert(deploy, at: 0) }
    }

    /// A deploy comes to an end; live ones take the place of what was live.
    func end(_ part: EnvironmentPart, _ id: String, _ end: ProviderDeploy.State) {
        let now = timekeeper.now.wall
        change { state in
            state.deploys[part] = state.deploys[part]?.map { deploy in
                var deploy = deploy
                if deploy.id == id {
                    deploy.state = end
                    deploy.finishedAt = now
                    if end == .live { deploy.liveAt = now }
                } else if end == .live, deploy.state == .live {
                    deploy.state = .superseded
                }
                return deploy
            }
            if end == .live { state.live[part] = id }
        }
    }

    /// Netlify's way: what was live before is live again.
    func restore(_ part: EnvironmentPart, _ id: String) {
        change { state in
            state.live[part] = id
            state.deploys[part] = state.deploys[part]?.map { deploy in
                var deploy = deploy
                if deploy.id == id {
                    deploy.state = .live
                } else if deploy.state == .live {
                    deploy.state = .superseded
                }
                return deploy
            }
        }
    }
}
