import CEL
import LookoutModel
import LookoutSettings

extension RuleLint {
    /// Conditions that are always the same, and what their expressions give away as hardly meant.
    func checkExpressions(_ rule: LintedRule, _ diagnostics: inout Diagnostics) {
        for (key, expression) in rule.conditions {
            if let constant = expression.program.constant {
                report(constant, key, expression, rule.rule, &diagnostics)
            } else if key != "slo", rule.definition.objective == nil || key == "when" {
                report(expression, rule.rule, &diagnostics)
            }
        }
        let templates = rule.expressions.dropFirst(rule.conditions.count)
        if rule.definition.objective == nil {
            for expression in templates { report(expression, rule.rule, &diagnostics) }
        }
    }

    /// What is remarked on a whole expression that depends on nothing.
    private func report(
        _ constant: Value,
        _ key: String,
        _ expression: CompiledExpression,
        _ rule: CompiledRule,
        _ diagnostics: inout Diagnostics
    ) {
        let place = expression.source.position(TextPosition(line: 1, column: 1))
        switch (key, constant) {
        case ("severity", .int(let number)) where Severity(rawValue: number) == nil:
            diagnostics.error(
                "rule \(rule.id): the severity is always \(number), which is not 1, 2 or 3",
                at: place
            )
        case ("when", .bool(false)):
            diagnostics.warning(
                "rule \(rule.id) never says anything: its when is always false",
                at: place
            )
        case ("when", .bool(true)):
            diagnostics.warning("rule \(rule.id): when is always true", at: place, hint: "leave it out")
        case (_, .bool(false)):
            diagnostics.warning(
                "rule \(rule.id) can never fire: its condition is always false",
                at: place,
                hint: "leave the rule out until it has something to say"
            )
        case (_, .bool(true)):
            diagnostics.warning(
                "rule \(rule.id) always fires: its condition is always true",
                at: place,
                hint: "a condition looks at sample, checks or the past, such as sample.failed"
            )
        default: break
        }
    }

    private func report(
        _ expression: CompiledExpression,
        _ rule: CompiledRule,
        _ diagnostics: inout Diagnostics
    ) {
        for remark in expression.program.remarks {
            diagnostics.add(
                Diagnostic(
                    .warning,
                    at: expression.source.position(remark.position),
                    "rule \(rule.id): \(remark.message)",
                    excerpt: remark.excerpt
                )
            )
        }
    }
}
