import CEL
package import LookoutModel
package import LookoutSettings

/// A rule ready to judge samples.
package struct CompiledRule: Sendable {
    package let id: String
    /// The name of the group that it stands in.
    package let group: String
    package let position: LookoutSettings.SourcePosition
    package let match: RuleMatch
    package let scope: RuleScopeKind
    package let holds: Judgement.Holds
    package let noDataPolicy: NoDataPolicy
    package let labels: Labels
    /// The ids of the rules that this one depends on.
    package let parents: [String]
    package let runbook: String?
    package let suggestion: Suggestion?
    /// The objective that the condition was made of; nil for a rule with a condition of its own.
    package let objective: ServiceLevelObjective?
    /// How much of a check's past the rule looks at.
    package let demand: HistoryDemand

    let when: CompiledExpression?
    let condition: CompiledExpression
    let severity: CompiledSeverity
    let summary: CompiledTemplate
    let description: CompiledTemplate?
    let annotations: [CompiledAnnotation]

    /// The severity as the rule file has it: a number or an expression.
    package var severityText: String {
        switch severity {
        case .constant(let severity): "\(severity.rawValue)"
        case .expression(let expression): expression.source.expression
        }
    }

    /// The severities that the rule can give, such as "1 or 2"; "CEL" where that is not to be seen.
    package var severitySummary: String {
        guard case .expression(let expression) = severity else { return severityText }
        var numbers: Set<Int> = []
        for result in expression.program.results {
            guard case .int(let number)? = result else { return "CEL" }
            numbers.insert(number)
        }
        return numbers.sorted().map(String.init).joined(separator: " or ")
    }

    /// The condition as the rule file has it, or as it was made of the objective.
    package var conditionText: String { condition.source.expression }

    /// The alert that this rule raises for a check, or for the check's environment.
    ///
    /// The rule's own labels are no part of it, so that editing one is no second alert.
    package func alert(for check: CheckID) -> AlertID {
        switch scope {
        case .check:
            AlertID(rule: id, labels: ["environment": check.environment, "probe": check.probe])
        case .environment: AlertID(rule: id, labels: ["environment": check.environment])
        }
    }
}

/// A rule's severity, ready to be asked for.
enum CompiledSeverity: Sendable {
    case constant(Severity)
    case expression(CompiledExpression)
}

/// A further text of a rule, ready to be rendered.
struct CompiledAnnotation: Sendable {
    let name: String
    let template: CompiledTemplate
}
