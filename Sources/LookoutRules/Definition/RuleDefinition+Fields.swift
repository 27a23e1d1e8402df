package import LookoutSettings

extension RuleDefinition {
    /// All keys of a rule: what is read, the JSON Schema and the reference in the documents.
    package static var fields: [Field<RuleDefinition>] {
        [
            Field(
                "id",
                \.identifier,
                "The rule's name, unique over all files: a-z, 0-9 and -.",
                required: true
            ),
            Field("match", \.match, "Which checks the rule is about; without it, all."),
            Field(
                "scope",
                \.scope,
                "check: one alert for each check; environment: one for each environment, judged over all of "
                    + "its checks. Default: check."
            ),
            Field(
                "when",
                \.when,
                "CEL (bool): whether the sample says anything about this rule; false is \"no data\"."
            ),
            Field("expr", \.expression, "CEL (bool): true is a reason to alert."),
            Field(
                "slo",
                \.objective,
                "An objective in the place of expr: alerts when its error budget is spent too fast."
            ),
            Field("for", \.pending, "How long the condition must hold before the alert fires."),
            Field("keep_firing_for", \.keepFiring, "How long it must be gone before the alert resolves."),
            Field(
                "min_failures",
                \.minimumFailures,
                "How many judgements in a row must be true before the alert fires. Default: 1."
            ),
            Field(
                "min_successes",
                \.minimumSuccesses,
                "How many judgements in a row must be false before it resolves. Default: 1."
            ),
            Field(
                "on_no_data",
                \.noDataPolicy,
                "What no data means: keep (nothing fires, nothing resolves), ok or alert. Default: keep."
            ),
            Field("severity", \.severity, "1 (outage), 2 (major), 3 (minor), or CEL giving it."),
            Field("summary", \.summary, "One line for people, with CEL in {{ }}."),
            Field("description", \.description, "More for people, with CEL in {{ }}."),
            Field("annotations", \.annotations, "Further texts by name, with CEL in {{ }}."),
            Field(
                "runbook",
                \.runbook,
                "Where it stands what to do: a web address, or a path such as docs/runbooks.md#database."
            ),
            Field("labels", \.labels, "Labels that the alert has besides environment and probe."),
            parentsField,
            Field(
                "suggest",
                \.suggestion,
                "What the alert suggests: rollback, restore-env (put the environment's variables back) or none."
            ),
        ]
    }

    /// One id, or a list of them.
    private static var parentsField: Field<RuleDefinition> {
        Field(
            "depends_on",
            "The ids of rules whose alerts explain this one: while one is up in the same environment, this "
                + "one is not told.",
            shape: .oneOf([RuleIdentifier.shape, .list(RuleIdentifier.shape)])
        ) { node, context, rule in
            if case .sequence = node.content {
                guard let parents = [Located<RuleIdentifier>](node, &context) else { return false }
                rule.parents = parents
            } else {
                guard let parent = Located<RuleIdentifier>(node, &context) else { return false }
                rule.parents = [parent]
            }
            return true
        }
    }
}
