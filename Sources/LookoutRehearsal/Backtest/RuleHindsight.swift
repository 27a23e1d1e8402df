package import LookoutAlerting
package import LookoutModel
package import LookoutProbing
package import LookoutRules

/// Why a rule said what it said at a time in the past: brings its memory and its alerts to where they stood,
/// from stored samples, and has them explained.
package struct RuleHindsight: Sendable {
    /// How the rule stood for one check or environment.
    package struct Standing: Sendable {
        package let subject: RuleSubject
        /// The run that was judged last had ended then.
        package let judgedAt: Timestamp
        package let explanation: RuleExplanation
        /// The alert as the replay has it; nil if there is none.
        package let alert: Alert?
    }

    private let rule: CompiledRule
    private let rules: RuleSet
    private let scope: RuleScope

    /// - Parameters:
    ///   - rule: the rule that is asked about.
    ///   - rules: the set that it is of.
    ///   - scope: what the rules were compiled against.
    package init(_ rule: CompiledRule, of rules: RuleSet, scope: RuleScope) {
        self.rule = rule
        self.rules = rules.filter { $0.id == rule.id }
        self.scope = scope
    }

    /// What the rule judges: its checks, or their environments, in the order of the configuration.
    package var subjects: [RuleSubject] {
        var subjects: [RuleSubject] = []
        for check in scope.checks where rule.match.matches(check) {
            let subject: RuleSubject =
                rule.scope == .environment ? .environment(check.id.environment) : .check(check.id)
            if !subjects.contains(subject) { subjects.append(subject) }
        }
        return subjects
    }

    /// How the rule stood at a time; subjects that had no sample by then are left out.
    ///
    /// - Parameters:
    ///   - subjects: some of `self.subjects`.
    ///   - time: the time; what ended later is not looked at.
    ///   - archive: where the samples are.
    /// - Returns: In the order of the subjects.
    /// - Throws: What the archive throws.
    package func standings(
        of subjects: [RuleSubject],
        at time: Timestamp,
        from archive: some SampleArchive
    ) throws -> [Standing] {
        let plan = BacktestPlan(range: time..<time + .microseconds(1), scope: scope, rules: rules)
        var standings: [RuleSubject: Standing] = [:]
        for environment in Set(subjects.map(\.environment)) {
            let asked = subjects.filter { $0.environment == environment }
            for standing in try replay(environment, asked, plan, archive) {
                standings[standing.subject] = standing
            }
        }
        return subjects.compactMap { standings[$0] }
    }

    private func replay(
        _ environment: String,
        _ subjects: [RuleSubject],
        _ plan: BacktestPlan,
        _ archive: some SampleArchive
    ) throws -> [Standing] {
        let scope = scope.keeping(checks: scope.checks.filter { $0.id.environment == environment })
        let checks = scope.checks
        var clock = ReplayClock(checks: scope.checks, origin: plan.replayed.lowerBound)
        var replay = RuleReplay(rules: rules, scope: scope)
        var newest: [RuleSubject: Moment] = [:]
        try archive.replay(checks.map(\.id), in: plan.replayed) { sample, place in
            guard sample.endedAt <= plan.range.lowerBound else { return }
            let check = checks[place]
            let reading = clock.advance(to: sample)
            replay.observe(sample, of: check, at: reading)
            guard sample.outcome.isConclusive else { return }
            newest[.check(check.id)] = reading.now
            if rule.match.matches(check) { newest[.environment(environment)] = reading.now }
        }
        return subjects.compactMap { subject in
            guard let now = newest[subject],
                let explanation = replay.engine.explain(rule.id, of: subject, at: now)
            else { return nil }
            return Standing(
                subject: subject,
                judgedAt: now.wall,
                explanation: explanation,
                alert: replay.book.alerts.first { $0.id == explanation.alert }
            )
        }
    }
}

extension RuleSubject {
    /// The environment that this is, or is in.
    package var environment: String {
        switch self {
        case .check(let check): check.environment
        case .environment(let name): name
        }
    }

    /// `environment/probe`, or the environment's name.
    package var text: String {
        switch self {
        case .check(let check): check.description
        case .environment(let name): name
        }
    }
}
