import Logging
import LookoutAlerting
import LookoutConfiguration
import LookoutDeployments
import LookoutHTTP
import LookoutModel
import LookoutPipeline
import LookoutProbing
import LookoutRules
import LookoutSimulation

/// The agent in virtual time: its schedule, probes, rules, alerts and outbox are the daemon's own, its stores are
/// in memory, and what it asks is a network inside of the process.
final class VirtualAgent {
    let world: Simulation
    let keeper: AlertKeeper
    let alerts: MemoryAlertStore
    let observer: PipelineObserver
    let runs: RecordedRuns
    private let samples: MemorySampleStore
    private let pipeline: SamplePipeline
    private let recorder: SampleRecorder
    private let scheduler: Scheduler
    private let connectivity: ConnectivityWatch
    private let configuration: Configuration
    private var tasks: [Task<Void, any Error>] = []

    /// Says nothing.
    static let quiet = Logger(label: "scenario") { _ in SwiftLogNoOpLogHandler() }
    /// Longer than any scenario: nothing is forgotten.
    private static let retention = Duration.seconds(366 * 86_400)

    /// Builds the agent; nothing runs yet.
    ///
    /// - Parameters:
    ///   - configuration: what it watches, and by which rules.
    ///   - world: the time that it lives in.
    ///   - network: what answers.
    ///   - logger: takes what it says of itself.
    init(
        _ configuration: Configuration,
        in world: Simulation,
        over network: any HTTPTransport,
        logger: Logger = VirtualAgent.quiet
    ) {
        self.configuration = configuration
        self.world = world
        let timekeeper = world.timekeeper
        alerts = MemoryAlertStore()
        samples = MemorySampleStore()
        runs = RecordedRuns(samples)
        recorder = SampleRecorder(
            store: samples,
            timekeeper: timekeeper,
            options: .init(
                retention: Self.retention,
                flushInterval: .seconds(1),
                retentionInterval: Self.retention
            ),
            report: { _ in }
        )
        keeper = AlertKeeper(
            store: alerts,
            book: AlertBook(randomness: SeededGenerator(seed: 1)),
            timekeeper: timekeeper,
            outboxSignal: WakeSignal(),
            logger: logger
        )
        pipeline = SamplePipeline(
            engine: RuleEngine(rules: configuration.rules, scope: configuration.ruleScope),
            recorder: recorder,
            keeper: keeper,
            logger: logger
        )
        let connectivity = ConnectivityWatch(
            configuration.connectivity,
            transport: network,
            timekeeper: timekeeper
        ) { _ in }
        self.connectivity = connectivity
        scheduler = Scheduler(
            timekeeper: timekeeper,
            executor: world.executor,
            runExecutor: world.executor,
            context: { ProbeContext(transport: network, timekeeper: timekeeper, timeout: $0.timeout) },
            sink: ConnectivityGate(connectivity, timekeeper: timekeeper, before: pipeline)
        )
        let checks = configuration.checks.map(\.check)
        observer = PipelineObserver(
            checks: { checks },
            pipeline: pipeline,
            keeper: keeper,
            outage: { connectivity.knownOutage }
        )
    }

    /// Begins to work; called from outside of the world.
    func start() async throws {
        let now = world.now
        _ = try await world.run { [samples, keeper, pipeline] in
            try await keeper.load()
            _ = try await pipeline.resume(from: samples, at: now.wall)
        }
        launch { [keeper] in await keeper.run() }
        let scope = AlertScope(of: configuration.rules, for: configuration.checks.map(\.check))
        _ = try await world.run { [keeper, configuration] in
            try await keeper.reload(
                scope,
                routes: configuration.routes,
                policy: configuration.policy,
                at: now
            )
        }
        scheduler.replace(configuration.checks.map { ScheduledCheck($0.check, $0.probe) })
        launch { [recorder] in await recorder.run() }
        launch { [connectivity] in await connectivity.run() }
        launch { [scheduler] in await scheduler.run() }
    }

    /// Tells the rules that a deployment has begun, as the daemon does.
    func note(_ deployment: DeploymentID, in environment: String, at time: Timestamp) async {
        await pipeline.note(Release(id: deployment.text, version: nil, beganAt: time), in: environment)
    }

    /// Ends everything that runs.
    func stop() {
        scheduler.stop()
        for task in tasks { task.cancel() }
        world.settle()
    }

    private func launch(_ operation: @escaping @Sendable () async -> Void) {
        tasks.append(world.start { await operation() })
    }
}
