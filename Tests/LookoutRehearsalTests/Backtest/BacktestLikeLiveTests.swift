import Logging
import LookoutAlerting
import LookoutModel
import LookoutPipeline
import LookoutProbing
import LookoutRehearsal
import LookoutRules
import LookoutSimulation
import LookoutTestSupport
import Testing

/// A backtest of what was recorded, by the rules that were in force, finds what did fire.
@Suite struct BacktestLikeLiveTests {
    private static let checks = [
        BacktestWorld.check("backend-health"), BacktestWorld.check("frontend", type: "page"),
        BacktestWorld.check("api", interval: .seconds(60)),
        BacktestWorld.check("backend-health", in: "staging"),
    ]

    private static let list = """
            - {id: at-once, expr: sample.failed, severity: 2, summary: s}
            - {id: held, expr: sample.failed, for: 90s, keep_firing_for: 1m, severity: 3, summary: s}
            - {id: counted, expr: sample.failed, min_failures: 3, min_successes: 2, severity: 2, summary: s}
            - {id: ratio, expr: 'success_ratio("5m", 3) < 0.6', for: 30s, severity: 3, summary: s}
            - {id: streak, expr: consecutive_failures() >= 2, severity: 'consecutive_failures() > 3 ? 1 : 3', keep_firing_for: 2m, summary: s, runbook: 'https://example.org/s'}
            - {id: slow, when: sample.ok, expr: 'p95("10m", 4) > duration("2s")', severity: 3, summary: s}
            - {id: lonely, when: '!probe_failing("frontend")', expr: sample.failed, match: {probe: backend-health}, severity: 2, summary: s}
            - {id: back, expr: 'went_back("version", "1h")', severity: 3, keep_firing_for: 10m, summary: s}
            - {id: again, expr: 'sample.failed && previous.failed', severity: 3, depends_on: [at-once], summary: s}
            - {id: silent, expr: 'avg("3m", 5) > duration("1h")', on_no_data: alert, severity: 3, summary: s}
            - {id: everything, scope: environment, expr: 'checks.all(c, c.failed)', for: 30s, severity: 1, summary: s, runbook: 'https://example.org/s'}
        """

    /// Runs of all checks for an hour, with troubles that last, and times without the agent.
    private static func history(_ generator: inout SeededGenerator) -> [Sample] {
        var samples: [Sample] = []
        let silences = (0..<Int.random(in: 0...2, using: &generator)).map { _ in
            let begin = Int.random(in: 600...2500, using: &generator)
            return begin..<begin + Int.random(in: 200...1500, using: &generator)
        }
        for (number, check) in checks.enumerated() {
            var trouble = 0
            var second = number
            while second < 4000 {
                defer { second += Int(check.interval.components.seconds) }
                if silences.contains(where: { $0.contains(second) }) { continue }
                if Int.random(in: 0..<25, using: &generator) == 0 {
                    trouble = trouble == 0 ? Int.random(in: 1...4, using: &generator) : 0
                }
                samples.append(
                    sample(check, at: second * 1_000_000 + number * 1000, trouble: trouble, &generator)
                )
            }
        }
        return samples.sorted { $0.endedAt < $1.endedAt }
    }

    private static func sample(
        _ check: Check,
        at microsecond: Int,
        trouble: Int,
        _ generator: inout SeededGenerator
    ) -> Sample {
        let isBad = trouble > 0 && Int.random(in: 0..<5, using: &generator) > 0
        let outcome: Outcome =
            switch (isBad, trouble) {
            case (true, 1), (true, 2): .failed(Failure(.timeout, "no answer"))
            case (true, 3): .error("no descriptors")
            case (true, 4) where Bool.random(using: &generator): .inconclusive("offline")
            default: .ok
            }
        let milliseconds = Int.random(in: 20...900, using: &generator) + (isBad ? 2000 : 0)
        return Sample(
            check: check.id,
            startedAt: BacktestWorld.start + .microseconds(microsecond),
            outcome: outcome,
            timings: Timings(total: .milliseconds(milliseconds)),
            version: ["1.0.0", "1.0.1"].randomElement(using: &generator),
            observation: Observation()
        )
    }

