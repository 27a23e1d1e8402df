import Logging
import LookoutAlerting
import LookoutModel
import LookoutPipeline
import LookoutProbing
import LookoutRules
import LookoutSimulation

/// A pipeline without rules for many checks, in virtual time.
struct StormWorld {
    let world = Simulation()
    let keeper: AlertKeeper
    let pipeline: SamplePipeline

    init(_ checks: [Check]) {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let watch = SelfWatch()
        let subjects = SelfWatch.Subjects(
            checks: checks.map(\.id),
            environments: ["production"],
            rules: [],
            receivers: []
        )
        let scope = AlertScope().including(
            watch.alerts(about: subjects, storms: [["environment": "production"]]),
            rules: Set(watch.rules.map(\.rawValue))
        )
        let keeper = AlertKeeper(
            store: MemoryAlertStore(),
            book: AlertBook(scope: scope, routes: Routes(receivers: ["team"])),
            timekeeper: world.timekeeper,
            outboxSignal: WakeSignal(),
            logger: logger
        )
        self.keeper = keeper
        let scopeOfRules = RuleScope(
            types: [],
            environments: [EnvironmentFacts(name: "production")],
            checks: checks
        )
        pipeline = SamplePipeline(
            engine: RuleEngine(rules: RuleSet.none(in: scopeOfRules), scope: scopeOfRules),
            recorder: SampleRecorder(
                store: MemorySampleStore(),
                timekeeper: world.timekeeper,
                options: .init(retention: .seconds(86_400)),
                report: { _ in }
            ),
            keeper: keeper,
            selfWatch: watch,
            logger: logger
        )
        world.start { await keeper.run() }
    }

    func receive(_ outcome: Outcome, of check: Check, at seconds: Int64) async throws {
        world.advance(to: .seconds(seconds))
        let sample = Sample(check: check.id, startedAt: Timestamp(seconds: seconds), outcome: outcome)
        let (pipeline, now) = (pipeline, world.now)
        try await world.finish(world.start { await pipeline.receive(sample, of: check, at: now) })
    }

    func alerts() async throws -> [Alert] {
        let keeper = keeper
        return try await world.finish(world.start { await keeper.current })
    }
}

extension RuleSet {
    /// No rules at all.
    static func none(in scope: RuleScope) -> RuleSet {
        guard let rules = RuleCompiler(scope: scope).compile([]).0 else {
            preconditionFailure("no rules are always sound")
        }
        return rules
    }
}
