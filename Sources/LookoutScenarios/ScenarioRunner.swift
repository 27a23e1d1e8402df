import LookoutAlerting
import LookoutConfiguration
package import LookoutDemo
import LookoutDeployments
import LookoutHTTP
import LookoutModel
import LookoutPipeline
import LookoutProbing
import LookoutProviders
package import LookoutSettings
import LookoutSimulation

/// Plays a scenario: the agent, the stack and its providers in one process, in virtual time.
///
/// Two runs of the same scenario are the same. Everything that judges is what the daemon judges with; git is the
/// simulated code host's, and the stores are in memory.
package final class ScenarioRunner {
    /// Before the scenario begins the agent watches for so long: what a deployment is compared with.
    private static let warmUp = Duration.seconds(90 * 60)
    /// At most so much time passes between two looks at what is to be done.
    private static let step = Duration.seconds(60)

    private struct Reference: DemoSite {
        func reply(to request: DemoRequest) async -> DemoReply { DemoReply(204) }
    }

    private let scenario: Scenario
    private let configuration: Configuration
    private let world: Simulation
    private let network: VirtualNetwork
    private let stack: VirtualStack
    private let agent: VirtualAgent
    private let memory = ScenarioMemory()
    private let deployments: DeploymentKeeper
    private let advisor: ScenarioAdvisor
    private let begin: Duration
    private var chronicle = AlertChronicle()
    private var remarks: [String] = []

    /// Builds the world of a scenario; nothing happens yet.
    ///
    /// - Parameters:
    ///   - scenario: what is rehearsed.
    ///   - rules: the folder of the rule files and of the knowledge.
    /// - Throws: what is wrong in the rule files.
    package init(_ scenario: Scenario, rules: String) throws(Diagnostics) {
        self.scenario = scenario
        let loaded = try ScenarioConfiguration(rules: rules).load()
        configuration = loaded
        let start = scenario.start.at?.time ?? Timestamp(seconds: 1_755_691_200)
        let world = Simulation(at: Moment(wall: start - Self.warmUp, monotonic: .seconds(86_400)))
        self.world = world
        begin = world.now.monotonic + Self.warmUp
        let timekeeper = world.timekeeper
        let network = VirtualNetwork(timekeeper: timekeeper)
        self.network = network
        for reference in configuration.connectivity.references {
            network.add(Reference(), at: reference.authority)
        }
        stack = VirtualStack(on: network, timekeeper: timekeeper)
        agent = VirtualAgent(configuration, in: world, over: network)
        let settings = loaded.deployments ?? DeploymentSettings(production: .init(name: "", branch: ""))
        let providers = ConfiguredProviders(settings, over: network, by: timekeeper, workFolder: "/nowhere")
        var ports = providers.ports(observer: agent.observer, history: agent.runs, store: memory)
        ports.repository = stack.repository
        ports.statusPages = ProviderStatusPages(stack.statusPages, over: network, by: timekeeper)
        advisor = ScenarioAdvisor(settings, ports: ports, knowledge: loaded.knowledge, timekeeper: timekeeper)
        deployments = DeploymentKeeper(
            settings: settings,
            ports: advisor.keeping(in: memory, history: agent.runs),
            timekeeper: timekeeper,
            logger: VirtualAgent.quiet
        )
    }

    /// Plays it to its end; what came of it.
    package func run() async throws -> ScenarioReport {
        try await agent.start()
        let keeping = world.start { [deployments] in await deployments.run() }
        world.advance(to: begin)
        stack.change { [scenario] scene, now in scene.begin(scenario.start, at: now) }
        var report = ScenarioReport(name: scenario.name)
        var steps = scenario.timeline[...]
        var expectations = scenario.expectations.sorted {
            ($0.at ?? scenario.until) < ($1.at ?? scenario.until)
        }[...]
        while elapsed < scenario.until {
            while let step = steps.first, step.at <= elapsed {
                steps.removeFirst()
                try await perform(step.action)
            }
            let next =
                [
                    elapsed + Self.step, steps.first?.at ?? scenario.until,
                    expectations.first?.at ?? scenario.until, scenario.until,
                ].min() ?? scenario.until
            world.advance(to: begin + max(next, elapsed + .milliseconds(1)))
            await look()
            while let expectation = expectations.first, (expectation.at ?? scenario.until) <= elapsed {
                expectations.removeFirst()
                report.unmet += try await situation().disappointments(expectation)
            }
        }
        let end = try await situation()
        report.fill(end, chronicle, memory.all, remarks: remarks, since: startedAt)
        keeping.cancel()
        agent.stop()
        return report
    }

    private var elapsed: Duration { world.now.monotonic - begin }
    private var startedAt: Timestamp { world.now.wall - elapsed }

    private func look() async {
        chronicle.take(await agent.keeper.current, at: world.now.wall)
    }

    private func perform(_ action: ScenarioAction) async throws {
        let duties = stack.change { scene, now in scene.perform(action, at: now) }
        for duty in duties {
            switch duty {
            case .network(let state): network.setOffline(state == .down)
            case .rollback(let rollback): try await carryOut(rollback)
            case .repositoryChanged: break
            }
        }
    }

    /// Does what the newest plan suggests.
    private func carryOut(_ rollback: ScenarioRollback) async throws {
        guard let plan = memory.all.last(where: { $0.plan != nil })?.plan, plan.suggestedCount > 0 else {
            remarks.append(
                "no rollback was suggested at \(elapsed.components.seconds / 60) min, so none was made"
            )
            return
        }
        var steps = plan.options.prefix(plan.suggestedCount).flatMap(\.steps)
        if rollback == .suggestedAndAfterwards {
            steps += plan.options.prefix(plan.suggestedCount).flatMap(\.afterwards)
        }
        let commands = steps.compactMap(\.command)
        let (stack, network) = (stack, network)
        let complaint = try await world.run { () async throws -> String? in
            var shell = VirtualShell(stack, over: network)
            do {
                for command in commands { try await shell.run(command) }
                return nil
            } catch {
                return "\(error)"
            }
        }
        if let complaint { remarks.append(complaint) }
    }

    private func situation() async throws -> ScenarioSituation {
        let alerts = await agent.keeper.current
        let deployment = memory.all.last
        let advice = try await world.run { [advisor] in
            await advisor.advice(about: deployment, hasAlerts: alerts.contains { $0.state.isActive })
        }
        return ScenarioSituation(alerts: alerts, deployment: deployment, advice: advice)
    }
}