    /// The agent's stages in virtual time: started anew where nothing was heard for five minutes.
    private struct LiveAgent {
        let world = Simulation(at: Moment(wall: BacktestWorld.start - .seconds(60), monotonic: .zero))
        let store = MemoryAlertStore()
        let rules: RuleSet
        let scope: RuleScope

        func start(after past: ArraySlice<Sample>) -> (pipeline: SamplePipeline, keeper: AlertKeeper) {
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            let keeper = AlertKeeper(
                store: store,
                book: AlertBook(),
                timekeeper: world.timekeeper,
                outboxSignal: WakeSignal(),
                logger: logger
            )
            let recorder = SampleRecorder(
                store: MemorySampleStore(),
                timekeeper: world.timekeeper,
                options: SampleRecorder.Options(retention: .seconds(86_400))
            ) { _ in }
            let engine = RuleEngine(rules: rules, scope: scope)
            let pipeline = SamplePipeline(engine: engine, recorder: recorder, keeper: keeper, logger: logger)
            let stored = Dictionary(grouping: past.map { $0.withoutObservation }, by: \.check)
            world.start {
                try await keeper.load()
                await pipeline.seed(stored)
                await keeper.run()
            }
            return (pipeline, keeper)
        }

        func live(through samples: [Sample]) throws {
            let checks = Dictionary(uniqueKeysWithValues: scope.checks.map { ($0.id, $0) })
            var agent = start(after: [])
            var last = BacktestWorld.start
            for (number, sample) in samples.enumerated() {
                if sample.endedAt - last > .seconds(180) {
                    let keeper = agent.keeper
                    world.start { await keeper.stop() }
                    agent = start(after: samples[..<number])
                }
                last = sample.endedAt
                world.advance(by: sample.endedAt - world.now.wall)
                let check = try #require(checks[sample.check])
                let (pipeline, now) = (agent.pipeline, world.now)
                world.start { await pipeline.receive(sample, of: check, at: now) }
            }
        }
    }

    @Test func `the episodes of a backtest are those of the live pipeline, whatever happened`() async {
        await checkAll(cases: 10) { generator in
            let samples = Self.history(&generator)
            let environments = Set(Self.checks.map(\.id.environment))
            let rules = try BacktestWorld.rules(Self.list, for: Self.checks)
            let scope = BacktestWorld.scope(Self.checks)
            let range = BacktestWorld.range(seconds: 8000)
            for environment in environments.sorted() {
                // One agent an environment: what another is silent about says nothing of this one.
                let agent = LiveAgent(
                    rules: rules,
                    scope: BacktestWorld.scope(Self.checks.filter { $0.id.environment == environment })
                )
                let own = samples.filter { $0.check.environment == environment }
                try agent.live(through: own)
                let fired = try await RecordedEpisodes(from: agent.store, in: range).episodes
                let plan = BacktestPlan(range: range, scope: scope, rules: rules, recorded: fired)
                let findings = try await Backtest(plan).run(on: MemorySampleArchive(samples: own), threads: 2)
                let replayed = findings.rules.flatMap { $0.after?.episodes ?? [] }
                try #require(Set(replayed) == Set(fired))
                try #require(replayed.count == fired.count)
                try #require(findings.rules.allSatisfy { $0.changes.allSatisfy { $0.kind == .same } })
            }
        }
    }

    @Test func `the random histories make every rule fire`() async throws {
        var generator = SeededGenerator(seed: 7)
        var fired: Set<String> = []
        let rules = try BacktestWorld.rules(Self.list, for: Self.checks)
        for _ in 0..<20 {
            let plan = BacktestPlan(
                range: BacktestWorld.range(seconds: 8000),
                scope: BacktestWorld.scope(Self.checks),
                rules: rules
            )
            let findings = try await Backtest(plan)
                .run(on: MemorySampleArchive(samples: Self.history(&generator)), threads: 2)
            for rule in findings.rules where rule.after?.episodes.isEmpty == false { fired.insert(rule.id) }
        }
        #expect(Set(rules.rules.map(\.id)).subtracting(fired) == [])
    }
}

extension Sample {
    fileprivate var withoutObservation: Sample {
        var stored = self
        stored.observation = nil
        return stored
    }
}
