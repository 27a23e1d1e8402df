import CEL
import LookoutModel
import LookoutSettings

extension RuleLint {
    /// What makes two rules the same: they hold at the same samples, and for as long.
    private struct Meaning: Hashable {
        let scope: RuleScopeKind
        let condition: String
        let when: String?
        let holds: Judgement.Holds

        init(_ rule: CompiledRule) {
            scope = rule.scope
            condition = rule.condition.program.canonicalText
            when = rule.when?.program.canonicalText
            holds = rule.holds
        }
    }

    /// Two rules with one meaning about the same check: one fault would raise two alerts.
    func checkMeanings(_ rules: [LintedRule], _ diagnostics: inout Diagnostics) {
        var known: [Meaning: [LintedRule]] = [:]
        for rule in rules where rule.rule.condition.program.constant == nil {
            let meaning = Meaning(rule.rule)
            let twin = known[meaning]?.first { other in
                rule.checks.contains { check in other.rule.match.matches(check) }
            }
            if let twin {
                diagnostics.warning(
                    "rule \(rule.rule.id) means the same as \(twin.rule.id), about the same checks",
                    at: rule.rule.position,
                    hint: "keep one of them; a severity that differs can be an expression"
                )
            }
            known[meaning, default: []].append(rule)
        }
    }

    /// Rules that depend on one that is never about the same environment.
    func checkParents(_ rules: [LintedRule], _ diagnostics: inout Diagnostics) {
        let known = Dictionary(rules.map { ($0.rule.id, $0) }, uniquingKeysWith: { first, _ in first })
        for rule in rules where !rule.checks.isEmpty {
            for parent in rule.definition.parents {
                guard let other = known[parent.value.text], !other.checks.isEmpty,
                    other.environments.isDisjoint(with: rule.environments)
                else { continue }
                diagnostics.warning(
                    "rule \(rule.rule.id) depends on \(other.rule.id), which is about no environment of its own",
                    at: parent.position,
                    hint: "\(rule.rule.id) is about \(list(rule.environments)), \(other.rule.id) about "
                        + list(other.environments)
                )
            }
        }
    }

    private func list(_ names: Set<String>) -> String { names.sorted().joined(separator: ", ") }
}
