package import CEL
package import LookoutModel

/// What a rule is judged for.
package enum RuleSubject: Hashable, Sendable {
    case check(CheckID)
    case environment(String)
}

/// Why a rule says what it says of the newest sample: its expressions with the value of every part.
package struct RuleExplanation: Sendable {
    package let rule: CompiledRule
    package let alert: AlertID
    /// The sample that was judged, without what was seen; nil for a rule about an environment.
    package let sample: Sample?
    /// What the rule comes to, `on_no_data` applied.
    package let outcome: Judgement.Outcome
    /// Why there is no data, in words; nil if there is.
    package let noDataReason: String?
    /// What the rule's `when` comes to; nil without one.
    package let when: Explanation?
    package let condition: Explanation
    /// What the severity comes to; nil if it is a number.
    package let severity: Explanation?
    /// What each call that looks back had before it, in the order of the text, equal calls once.
    package let windows: [WindowUse]
}

/// A call that looks back, and the samples that it looks at.
package struct WindowUse: Hashable, Sendable {
    /// The call as it could be written, such as `failures("5m")`.
    package let call: String
    package let view: WindowView
}

extension RuleEngine {
    /// Judges the newest conclusive sample once more, of a check or of all checks of an environment, and tells
    /// how a rule comes to what it says; nil if the rule does not judge that, or there is no sample yet.
    ///
    /// What was seen with the sample is not kept, so expressions that ask for it have no data here.
    package func explain(_ rule: String, of subject: RuleSubject, at now: Moment) -> RuleExplanation? {
        var copy = self
        switch subject {
        case .check(let id):
            guard let number = number(of: id), let sample = checks[number].newest,
                let assignment = checks[number].plan.assignments.first(where: { $0.rule.id == rule })
            else { return nil }
            let environment = checks[number].environment
            copy.environments[environment].board.set(now.wall)
            let trial = copy.trial(of: sample, after: checks[number].previous, number, at: now.wall)
            let isComplete = !assignment.readsChecks || environments[environment].isComplete
            return trial.explanation(of: assignment, sample: sample, isComplete: isComplete)
        case .environment(let name):
            guard let number = number(ofEnvironment: name),
                let assignment = environments[number].assignments.first(where: { $0.rule?.rule.id == rule }),
                let judged = assignment.rule
            else { return nil }
            copy.environments[number].board.set(now.wall)
            let trial = copy.trial(in: number, assignment.section, at: now.wall)
            let isComplete = environments[number].board.sections[assignment.section].isComplete
            return trial.explanation(of: judged, sample: nil, isComplete: isComplete)
        }
    }
}

extension EnvironmentState.Assignment {
    /// The rule, for any of the checks that it matches.
    fileprivate var rule: RuleAssignment? { rules.lazy.compactMap(\.self).first }
}

extension RuleTrial {
    fileprivate func explanation(
        of assignment: RuleAssignment,
        sample: Sample?,
        isComplete: Bool
    ) -> RuleExplanation {
        let rule = assignment.rule
        var trial = self
        let verdict: Verdict = isComplete ? trial.verdict(of: assignment) : .noData(.incomplete)
        var reason: String?
        if case .noData(let why) = verdict { reason = why.words }
        var severity: Explanation?
        if case .expression(let expression) = rule.severity { severity = explained(expression) }
        return RuleExplanation(
            rule: rule,
            alert: assignment.clear.alert,
            sample: sample,
            outcome: assignment.judgement(verdict, in: self).outcome,
            noDataReason: reason,
            when: rule.when.map(explained),
            condition: explained(rule.condition),
            severity: severity,
            windows: windows(of: rule)
        )
    }

    private func explained(_ expression: CompiledExpression) -> Explanation {
        expression.program.explained(activation, context: context)
    }

    private func windows(of rule: CompiledRule) -> [WindowUse] {
        var uses: [WindowUse] = []
        for call in rule.judgingExpressions.flatMap(\.program.hostCalls) {
            let arguments = call.arguments.compactMap(\.self)
            guard arguments.count == call.arguments.count,
                let view = HistoryFunctions.byName[call.function]?.view(arguments, context)
            else { continue }
            let words = arguments.map(\.sourceText).joined(separator: ", ")
            let use = WindowUse(call: "\(call.function)(\(words))", view: view)
            if !uses.contains(use) { uses.append(use) }
        }
        return uses
    }
}
