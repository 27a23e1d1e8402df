import Logging
import LookoutModel
import LookoutSimulation

@testable import LookoutDeployments

/// A keeper in virtual time over a scripted world, that can be killed and started anew at any moment.
final class KeeperWorld {
    let simulation: Simulation
    let world: ScriptedWorld
    let store = MemoryDeploymentStore()
    var settings: DeploymentSettings
    var hasRepository = true
    var hasHosts = true
    private(set) var keeper: DeploymentKeeper?
    private var running: Task<Void, any Error>?

    init(order: ManualExecutor.Order = .arrival) {
        simulation = Simulation(order: order)
        world = ScriptedWorld(simulation.timekeeper)
        settings = DeploymentSettings(
            production: DeploymentSettings.Environment(name: "production", branch: "main")
        )
    }

    var now: Timestamp { simulation.now.wall }

    func start() {
        var ports = DeploymentPorts(
            store: store,
            history: ScriptedEnvironment(world: world),
            environment: ScriptedEnvironment(world: world)
        )
        if hasRepository { ports.repository = ScriptedRepository(world: world) }
        if hasHosts {
            ports.hosts = [
                .frontend: ScriptedHost(world: world, part: .frontend),
                .backend: ScriptedHost(world: world, part: .backend),
            ]
        }
        ports.variableKey = VariableKey([UInt8](repeating: 7, count: VariableKey.byteCount))
        ports.tracker = ScriptedTracker(world: world)
        ports.announcer = ScriptedAnnouncer(world: world)
        let keeper = DeploymentKeeper(
            settings: settings,
            ports: ports,
            timekeeper: simulation.timekeeper,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        self.keeper = keeper
        running = simulation.start { await keeper.run() }
    }

    /// As `kill -9` does it: nothing is finished.
    func kill() async throws {
        running?.cancel()
        if let running { try await simulation.finish(running) }
        (keeper, running) = (nil, nil)
    }

    func stepWallClock(by step: Duration) {
        let at = simulation.now.monotonic
        world.change { $0.clockSteps.append((at, step)) }
        simulation.timekeeper.stepWallClock(by: step)
    }

    func advance(_ duration: Duration) { simulation.advance(by: duration) }

    /// The only deployment that there is.
    var deployment: Deployment? { store.deployments.count == 1 ? store.deployments.first : nil }

    /// A push that both providers deploy without trouble, in six minutes.
    func deploySmoothly(_ commit: CommitID = EventExamples.bad, number: Int = 1) {
        world.push(commit)
        advance(.seconds(20))
        world.begin(.frontend, "frontend-\(number)", commit)
        world.begin(.backend, "backend-\(number)", commit)
        advance(.seconds(150))
        world.end(.frontend, "frontend-\(number)", .live)
        advance(.seconds(60))
        world.end(.backend, "backend-\(number)", .live)
        advance(.seconds(130))
    }
}
