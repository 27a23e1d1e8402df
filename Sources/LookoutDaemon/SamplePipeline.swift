import Logging
import LookoutAlerting
import LookoutModel
import LookoutProbing
import LookoutRules

/// Where every sample goes: to the recorder, through the rules, on to the alerts.
///
/// The rules' memory and the newest samples have this one owner. State changes before the first
/// suspension, so samples of different checks may arrive while a commit is waited for.
actor SamplePipeline: SampleSink {
    private var engine: RuleEngine
    private var newest: [CheckID: Sample] = [:]
    /// The rules that cannot be evaluated now, and why.
    private var ruleErrors: [AlertID: String] = [:]
    private let recorder: SampleRecorder
    private let keeper: AlertKeeper
    private let logger: Logger

    init(engine: RuleEngine, recorder: SampleRecorder, keeper: AlertKeeper, logger: Logger) {
        self.engine = engine
        self.recorder = recorder
        self.keeper = keeper
        self.logger = logger
    }

    func receive(_ sample: Sample, of check: Check, at now: Moment) async {
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

    /// Gives the rules the past: what is in the store when the agent starts.
    func seed(_ samples: [CheckID: [Sample]]) {
        for (check, past) in samples {
            engine.seed(past, of: check)
            newest[check] = past.last
        }
    }

    /// Goes on with other rules; the histories of checks that remain are kept.
    func replace(rules: RuleSet, scope: RuleScope, checks: Set<CheckID>) {
        engine.replace(rules: rules, scope: scope)
        newest = newest.filter { checks.contains($0.key) }
        let alerts = engine.alerts
        ruleErrors = ruleErrors.filter { alerts.contains($0.key) }
    }

    var newestSamples: [CheckID: Sample] { newest }
    var currentRuleErrors: [AlertID: String] { ruleErrors }
    var statistics: [String: RuleStatistics] { engine.statistics }
}
