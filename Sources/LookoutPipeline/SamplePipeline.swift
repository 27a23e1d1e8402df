package import Logging
package import LookoutAlerting
package import LookoutModel
package import LookoutProbing
package import LookoutRules

/// Where every sample goes: to the recorder, through the rules, on to the alerts; the same way live and
/// rehearsed.
///
/// The rules' memory and the newest samples have this one owner. State changes before the first
/// suspension, so samples of different checks may arrive while a commit is waited for.
package actor SamplePipeline: SampleSink {
    private var engine: RuleEngine
    private var newest: [CheckID: Sample] = [:]
    /// How far back each check's past has been read.
    private var depths: [CheckID: MemoryDepth] = [:]
    /// The rules that cannot be evaluated now, and why.
    private var ruleErrors: [AlertID: String] = [:]
    private let recorder: SampleRecorder
    private let keeper: AlertKeeper
    private let logger: Logger

    package init(engine: RuleEngine, recorder: SampleRecorder, keeper: AlertKeeper, logger: Logger) {
        self.engine = engine
        self.recorder = recorder
        self.keeper = keeper
        self.logger = logger
    }

    package func receive(_ sample: Sample, of check: Check, at now: Moment) async {
        newest[check.id] = sample
        recorder.record(sample)
        let judgements = engine.observe(sample, of: check, at: now)
        for judgement in judgements { report(judgement, of: check) }
        guard !judgements.isEmpty else { return }
        await keeper.observe(judgements, at: now)
    }

    /// Says that a rule cannot be evaluated when that begins, when its reason changes and when it ends.
    private func report(_ judgement: Judgement, of check: Check) {
        let metadata: Logger.Metadata = ["rule": "\(judgement.alert.rule)", "check": "\(check.id)"]
        if case .error(let reason) = judgement.outcome {
            guard ruleErrors.updateValue(reason, forKey: judgement.alert) != reason else { return }
            logger.warning(
                "rule could not be evaluated",
                metadata: metadata.merging(["error": "\(reason)"]) { _, new in new }
            )
        } else if ruleErrors.removeValue(forKey: judgement.alert) != nil {
            logger.notice("rule can be evaluated again", metadata: metadata)
        }
    }

    /// Gives the rules the past as far as they look back on it: what is in the store when the agent starts.
    ///
    /// - Returns: when each check last began, for the scheduler.
    package func resume(from store: any SampleStore, at now: Timestamp) async throws -> [CheckID: Timestamp] {
        var lastStarts: [CheckID: Timestamp] = [:]
        for check in engine.scope.checks {
            let depth = engine.rules.memoryDepth(of: check)
            let memory = try await RuleMemory(of: check, depth, from: store, at: now)
            engine.seed(memory.samples, counts: memory.counts, of: check.id)
            depths[check.id] = depth
            newest[check.id] = memory.samples.last
            lastStarts[check.id] = memory.samples.last?.startedAt
        }
        return lastStarts
    }

    /// Gives the rules the past as it was read, oldest first.
    package func seed(_ samples: [CheckID: [Sample]]) {
        for (check, past) in samples {
            engine.seed(past, of: check)
            newest[check] = past.last
        }
    }

    /// Goes on with other rules; the histories of checks that remain are kept.
    package func replace(rules: RuleSet, scope: RuleScope, checks: Set<CheckID>) {
        engine.replace(rules: rules, scope: scope)
        newest = newest.filter { checks.contains($0.key) }
        depths = depths.filter { checks.contains($0.key) }
        let alerts = engine.alerts
        ruleErrors = ruleErrors.filter { alerts.contains($0.key) }
    }

    /// Reads from the store what rules look back on further than the ones that were replaced.
    ///
    /// Until then such a rule has the history that the old ones asked for, hence no data. Where the store fails, that
    /// is logged and stays so until enough has been seen.
    package func deepen(from store: any SampleStore, at now: Timestamp) async {
        for check in engine.scope.checks {
            let depth = engine.rules.memoryDepth(of: check)
            guard depth.exceeds(depths[check.id]) else { continue }
            depths[check.id] = depth
            do {
                let memory = try await RuleMemory(of: check, depth, from: store, at: now)
                engine.deepen(memory.samples, counts: memory.counts, of: check.id)
            } catch {
                logger.warning(
                    "the past of a check could not be read; rules that look further back have no data",
                    metadata: ["check": "\(check.id)", "error": "\(error)"]
                )
            }
        }
    }

    /// Tells the rules that a version was put on an environment.
    package func noteDeployment(_ deployment: Deployment, in environment: String) {
        engine.noteDeployment(deployment, in: environment)
    }

    /// The rules with all that they remember now.
    package var currentEngine: RuleEngine { engine }
    package var newestSamples: [CheckID: Sample] { newest }
    package var currentRuleErrors: [AlertID: String] { ruleErrors }
    package var statistics: [String: RuleStatistics] { engine.statistics }
}
