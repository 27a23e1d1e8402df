package import LookoutModel
package import LookoutSettings

/// A rule as a rule file has it: read and checked for shape, its expressions not yet compiled.
package struct RuleDefinition: Settings {
    package var identifier = RuleIdentifier.missing
    package var match = RuleMatch()
    package var scope = RuleScopeKind.check
    /// Whether the sample says anything about this rule; where it does not, the rule has no data.
    package var when: SourceText?
    package var expression: SourceText?
    /// In the place of the expression.
    package var objective: Located<ServiceLevelObjective>?
    /// Nil where the objective's rows decide.
    package var severity: RuleSeverity?
    package var pending: Located<Duration>?
    package var keepFiring: Located<Duration>?
    package var minimumFailures: Located<RepeatCount>?
    package var minimumSuccesses: Located<RepeatCount>?
    package var noDataPolicy = NoDataPolicy.keep
    package var summary: SourceText?
    package var description: SourceText?
    package var annotations = RuleAnnotations.none
    package var runbook: RunbookLink?
    package var labels: Labels = [:]
    /// The rules whose alerts explain this one's.
    package var parents: [Located<RuleIdentifier>] = []
    package var suggestion: Suggestion?

    package init() {}

    package var id: String { identifier.text }

    /// The hold times and counts, as the alert's life-cycle takes them.
    package var holds: Judgement.Holds {
        Judgement.Holds(
            pending: pending?.value ?? .zero,
            keepFiring: keepFiring?.value ?? .zero,
            failures: minimumFailures?.value.count ?? 1,
            successes: minimumSuccesses?.value.count ?? 1
        )
    }

    package static var shape: Shape {
        let properties = fields.map {
            Shape.Property(key: $0.key, summary: $0.summary, isRequired: $0.isRequired, shape: $0.shape)
        }
        let conditions = ["expr", "slo"]
        return .tagged(
            properties.filter { !conditions.contains($0.key) },
            oneOf: properties.filter { conditions.contains($0.key) }
        )
    }

    /// A rule has one condition: `expr`, which needs a severity and a summary, or `slo`, which has both.
    package static func validateKeys(of node: SettingsNode, _ context: inout SettingsContext) {
        guard case .mapping = node.content else { return }
        switch (node["expr"], node["slo"]) {
        case (nil, nil):
            context.error(
                "the rule has no condition",
                at: node,
                hint: "write expr: with a CEL condition, or slo: with an objective"
            )
        case (_?, let objective?):
            context.error("a rule has expr or slo, not both", at: objective, hint: "make two rules of it")
        case (_?, nil):
            for field in fields where ["severity", "summary"].contains(field.key) && node[field.key] == nil {
                context.error("\"\(field.key)\" is missing", at: node, hint: field.summary)
            }
        case (nil, _?): break
        }
    }

    package func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        for reserved in ["environment", "probe", "severity"] where labels[reserved] != nil {
            context.error(
                "the label \"\(reserved)\" belongs to Lookout",
                at: node["labels"] ?? node,
                hint: "every alert has environment and probe by itself; severity is a key of the rule"
            )
        }
        if scope == .environment, let objective {
            context.diagnostics.error(
                "an objective is about a check, not about an environment",
                at: objective.position,
                hint: "leave scope: environment out"
            )
        }
    }
}
