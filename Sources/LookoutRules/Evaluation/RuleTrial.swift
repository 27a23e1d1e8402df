import CEL
import LookoutModel

/// The rules' evaluation for one sample: what they are evaluated on, and what they have in common.
struct RuleTrial {
    let activation: Activation
    let context: RuleContext
    /// What each distinct `when` came to, so that rules which share one ask once.
    private var concerns: [Truth?]

    private enum Truth {
        case known(Bool)
        case unknown(EvaluationError)
    }

    init(_ activation: Activation, _ context: RuleContext, concernCount: Int) {
        self.activation = activation
        self.context = context
        concerns = Array(repeating: nil, count: concernCount)
    }

    /// What the rule says.
    mutating func verdict(of assignment: RuleAssignment) -> Verdict {
        if let when = assignment.when {
            switch concern(assignment.concern, when) {
            case .known(true): break
            case .known(false): return .noData(.notConcerned)
            case .unknown(let error): return verdict(error, in: assignment.rule.when, of: "when")
            }
        }
        switch truth(of: assignment.condition) {
        case .known(true): return severity(of: assignment.rule)
        case .known(false): return .clear
        case .unknown(let error): return verdict(error, in: assignment.rule.condition, of: "expr")
        }
    }

    /// How severe the rule's alert is, whatever its condition says.
    func severity(of rule: CompiledRule) -> Verdict {
        switch rule.severity {
        case .constant(let severity): return .holds(severity)
        case .expression(let expression):
            do throws(EvaluationError) {
                let value = try expression.evaluate(activation, context)
                guard case .int(let number) = value, let severity = Severity(rawValue: number) else {
                    return .error(
                        "severity: the value is \(value.textForPeople), which is not 1, 2 or 3 "
                            + "(\(expression.source.text.position))"
                    )
                }
                return .holds(severity)
            } catch {
                return verdict(error, in: expression, of: "severity")
            }
        }
    }

    /// The alert's texts as of this sample.
    func texts(of rule: CompiledRule) -> AlertTexts {
        AlertTexts(
            summary: rule.summary.render(activation, context),
            description: rule.description?.render(activation, context) ?? "",
            runbook: rule.runbook,
            annotations: Dictionary(
                rule.annotations.map { ($0.name, $0.template.render(activation, context)) },
                uniquingKeysWith: { first, _ in first }
            ),
            suggestion: rule.suggestion
        )
    }

    private mutating func concern(_ number: Int?, _ when: Program) -> Truth {
        guard let number else { return truth(of: when) }
        if let known = concerns[number] { return known }
        let truth = truth(of: when)
        concerns[number] = truth
        return truth
    }

    private func truth(of condition: Program) -> Truth {
        do throws(EvaluationError) {
            return .known(try condition.holds(activation, context: context))
        } catch {
            return .unknown(error)
        }
    }

    private func verdict(
        _ error: EvaluationError,
        in expression: CompiledExpression?,
        of key: String
    ) -> Verdict {
        error.code == .noData
            ? .noData(.lacking(error)) : .error("\(key): \(expression?.words(error) ?? error.message)")
    }
}
