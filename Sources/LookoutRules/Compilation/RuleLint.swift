import CEL
import LookoutModel
import LookoutSettings

/// Finds what is allowed in a rule but hardly meant: warnings, and errors where it cannot work at all.
struct RuleLint {
    let scope: RuleScope

    func check(_ rules: [LintedRule], _ diagnostics: inout Diagnostics) {
        for rule in rules {
            checkRunbook(rule, &diagnostics)
            checkMatch(rule, &diagnostics)
            checkHolds(rule, &diagnostics)
            checkExpressions(rule, &diagnostics)
            checkComparisons(rule, &diagnostics)
            checkWindows(rule, &diagnostics)
            checkObjective(rule, &diagnostics)
        }
        checkMeanings(rules, &diagnostics)
        checkParents(rules, &diagnostics)
    }

    private func checkRunbook(_ rule: LintedRule, _ diagnostics: inout Diagnostics) {
        guard rule.rule.runbook == nil, rule.rule.severity.canBeOutage else { return }
        diagnostics.warning(
            "rule \(rule.rule.id) can wake somebody with severity 1 and has no runbook",
            at: rule.rule.position,
            hint: "add runbook: with the address of a page that says what to do"
        )
    }

    /// A rule about no check; one that names what does not exist has been reported for that.
    private func checkMatch(_ rule: LintedRule, _ diagnostics: inout Diagnostics) {
        guard scope.knowsChecks, rule.checks.isEmpty,
            MatchCheck(scope: scope).knowsAllNames(of: rule.definition)
        else { return }
        diagnostics.warning(
            "rule \(rule.rule.id) is about none of the checks",
            at: rule.rule.position,
            hint: "look at its match: checks are \(examples)"
        )
    }

    private var examples: String {
        let names = scope.checks.map(\.id).sorted().prefix(5).map(\.description)
        return names.isEmpty ? "not configured yet" : names.joined(separator: ", ")
    }
}

extension CompiledSeverity {
    /// Whether it can be 1, so far as that can be told without a sample.
    var canBeOutage: Bool {
        switch self {
        case .constant(let severity): severity == .outage
        case .expression(let expression):
            expression.program.results.contains { result in
                if case .int(let number)? = result {
                    number == Severity.outage.rawValue
                } else {
                    result == nil
                }
            }
        }
    }
}
