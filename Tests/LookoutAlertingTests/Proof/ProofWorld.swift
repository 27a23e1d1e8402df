import Logging
import LookoutAlerting
import LookoutHTTP
import LookoutModel
import LookoutSimulation
import LookoutTestSupport

/// Keeper, dispatcher and store as the daemon has them, in virtual time: judged once a minute, killed,
/// restarted, and told of silences, while receivers and the store misbehave.
final class ProofWorld {
    static let interval = Duration.seconds(60)
    static let receivers = [(name: "pager", isKeyed: true), (name: "team", isKeyed: false)]
    /// One alert of each severity; the last is explained by the first.
    static let rules: [(rule: String, severity: Severity, parents: [String])] = [
        ("down", .outage, []), ("broken", .major, []), ("slow", .minor, ["down"]),
    ]

    static func id(_ rule: String) -> AlertID {
        AlertID(rule: rule, labels: ["environment": "production", "probe": "api"])
    }

    static let scope = AlertScope(
        alerts: Dictionary(rules.map { (id($0.rule), interval) }, uniquingKeysWith: { first, _ in first }),
        rules: Set(rules.map(\.rule)),
        parents: ["down"]
    )

    let simulation = Simulation()
    let disk = MemoryAlertStore()
    let moody: MoodyReceivers
    /// How the runs of the program that are over ended, in their order.
    private(set) var endings: [ProgramRun.Ending] = []
    private(set) var silences: [Silence] = []
    /// Everything that was ever silenced, with when that ended.
    private(set) var quiet: [Range<Timestamp>] = []
    private var run: ProgramRun
    private var seed: UInt64

    init(seed: UInt64) {
        self.seed = seed
        moody = MoodyReceivers(simulation, seed: seed)
        run = ProgramRun(simulation, disk, moody, [], number: 0, seed: seed)
    }

    var now: Moment { simulation.now }

    /// What is in force at every receiver.
    static let routes = Routes(receivers: receivers.map(\.name))

    func start() async throws {
        try await run.start(simulation)
    }

    /// Judges every rule once, a moment apart, and lets a minute pass.
    func judge(_ truth: [String: Judgement.Outcome]) async throws {
        for rule in Self.rules {
            let judgement = Judgement(
                alert: Self.id(rule.rule),
                outcome: truth[rule.rule] ?? .clear,
                parents: rule.parents,
                holds: Judgement.Holds(pending: rule.rule == "down" ? .zero : Self.interval),
                interval: Self.interval
            )
            let (keeper, now) = (run.keeper, simulation.now)
            simulation.start { await keeper.observe([judgement], at: now) }
            simulation.advance(by: .seconds(1))
        }
        simulation.advance(by: Self.interval - .seconds(Self.rules.count))
        try await reviveIfDead()
    }

    /// Kills the run within one of its next calls to the store.
    func kill(afterCalls calls: Int, _ end: MortalStore.End) async {
        await run.store.die(afterCalls: calls, end)
    }

    /// Kills the run now.
    func kill() async throws {
        await run.store.kill()
        try await reviveIfDead()
    }

    /// Stops the run as a service manager does, and starts another.
    func restart() async throws {
        await run.stop(simulation)
        try await begin(
            after: await run.store.isDead ? .died : disk.failing.isEmpty ? .stopped : .stoppedMute
        )
    }

    private func reviveIfDead() async throws {
        guard await run.store.isDead else { return }
        await run.abandon()
        simulation.settle()
        try await begin(after: .died)
    }

    private func begin(after ending: ProgramRun.Ending) async throws {
        endings.append(ending)
        moody.beginRun()
        run = ProgramRun(simulation, disk, moody, silences, number: run.number + 1, seed: seed)
        try await run.start(simulation)
        try await reviveIfDead()
    }

    func reload() async throws {
        try await run.reload(simulation)
        try await reviveIfDead()
    }

    func silence(_ rule: String, for length: Duration) async throws {
        let silence = Silence(
            id: "silence \(silences.count)",
            matchers: [LabelMatcher("rule", .equal(rule))],
            startsAt: now.wall,
            endsAt: now.wall + length
        )
        silences.append(silence)
        quiet.append(silence.startsAt..<silence.endsAt)
        await put(silences)
        try await reviveIfDead()
    }

    private func put(_ silences: [Silence]) async {
        let (keeper, now) = (run.keeper, simulation.now)
        simulation.start { try await keeper.replace(silences: silences, at: now) }
        simulation.settle()
    }

    func acknowledge(_ rule: String) async throws {
        let (keeper, now, alert) = (run.keeper, simulation.now, AlertKey(Self.id(rule)))
        let word = Alert.Acknowledgement(by: "ann", at: now.wall)
        simulation.start("acknowledge") { try await keeper.acknowledge(alert, word, at: now) }
        simulation.settle()
        try await reviveIfDead()
    }

    func end() async {
        await run.stop(simulation)
    }
}

/// One run of the program, from its start to its stop or its death.
struct ProgramRun {
    /// How a run ended.
    enum Ending: Hashable, Sendable {
        case stopped
        /// It was stopped while it could not write, so that what it sent last may not be on the disk.
        case stoppedMute
        case died
    }

    let number: Int
    let store: MortalStore
    let keeper: AlertKeeper
    let dispatcher: Dispatcher
    private var tasks: [Task<Void, any Error>] = []

    init(
        _ simulation: Simulation,
        _ disk: MemoryAlertStore,
        _ moody: MoodyReceivers,
        _ silences: [Silence],
        number: Int,
        seed: UInt64
    ) {
        self.number = number
        let outbox = WakeSignal()
        let logger = Logger(label: "proof") { _ in SwiftLogNoOpLogHandler() }
        store = MortalStore(disk)
        keeper = AlertKeeper(
            store: store,
            book: AlertBook(
                routes: ProofWorld.routes,
                silences: silences,
                randomness: SeededGenerator(seed: seed &+ UInt64(number) &* 7919)
            ),
            timekeeper: simulation.timekeeper,
            outboxSignal: outbox,
            logger: logger
        )
        dispatcher = Dispatcher(
            store: store,
            receivers: ProofWorld.receivers.map { moody.receiver(named: $0.name, isKeyed: $0.isKeyed) },
            tools: ReceiverTools(
                transport: NoTransport(),
                timekeeper: simulation.timekeeper,
                output: NoOutput(),
                errorOutput: NoOutput()
            ),
            owner: "run \(number)",
            signal: outbox,
            randomness: SeededGenerator(seed: seed &+ UInt64(number)),
            logger: logger
        )
    }

    mutating func start(_ simulation: Simulation) async throws {
        let (keeper, dispatcher) = (keeper, dispatcher)
        try? await keeper.load()
        tasks = [
            simulation.start { await keeper.run() },
            simulation.start { await dispatcher.run() },
        ]
        try await reload(simulation)
    }

    func reload(_ simulation: Simulation) async throws {
        let (keeper, now) = (keeper, simulation.now)
        simulation.start {
            try await keeper.reload(ProofWorld.scope, routes: ProofWorld.routes, at: now)
        }
        simulation.settle()
    }

    func stop(_ simulation: Simulation) async {
        await keeper.stop()
        dispatcher.stop()
        simulation.advance(by: .seconds(5))
        await abandon()
    }

    /// Ends all work where it stands.
    func abandon() async {
        for task in tasks { task.cancel() }
    }
}
