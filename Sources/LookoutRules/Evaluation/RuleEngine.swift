import CEL
package import LookoutModel

/// Judges samples by rules: takes in a sample, gives one judgement for each rule that is about its check.
///
/// Holds the checks' recent past; has no clock and does no input or output.
package struct RuleEngine: Sendable {
    /// A rule that is about a check, and the alert that it raises for it.
    ///
    /// A class, so that going through the rules of a sample copies nothing.
    private final class Assignment: Sendable {
        let rule: CompiledRule
        let alert: AlertID

        init(_ rule: CompiledRule, to check: CheckID) {
            self.rule = rule
            alert = rule.alert(for: check)
        }
    }

    private struct CheckState {
        let check: Check
        let assignments: [Assignment]
        var history: SampleHistory
        /// The newest conclusive sample, without what was seen.
        var previous: Sample?
        /// The variables that do not change from sample to sample.
        let activation: Activation
    }

    private var rules: RuleSet
    private var environments: [String: EnvironmentFacts] = [:]
    private var states: [CheckID: CheckState] = [:]
    /// Whether the newest conclusive sample failed, by environment and probe.
    private var failing: [String: [String: Bool]] = [:]
    /// By the rule's id.
    package private(set) var statistics: [String: RuleStatistics] = [:]

    package init(rules: RuleSet, scope: RuleScope) {
        self.rules = rules
        replace(rules: rules, scope: scope)
    }

    /// Puts other rules and checks in force.
    ///
    /// Checks that remain keep their past; counts go on.
    package mutating func replace(rules: RuleSet, scope: RuleScope) {
        self.rules = rules
        environments = Dictionary(scope.environments.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        let before = states
        states = [:]
        for check in scope.checks { states[check.id] = state(of: check, before: before[check.id]) }
        failing = [:]
        for (id, state) in states { note(state.previous, of: id) }
        let ids = Set(rules.rules.map(\.id))
        statistics = statistics.filter { ids.contains($0.key) }
    }

    /// All alerts that these rules can raise for these checks: one on the book that is not among them
    /// belongs to a rule or a check that is gone.
    package var alerts: Set<AlertID> {
        Set(states.values.flatMap { $0.assignments.map(\.alert) })
    }

    /// Takes in a check's past from the store, in any order, in place of what was known of it.
    package mutating func seed(_ samples: [Sample], of check: CheckID) {
        guard var state = states.removeValue(forKey: check) else { return }
        state.history = SampleHistory(demand: state.history.demand, interval: state.check.interval)
        state.history.seed(samples)
        state.previous =
            samples.filter(\.outcome.isConclusive).max { $0.startedAt < $1.startedAt }
            .map(Self.withoutObservation)
        states[check] = state
        note(state.previous, of: check)
    }

    /// Judges a sample by every rule about its check, in the order of the rule files.
    ///
    /// A sample that says nothing about the target gives "no data" for each rule and leaves no trace
    /// in the history.
    package mutating func observe(_ sample: Sample, of check: Check, at now: Moment) -> [Judgement] {
        var state = states.removeValue(forKey: check.id) ?? state(of: check, before: nil)
        defer { states[check.id] = state }
        guard sample.outcome.isConclusive else {
            return state.assignments.map { conclude(.noData, $0, check) }
        }
        state.history.append(sample)
        note(sample, of: check.id)
        var activation = state.activation
        rules.vocabulary.bind(
            SampleView(sample, type: check.type),
            previous: state.previous.map { SampleView($0, type: check.type) },
            now: now.wall,
            to: &activation
        )
        let context = RuleContext(history: state.history, failing: failing[check.id.environment] ?? [:])
        let judgements = state.assignments.map { conclude($0.rule.judge(activation, context), $0, check) }
        state.previous = Self.withoutObservation(sample)
        return judgements
    }

    private mutating func conclude(
        _ verdict: Verdict,
        _ assignment: Assignment,
        _ check: Check
    ) -> Judgement {
        let rule = assignment.rule
        statistics[rule.id, default: RuleStatistics()].record(verdict)
        var judgement = Judgement(
            alert: assignment.alert,
            outcome: .clear,
            holds: rule.holds,
            interval: check.interval
        )
        switch verdict {
        case .holds(let severity, let texts):
            judgement.outcome = .holds(severity)
            judgement.texts = texts
        case .clear: break
        case .noData: judgement.outcome = .noData
        case .error(let words): judgement.outcome = .error("rule \(rule.id): \(words)")
        }
        return judgement
    }

    private func state(of check: Check, before: CheckState?) -> CheckState {
        let demand = rules.demand(of: check)
        var history = before?.history ?? SampleHistory(interval: check.interval)
        history.demand = demand
        history.interval = check.interval
        let environment = environments[check.id.environment] ?? EnvironmentFacts(name: check.id.environment)
        return CheckState(
            check: check,
            assignments: rules.rules(matching: check).map { Assignment($0, to: check.id) },
            history: history,
            previous: before?.previous,
            activation: rules.vocabulary.activation(for: check, in: environment)
        )
    }

    private mutating func note(_ sample: Sample?, of check: CheckID) {
        guard let sample else { return }
        failing[check.environment, default: [:]][check.probe] = sample.outcome.failure != nil
    }

    private static func withoutObservation(_ sample: Sample) -> Sample {
        var stored = sample
        stored.observation = nil
        return stored
    }
}
