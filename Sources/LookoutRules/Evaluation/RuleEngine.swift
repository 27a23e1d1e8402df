import CEL
package import LookoutModel

/// Judges samples by rules: takes in a sample, gives one judgement for each rule that is about its check or
/// about its environment.
///
/// Holds the checks' recent past; has no clock and does no input or output.
package struct RuleEngine: Sendable {
    package private(set) var rules: RuleSet
    /// What the rules may name, with all checks that have been judged.
    package private(set) var scope: RuleScope
    var environments: [EnvironmentState] = []
    private(set) var checks: [CheckState] = []
    private var environmentNumbers: [String: Int] = [:]
    private var checkNumbers: [CheckID: Int] = [:]
    /// By the rule's place in the set.
    private var records: [RuleStatistics] = []

    package init(rules: RuleSet, scope: RuleScope) {
        self.rules = rules
        self.scope = scope
        replace(rules: rules, scope: scope)
    }

    /// Puts other rules and checks in force.
    ///
    /// Checks that remain keep their past, environments their deployment; counts go on.
    package mutating func replace(rules: RuleSet, scope: RuleScope) {
        let before = self
        let statistics = statistics
        self.rules = rules
        self.scope = scope
        records = rules.rules.map { statistics[$0.id] ?? RuleStatistics() }
        (environments, environmentNumbers, checks, checkNumbers) = ([], [:], [], [:])
        let facts = Dictionary(scope.environments.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        for (name, members) in Self.grouped(scope.checks) {
            add(facts[name] ?? EnvironmentFacts(name: name), members, before)
        }
    }

    /// How rules fared so far, by the rule's id.
    package var statistics: [String: RuleStatistics] {
        Dictionary(zip(rules.rules.map(\.id), records), uniquingKeysWith: { first, _ in first })
    }

    /// All alerts that these rules can raise for these checks: one on the book that is not among them
    /// belongs to a rule, a check or an environment that is gone.
    package var alerts: Set<AlertID> { rules.alerts(for: checks.map(\.check)) }

    /// Takes in a check's past from the store, in any order, in place of what was known of it.
    ///
    /// - Parameters:
    ///   - samples: as many as `RuleSet.memoryDepth(of:)` says.
    ///   - counts: how many of its runs succeeded and failed, these samples included, as far back as that
    ///     says; where there are none, the samples are counted.
    ///   - check: a check of the scope; others are ignored.
    package mutating func seed(_ samples: [Sample], counts: [OutcomeCount] = [], of check: CheckID) {
        guard let number = checkNumbers[check] else { return }
        let change = checks[number].seed(samples, counts)
        let environment = checks[number].environment
        if let newest = checks[number].newest {
            environments[environment].take(newest, at: checks[number].place)
        }
        if let change {
            environments[environment].deployments.noteChange(to: change.version, at: change.time.clamped)
        }
    }

    /// Takes in stored samples from before the oldest that is known of a check, when rules begin to look further
    /// back; counts replace those that are known.
    package mutating func deepen(_ samples: [Sample], counts: [OutcomeCount] = [], of check: CheckID) {
        guard let number = checkNumbers[check] else { return }
        checks[number].history.deepen(samples, counts: counts)
    }

    /// Takes in that a version was put on an environment.
    package mutating func note(_ release: Release, in environment: String) {
        guard let number = environmentNumbers[environment] else { return }
        environments[number].deployments.note(release)
    }

    /// Judges a sample by every rule about its check, in the order of the rule files, then by those about its
    /// environment.
    ///
    /// A sample that says nothing about the target leaves no trace in the history: where Lookout could not
    /// ask, rules have no data; where nothing can be said about any target, they hold.
    ///
    /// - Parameters:
    ///   - sample: the newest sample of the check.
    ///   - check: the check; one that is not in the scope is added to it.
    ///   - now: when the sample came in.
    ///   - open: the alerts that are up, where that is known: of others nothing is said while their rules
    ///     do not hold, which is for whoever replays millions of samples.
    /// - Returns: A judgement for each rule that says something, in the order of the rules.
    package mutating func observe(
        _ sample: Sample,
        of check: Check,
        at now: Moment,
        settlingOnly open: Set<AlertID>? = nil
    ) -> [Judgement] {
        let number = number(of: check)
        switch sample.outcome {
        case .ok, .failed:
            take(sample, number)
            return judge(sample, number, at: now.wall, settlingOnly: open)
        case .error(let reason):
            return conclude(.noData(.notAsked(reason)), sample, number, at: now.wall)
        case .inconclusive(let reason): return conclude(.hold(reason), sample, number, at: now.wall)
        }
    }

    private mutating func judge(
        _ sample: Sample,
        _ number: Int,
        at now: Timestamp,
        settlingOnly open: Set<AlertID>?
    ) -> [Judgement] {
        let plan = checks[number].plan
        let environment = checks[number].environment
        let place = checks[number].place
        environments[environment].board.set(now)
        var judgements: [Judgement] = []
        judgements.reserveCapacity(plan.assignments.count + environments[environment].assignments.count)
        if !plan.assignments.isEmpty {
            var trial = trial(of: sample, after: checks[number].previous, number, at: now)
            let isComplete = environments[environment].isComplete
            for assignment in plan.assignments {
                let verdict =
                    assignment.readsChecks && !isComplete
                    ? .noData(.incomplete) : trial.verdict(of: assignment)
                records[assignment.number].record(verdict)
                if !assignment.isWorthTelling(verdict, given: open) { continue }
                judgements.append(assignment.judgement(verdict, in: trial))
            }
        }
        for assignment in environments[environment].assignments {
            guard let rule = assignment.rules[place] else { continue }
            var trial = trial(in: environment, assignment.section, at: now)
            let isComplete = environments[environment].board.sections[assignment.section].isComplete
            let verdict: Verdict = isComplete ? trial.verdict(of: rule) : .noData(.incomplete)
            records[rule.number].record(verdict)
            if !rule.isWorthTelling(verdict, given: open) { continue }
            judgements.append(rule.judgement(verdict, in: trial))
        }
        return judgements
    }

    /// The same verdict from every rule.
    private mutating func conclude(
        _ verdict: Verdict,
        _ sample: Sample,
        _ number: Int,
        at now: Timestamp
    ) -> [Judgement] {
        let environment = checks[number].environment
        environments[environment].board.set(now)
        let trial = trial(of: sample, after: checks[number].newest, number, at: now)
        var judgements: [Judgement] = []
        for assignment in checks[number].plan.assignments {
            records[assignment.number].record(verdict)
            judgements.append(assignment.judgement(verdict, in: trial))
        }
        for assignment in environments[environment].assignments {
            guard let rule = assignment.rules[checks[number].place] else { continue }
            records[rule.number].record(verdict)
            judgements.append(
                rule.judgement(verdict, in: self.trial(in: environment, assignment.section, at: now))
            )
        }
        return judgements
    }

    private mutating func take(_ sample: Sample, _ number: Int) {
        let changed = checks[number].take(sample)
        let environment = checks[number].environment
        environments[environment].take(sample, at: checks[number].place)
        if let changed {
            environments[environment].deployments.noteChange(to: changed, at: sample.startedAt.clamped)
        }
    }

    private mutating func add(_ facts: EnvironmentFacts, _ members: [Check], _ before: RuleEngine) {
        let environment = environments.count
        environmentNumbers[facts.name] = environment
        environments.append(EnvironmentState(facts, members, rules))
        if let known = before.environmentNumbers[facts.name] {
            environments[environment].deployments = before.environments[known].deployments
        }
        for (place, check) in members.enumerated() {
            let plan = CheckPlan(check, rules, in: facts)
            var state = CheckState(check, plan, environment: environment, place: place)
            if let known = before.checkNumbers[check.id] { state.inherit(before.checks[known]) }
            if let newest = state.newest { environments[environment].take(newest, at: place) }
            checkNumbers[check.id] = checks.count
            checks.append(state)
        }
    }

    /// The check's place; one that was not in the scope is added to it.
    private mutating func number(of check: Check) -> Int {
        if let number = checkNumbers[check.id] { return number }
        scope = RuleScope(
            types: scope.types,
            environments: scope.environments,
            checks: scope.checks + [check],
            retention: scope.retention
        )
        replace(rules: rules, scope: scope)
        return checkNumbers[check.id] ?? 0
    }

    /// The place of a check, or of an environment, that is known.
    func number(of check: CheckID) -> Int? { checkNumbers[check] }
    func number(ofEnvironment name: String) -> Int? { environmentNumbers[name] }

    /// The checks by environment, each once, in the order in which they come.
    private static func grouped(_ checks: [Check]) -> [(environment: String, checks: [Check])] {
        var groups: [(environment: String, checks: [Check])] = []
        var numbers: [String: Int] = [:]
        var seen: Set<CheckID> = []
        for check in checks where seen.insert(check.id).inserted {
            let number = numbers[check.id.environment, default: groups.count]
            if number == groups.count {
                numbers[check.id.environment] = number
                groups.append((check.id.environment, []))
            }
            groups[number].checks.append(check)
        }
        return groups
    }
}
