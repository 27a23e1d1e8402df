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
    private var log = EvidenceLog()
    /// The alerts that may be up: what clears one of them is told with what was seen.
    private var open: Set<AlertID> = []
    /// How far back each check's past has been read.
    private var depths: [CheckID: MemoryDepth] = [:]
    /// The rules that cannot be evaluated now, and why.
    private var ruleErrors: [AlertID: String] = [:]
    private var storms = StormBoard()
    /// What is said of storms; nil where none is told.
    private var selfWatch: SelfWatch?
    private let recorder: SampleRecorder
    private let keeper: AlertKeeper
    private let logger: Logger

    /// - Parameters:
    ///   - engine: the rules.
    ///   - recorder: where samples go.
    ///   - keeper: where judgements go.
    ///   - selfWatch: what is said when most checks fail at once; nil says nothing.
    ///   - logger: gets rules that cannot be evaluated at `warning`.
    package init(
        engine: RuleEngine,
        recorder: SampleRecorder,
        keeper: AlertKeeper,
        selfWatch: SelfWatch? = nil,
        logger: Logger
    ) {
        self.engine = engine
        self.selfWatch = selfWatch
        self.recorder = recorder
        self.keeper = keeper
        self.logger = logger
    }

    package func receive(_ sample: Sample, of check: Check, at now: Moment) async {
        log.take(sample, of: check, at: now.monotonic)
        recorder.record(sample)
        var judgements = engine.observe(sample, of: check, at: now)
        for index in judgements.indices {
            report(judgements[index], of: check)
            if isWorthEvidence(judgements[index]) {
                judgements[index].evidence = log.evidence(
                    for: judgements[index].alert,
                    of: check.id,
                    at: now.wall
                )
            }
        }
        // Of a storm the alerts in it must not be told before the storm is known.
        if let selfWatch, let (storm, isRaging) = storms.take(sample, at: now.monotonic),
            let judgement = selfWatch.judgement(of: storm, isRaging: isRaging)
        {
            judgements.insert(judgement, at: 0)
        }
        guard !judgements.isEmpty else { return }
        let transitions = await keeper.observe(judgements, at: now)
        if !transitions.isEmpty { close(judgements.map(\.alert), after: transitions) }
    }

    /// Whether somebody may be told of it: the rule holds, or is clear and its alert was up.
    private func isWorthEvidence(_ judgement: Judgement) -> Bool {
        switch judgement.outcome {
        case .holds:
            open.insert(judgement.alert)
            return true
        case .clear: return !open.isEmpty && open.contains(judgement.alert)
        case .noData, .hold, .error: return false
        }
    }

    private func close(_ alerts: [AlertID], after transitions: [AlertTransition]) {
        let ended = Set(transitions.lazy.filter { !($0.to?.isOpen ?? false) }.map(\.alert))
        guard !ended.isEmpty else { return }
        for alert in alerts where open.contains(alert) && ended.contains(AlertKey(alert)) {
            open.remove(alert)
        }
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
        open = Set(await keeper.current.lazy.filter { $0.state.isOpen }.map(\.id))
        for check in engine.scope.checks {
            let depth = engine.rules.memoryDepth(of: check)
            let memory = try await RuleMemory(of: check, depth, from: store, at: now)
            engine.seed(memory.samples, counts: memory.counts, of: check.id)
            depths[check.id] = depth
            for sample in memory.samples { log.take(sample, of: check, at: nil) }
            lastStarts[check.id] = memory.samples.last?.startedAt
        }
        return lastStarts
    }

    /// Gives the rules the past as it was read, oldest first.
    package func seed(_ samples: [CheckID: [Sample]]) {
        let checks = Dictionary(engine.scope.checks.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        for (check, past) in samples {
            engine.seed(past, of: check)
            guard let check = checks[check] else { continue }
            for sample in past { log.take(sample, of: check, at: nil) }
        }
    }

    /// Goes on with other rules; the histories of checks that remain are kept.
    package func replace(
        rules: RuleSet,
        scope: RuleScope,
        checks: Set<CheckID>,
        selfWatch: SelfWatch? = nil
    ) {
        self.selfWatch = selfWatch
        storms.keep(checks)
        engine.replace(rules: rules, scope: scope)
        log.keep(checks)
        depths = depths.filter { checks.contains($0.key) }
        let alerts = engine.alerts
        ruleErrors = ruleErrors.filter { alerts.contains($0.key) }
        open.formIntersection(alerts)
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
    package func note(_ release: Release, in environment: String) {
        engine.note(release, in: environment)
        log.note(release, in: environment)
    }

    /// The rules with all that they remember now.
    package var currentEngine: RuleEngine { engine }
    package var newestSamples: [CheckID: Sample] { log.trails.mapValues(\.newest) }
    /// How each check that has been heard of fares.
    package var pulses: [CheckID: SelfFacts.Pulse] { log.trails.mapValues(\.pulse) }
    /// When the newest sample of each check came in, on the monotonic clock.
    package var receivedAt: [CheckID: Duration] { log.trails.compactMapValues(\.receivedAt) }
    /// The environments in which most checks fail at once.
    package var currentStorms: [SelfFacts.Storm] { storms.raging }
    package var currentRuleErrors: [AlertID: String] { ruleErrors }
    package var statistics: [String: RuleStatistics] { engine.statistics }
}

extension Alert.State {
    /// Whether there is something left to clear.
    fileprivate var isOpen: Bool { self != .resolved }
}
