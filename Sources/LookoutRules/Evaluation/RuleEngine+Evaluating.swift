package import CEL
package import LookoutModel

extension RuleEngine {
    /// The value of an expression that is no rule's, as a rule about the check would come to it.
    ///
    /// - Parameters:
    ///   - expression: an expression in the vocabulary of rules about checks.
    ///   - sample: the newest sample of the check, with what was seen.
    ///   - check: a check of the scope.
    ///   - now: what time it is.
    /// - Returns: The value, of whatever type.
    /// - Throws: `CompileError` and `EvaluationError`; the latter also where the expression looks back further
    ///   than any rule about the check, since nobody has remembered that.
    package func evaluate(
        _ expression: String,
        on sample: Sample,
        of check: CheckID,
        at now: Moment
    ) throws -> Value {
        guard let number = number(of: check) else {
            throw EvaluationError.noData("there is no check \(check)")
        }
        let program = try rules.vocabulary.environment(for: .check).compile(expression)
        let state = checks[number]
        var demand = state.history.demand
        for call in program.hostCalls { try demand.include(call) }
        guard demand == state.history.demand else {
            throw EvaluationError.noData("the expression looks back further than any rule about \(check)")
        }
        let environment = environments[state.environment]
        let deployment = environment.deployments.newest
        var news = SampleNews(sample: SampleView(sample, of: state.check), now: now.wall)
        let before = sample.outcome.isConclusive ? state.previous : state.newest
        news.previous = .some(before.map { SampleView($0, of: state.check) })
        news.deployment = DeploymentView(deployment, now: now.wall)
        if program.variables.contains("checks") {
            news.checks = try standing(inEnvironment: state.environment, at: now.wall)
        }
        var activation = state.plan.activation
        rules.vocabulary.bind(news, to: &activation)
        let context = RuleContext(
            history: state.history,
            failing: environment.failing,
            deployedAt: deployment?.beganAt
        )
        return try program.evaluate(activation, context: context)
    }

    /// The newest samples of an environment's checks, as `checks` has them.
    private func standing(inEnvironment number: Int, at now: Timestamp) throws(EvaluationError) -> [Value] {
        let members = checks.filter { $0.environment == number }
        let clock = StandingClock()
        clock.set(now)
        let values = members.compactMap { state in
            state.newest.map { rules.vocabulary.standing(SampleView($0, of: state.check, clock: clock)) }
        }
        guard values.count == members.count else {
            throw .noData("not every check of the environment has had a sample")
        }
        return values
    }
}
