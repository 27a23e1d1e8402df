import LookoutModel
import LookoutSettings

/// A compiled rule beside what its file says, and the checks that it is about.
struct LintedRule {
    let rule: CompiledRule
    let definition: RuleDefinition
    let checks: [Check]

    init(_ rule: CompiledRule, _ definition: RuleDefinition, checks: [Check]) {
        self.rule = rule
        self.definition = definition
        self.checks = checks.filter(rule.match.matches)
    }

    var environments: Set<String> { Set(checks.map(\.id.environment)) }

    /// The check that is asked most rarely; nil if the rule is about none.
    var slowest: Check? { checks.max { $0.interval < $1.interval } }

    /// The check that is asked most often; nil if the rule is about none.
    var fastest: Check? { checks.min { $0.interval < $1.interval } }

    /// The expressions that decide, in the order in which they are asked.
    var conditions: [(key: String, expression: CompiledExpression)] {
        var conditions: [(key: String, expression: CompiledExpression)] = []
        if let when = rule.when { conditions.append(("when", when)) }
        conditions.append((definition.objective == nil ? "expr" : "slo", rule.condition))
        if case .expression(let expression) = rule.severity { conditions.append(("severity", expression)) }
        return conditions
    }

    /// Every expression of the rule, those of its texts included.
    var expressions: [CompiledExpression] {
        let templates =
            [rule.summary] + (rule.description.map { [$0] } ?? []) + rule.annotations.map(\.template)
        return conditions.map(\.expression) + templates.flatMap(\.expressions)
    }
}
