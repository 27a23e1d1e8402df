import Logging
import LookoutAlerting
import LookoutModel
import LookoutPipeline
import LookoutProbing
import LookoutRules
import LookoutSimulation

/// One run of the program, built of the daemon's parts: the same way from sample to receiver, on
/// virtual time, with the stores in memory and receivers that a script answers for.
final class RehearsedAgent {
    /// What outlives a run of the program.
    struct Surroundings {
        let world: Simulation
        let alerts: MemoryAlertStore
        let samples: MemorySampleStore
        let receivers: ScriptedReceivers
        let timeline: Timeline
        /// How often samples are written down.
        let flushInterval: Duration
    }

    let pipeline: SamplePipeline
    let keeper: AlertKeeper
    private let dispatcher: Dispatcher
    private let recorder: SampleRecorder
    private let store: MortalAlertStore
    private let surroundings: Surroundings
    private let ended = Recorder<Void>()
    private var tasks: [Task<Void, any Error>] = []

    /// How many loops a run of the program has here.
    private static let loopCount = 3
    /// Longer than any test, so that no test runs into it.
    private static let retention = Duration.seconds(3 * 366 * 86_400)

    /// Builds a run of the program; nothing runs yet.
    ///
    /// - Parameters:
    ///   - setting: the configuration.
    ///   - silences: those that there are.
    ///   - number: which run it is, so that all are told apart and a test is the same each time.
    ///   - surroundings: what earlier runs left.
    init(_ setting: RehearsedSetting, silences: [Silence], number: Int, _ surroundings: Surroundings) {
        self.surroundings = surroundings
        let timekeeper = surroundings.world.timekeeper
        let logger = Logger(label: "rehearsal") { _ in SwiftLogNoOpLogHandler() }
        let outbox = WakeSignal()
        let seed = UInt64(number)
        store = MortalAlertStore(surroundings.alerts, timeline: surroundings.timeline)
        recorder = SampleRecorder(
            store: surroundings.samples,
            timekeeper: timekeeper,
            options: .init(
                retention: Self.retention,
                flushInterval: surroundings.flushInterval,
                retentionInterval: Self.retention
            ),
            report: { _ in }
        )
        keeper = AlertKeeper(
            store: store,
            book: AlertBook(silences: silences, randomness: SeededGenerator(seed: seed)),
            timekeeper: timekeeper,
            outboxSignal: outbox,
            logger: logger
        )
        dispatcher = Dispatcher(
            store: store,
            receivers: surroundings.receivers.configured(setting.receivers),
            tools: ReceiverTools(
                transport: NoTransport(),
                timekeeper: timekeeper,
                output: NoOutput(),
                errorOutput: NoOutput()
            ),
            owner: "run \(number)",
            signal: outbox,
            randomness: SeededGenerator(seed: seed),
            logger: logger
        )
        pipeline = SamplePipeline(
            engine: RuleEngine(rules: setting.rules, scope: setting.scope),
            recorder: recorder,
            keeper: keeper,
            logger: logger
        )
    }

    /// Takes up where the last run ended, as the daemon does, and begins to work.
    func start(_ setting: RehearsedSetting) throws {
        let world = surroundings.world
        let samples = surroundings.samples
        let now = world.now.wall
        try world.answer { [keeper, pipeline] in
            try await keeper.load()
            _ = try await pipeline.resume(from: samples, at: now)
        }
        for loop in [dispatcher.run, recorder.run, keeper.run] as [@Sendable () async -> Void] {
            tasks.append(
                world.start { [ended] in
                    await loop()
                    ended.record(())
                }
            )
        }
        try reload(setting)
    }

    /// Puts another configuration in force.
    func reload(_ setting: RehearsedSetting) throws {
        dispatcher.replace(surroundings.receivers.configured(setting.receivers))
        let now = surroundings.world.now
        let samples = surroundings.samples
        let scope = AlertScope(of: setting.rules, for: setting.checks)
        try surroundings.world.answer { [keeper, pipeline] in
            try await keeper.reload(scope, routes: Routes(receivers: setting.receivers), at: now)
            await pipeline.replace(
                rules: setting.rules,
                scope: setting.scope,
                checks: Set(setting.checks.map(\.id))
            )
            await pipeline.deepen(from: samples, at: now.wall)
        }
    }

    /// Stops as on SIGTERM: intake first, the outbox last, attempts under way get their grace.
    func stop() throws {
        let world = surroundings.world
        try world.answer { [keeper] in await keeper.stop() }
        recorder.stop()
        dispatcher.stop()
        world.settle()
        if ended.count < Self.loopCount { world.advance(by: .seconds(3)) }
        guard ended.count == Self.loopCount else {
            throw RehearsalError("Lookout did not stop")
        }
    }

    /// Dies as by SIGKILL: nothing that was not written is ever written.
    func kill() {
        store.die()
        for task in tasks { task.cancel() }
        surroundings.world.settle()
    }
}

/// A fault of the rehearsal itself, not of the rules.
struct RehearsalError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

extension Simulation {
    /// What an operation answers without time passing.
    func answer<Value: Sendable>(_ operation: @escaping @Sendable () async throws -> Value) throws -> Value {
        let result = Recorder<Result<Value, any Error>>()
        start {
            do {
                result.record(.success(try await operation()))
            } catch {
                result.record(.failure(error))
            }
        }
        guard let answer = result.values.first else {
            throw RehearsalError("an operation waits for a time that does not come")
        }
        return try answer.get()
    }
}
