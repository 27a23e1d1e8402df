import CEL
import LookoutModel

extension RuleEngine {
    // Both mutate nothing: called on the engine's own state they would otherwise be handed a copy of it.

    /// What the rules about a check are evaluated on for a sample of it.
    mutating func trial(
        of sample: Sample,
        after previous: Sample?,
        _ number: Int,
        at now: Timestamp
    ) -> RuleTrial {
        let plan = checks[number].plan
        let check = checks[number].check
        let environment = checks[number].environment
        let deployment = environments[environment].deployments.newest
        var news = SampleNews(sample: SampleView(sample, of: check), now: now)
        if plan.readsPrevious { news.previous = .some(previous.map { SampleView($0, of: check) }) }
        if plan.readsDeployment { news.deployment = DeploymentView(deployment, now: now) }
        if plan.readsChecks, let section = environments[environment].wholeSection {
            news.checks = environments[environment].board.sections[section].elements
        }
        var activation = plan.activation
        rules.vocabulary.bind(news, to: &activation)
        let context = RuleContext(
            history: checks[number].history,
            failing: environments[environment].failing,
            deployedAt: deployment?.beganAt.clamped
        )
        return RuleTrial(activation, context, concernCount: plan.concernCount)
    }

    /// What a rule about an environment is evaluated on, which sees a section of the board.
    mutating func trial(in environment: Int, _ section: Int, at now: Timestamp) -> RuleTrial {
        var activation = environments[environment].activation
        rules.vocabulary.bind(
            environments[environment].board.sections[section].elements,
            DeploymentView(environments[environment].deployments.newest, now: now),
            now: now,
            to: &activation
        )
        return RuleTrial(activation, .empty, concernCount: 0)
    }
}
