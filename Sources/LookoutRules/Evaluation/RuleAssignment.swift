import CEL
import LookoutModel

/// A rule with what it judges: a check or an environment.
///
/// A class, so that going through the rules of a sample copies nothing.
final class RuleAssignment: Sendable {
    let rule: CompiledRule
    let when: Program?
    let condition: Program
    /// The rule's place in its set.
    let number: Int
    /// The place of its `when` among those that rules of the same check share; nil for one of its own.
    let concern: Int?
    let readsChecks: Bool
    /// What almost all judgements are, made once: that the condition is false.
    let clear: Judgement
    /// The same where a lack of data changes nothing.
    private let noData: Judgement

    init(_ rule: CompiledRule, number: Int, for check: Check, concern: Int? = nil) {
        self.rule = rule
        when = rule.when?.program
        condition = rule.condition.program
        self.number = number
        self.concern = concern
        readsChecks = rule.names.contains("checks")
        clear = Judgement(
            alert: rule.alert(for: check.id),
            outcome: .clear,
            labels: rule.labels,
            parents: rule.parents,
            holds: rule.holds,
            interval: check.interval
        )
        var noData = clear
        noData.outcome = .noData
        self.noData = noData
    }

    var alert: AlertID { clear.alert }

    /// Whether a verdict is a reason to alert, `on_no_data` applied.
    func holds(_ verdict: Verdict) -> Bool {
        switch verdict {
        case .holds: true
        case .clear, .hold, .error: false
        case .noData(let reason): rule.noDataPolicy == .alert && reason.unstored == nil
        }
    }

    /// Whether a verdict changes anything where only these alerts are up; nil where that is not known.
    func isWorthTelling(_ verdict: Verdict, given open: Set<AlertID>?) -> Bool {
        guard let open else { return true }
        return holds(verdict) || !open.isEmpty && open.contains(alert)
    }

    /// What follows from a verdict; the trial renders the texts, for which it needs what was seen.
    func judgement(_ verdict: Verdict, in trial: borrowing RuleTrial) -> Judgement {
        switch verdict {
        case .clear: return clear
        case .noData(let reason): return withoutData(reason, in: trial)
        case .holds(let severity):
            var judgement = clear
            judgement.outcome = .holds(severity)
            judgement.texts = trial.texts(of: rule)
            return judgement
        case .hold(let reason):
            var judgement = clear
            judgement.outcome = .hold(reason)
            return judgement
        case .error(let words):
            var judgement = clear
            judgement.outcome = .error("rule \(rule.id): \(words)")
            return judgement
        }
    }

    /// Applies the rule's `on_no_data`.
    ///
    /// What only the store lacks is no reason to alert, nor that all is well: it comes up when the past is
    /// judged again.
    private func withoutData(_ reason: NoDataReason, in trial: borrowing RuleTrial) -> Judgement {
        if rule.noDataPolicy != .keep, reason.unstored != nil { return noData }
        switch rule.noDataPolicy {
        case .keep: return noData
        case .ok: return clear
        case .alert:
            var judgement = clear
            // A severity that is computed may lack the same data: then the mildest, rather than no alert.
            if case .holds(let severity) = trial.severity(of: rule) {
                judgement.outcome = .holds(severity)
            } else {
                judgement.outcome = .holds(.minor)
            }
            judgement.texts = trial.texts(of: rule)
            let remark = "No data: \(reason.words)."
            let description = judgement.texts.description
            judgement.texts.description = description.isEmpty ? remark : "\(remark) \(description)"
            return judgement
        }
    }
}

extension CompiledRule {
    /// The expressions that the rule judges by, in the order of their evaluation.
    var judgingExpressions: [CompiledExpression] {
        var expressions = when.map { [$0] } ?? []
        expressions.append(condition)
        if case .expression(let expression) = severity { expressions.append(expression) }
        return expressions
    }

    /// All of the rule's expressions, those in its texts included.
    var expressions: [CompiledExpression] {
        var expressions = judgingExpressions
        let templates = [summary] + (description.map { [$0] } ?? []) + annotations.map(\.template)
        for piece in templates.flatMap(\.pieces) {
            if case .expression(let expression) = piece { expressions.append(expression) }
        }
        return expressions
    }

    /// The variables that the rule names.
    var names: Set<String> {
        expressions.reduce(into: []) { $0.formUnion($1.program.variables) }
    }
}
