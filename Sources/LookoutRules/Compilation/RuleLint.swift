import LookoutModel
import LookoutSettings

/// Finds what is allowed in a rule but hardly meant: warnings, never errors.
struct RuleLint {
    let scope: RuleScope

    func check(_ rule: CompiledRule, _ definition: RuleDefinition, _ diagnostics: inout Diagnostics) {
        let checks = scope.checks.filter(rule.match.matches)
        if rule.runbook == nil, canBeOutage(rule.severity) {
            diagnostics.warning(
                "rule \(rule.id) can wake somebody with severity 1 and has no runbook",
                at: rule.position,
                hint: "add runbook: with the address of a page that says what to do"
            )
        }
        guard let slowest = checks.max(by: { $0.interval < $1.interval }),
            let fastest = checks.min(by: { $0.interval < $1.interval })
        else {
            diagnostics.warning(
                "rule \(rule.id) is about none of the checks",
                at: rule.position,
                hint: "look at its match: checks are \(examples)"
            )
            return
        }
        if rule.holds.pending > .zero, rule.holds.pending < slowest.interval {
            diagnostics.warning(
                "rule \(rule.id): for: \(rule.holds.pending.durationText) is shorter than the interval of "
                    + "\(slowest.id), \(slowest.interval.durationText)",
                at: definition.pendingPosition ?? rule.position,
                hint: "it fires at the second sample in any case; use 0s or a multiple of the interval"
            )
        }
        lintWindow(of: rule, fastest, &diagnostics)
    }

    /// A window that holds more samples than are kept is cut.
    private func lintWindow(of rule: CompiledRule, _ fastest: Check, _ diagnostics: inout Diagnostics) {
        guard fastest.interval > .zero else { return }
        let samples = rule.demand.age / fastest.interval
        guard samples > Double(SampleHistory.capacity) else { return }
        diagnostics.warning(
            "rule \(rule.id) looks back \(rule.demand.age.durationText), which at the interval of "
                + "\(fastest.id) is more than the \(SampleHistory.capacity) samples that are kept",
            at: rule.position,
            hint: "the window ends after \(SampleHistory.capacity) samples"
        )
    }

    private func canBeOutage(_ severity: CompiledSeverity) -> Bool {
        switch severity {
        case .constant(let severity): severity == .outage
        case .expression(let expression):
            expression.source.expression.split { !$0.isNumber && !$0.isLetter }.contains("1")
        }
    }

    private var examples: String {
        let names = scope.checks.map(\.id).sorted().prefix(5).map(\.description)
        return names.isEmpty ? "not configured yet" : names.joined(separator: ", ")
    }
}
