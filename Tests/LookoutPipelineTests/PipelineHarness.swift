import Logging
import LookoutAlerting
import LookoutConfiguration
import LookoutModel
import LookoutPipeline
import LookoutProbing
import LookoutRules
import LookoutSettings
import LookoutSimulation

/// A pipeline over stores in memory, in virtual time, for one check.
struct PipelineHarness {
    static let check = Check(
        id: CheckID(environment: "production", probe: "backend-health"),
        type: "http",
        interval: .seconds(60),
        timeout: .seconds(10)
    )
    static let scope = RuleScope(
        types: [],
        environments: [EnvironmentFacts(name: "production")],
        checks: [check]
    )
    static let refused = Outcome.failed(Failure(.connect, "connection refused"))

    let world = Simulation()
    let samples = MemorySampleStore()
    let alerts = MemoryAlertStore()
    let recorder: SampleRecorder
    let keeper: AlertKeeper
    let pipeline: SamplePipeline

    /// The condition is that of the one rule, `rule`.
    init(_ condition: String) throws {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        recorder = SampleRecorder(
            store: samples,
            timekeeper: world.timekeeper,
            options: .init(retention: .seconds(86_400)),
            report: { _ in }
        )
        keeper = AlertKeeper(
            store: alerts,
            book: AlertBook(routes: Routes(receivers: ["team"])),
            timekeeper: world.timekeeper,
            outboxSignal: WakeSignal(),
            logger: logger
        )
        pipeline = SamplePipeline(
            engine: RuleEngine(rules: try Self.rules(condition), scope: Self.scope),
            recorder: recorder,
            keeper: keeper,
            logger: logger
        )
        let (keeper, recorder) = (keeper, recorder)
        world.start { await keeper.run() }
        world.start { await recorder.run() }
    }

    static func rules(_ condition: String) throws -> RuleSet {
        let text = """
            groups:
              - name: group
                rules:
                  - id: rule
                    expr: '\(condition)'
                    severity: 2
                    summary: text

            """
        let node = try YAMLReader(file: "a.yaml").read(Array(text.utf8)).get().root
        let (rules, diagnostics) = RuleCompiler(scope: scope).compile([RuleFile(node: node, source: text)])
        guard let rules else { throw diagnostics }
        return rules
    }

    static func sample(_ outcome: Outcome = .ok, at seconds: Int64, version: String? = nil) -> Sample {
        Sample(
            check: check.id,
            startedAt: Timestamp(seconds: seconds),
            outcome: outcome,
            timings: Timings(total: .milliseconds(100)),
            version: version,
            observation: Observation()
        )
    }

    /// Waits for work in this world.
    func wait<Value: Sendable>(
        for work: sending @escaping () async throws -> Value
    ) async throws -> Value {
        try await world.finish(world.start("test", work))
    }

    func receive(_ sample: Sample) async throws {
        let (pipeline, now) = (pipeline, Moment(wall: sample.startedAt, monotonic: world.now.monotonic))
        try await wait { await pipeline.receive(sample, of: Self.check, at: now) }
    }

    func resume(at seconds: Int64) async throws -> [CheckID: Timestamp] {
        let (pipeline, samples) = (pipeline, samples)
        return try await wait { try await pipeline.resume(from: samples, at: Timestamp(seconds: seconds)) }
    }

    /// Whether the rule's alert fires.
    var fires: Bool {
        get async throws {
            let keeper = keeper
            let current = try await wait { await keeper.current }
            return current.contains { $0.state == .firing }
        }
    }
}
