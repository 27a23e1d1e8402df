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
    package let holds: Judgement.Holds
    package let labels: Labels
    package let runbook: String?
    /// How much of a check's past the rule looks at.
    package let demand: HistoryDemand

    let when: CompiledExpression?
    let condition: CompiledExpression
    let severity: CompiledSeverity
    let summary: CompiledTemplate
    let description: CompiledTemplate?

    /// The severity as the rule file has it: a number or an expression.
    package var severityText: String {
        switch severity {
        case .constant(let severity): "\(severity.rawValue)"
        case .expression(let expression): expression.source.expression
        }
    }

    /// The condition as the rule file has it.
    package var conditionText: String { condition.source.expression }

    /// The alert that this rule raises for a check.
    package func alert(for check: CheckID) -> AlertID {
        AlertID(
            rule: id,
            labels: labels.merging(["environment": check.environment, "probe": check.probe])
        )
    }
}

/// A rule's severity, ready to be asked for.
enum CompiledSeverity: Sendable {
    case constant(Severity)
    case expression(CompiledExpression)
}

/// What one evaluation came to, before it becomes a judgement.
enum Verdict {
    case holds(Severity, AlertTexts)
    case clear
    case noData
    case error(String)
}

extension CompiledRule {
    /// Judges the sample that the activation is bound to.
    func judge(_ activation: Activation, _ context: RuleContext) -> Verdict {
        if let when {
            switch when.truth(activation, context) {
            case .success(true): break
            case .success(false): return .noData
            case .failure(let failure): return failure.verdict(of: "when")
            }
        }
        switch condition.truth(activation, context) {
        case .success(true): break
        case .success(false): return .clear
        case .failure(let failure): return failure.verdict(of: "expr")
        }
        let texts = AlertTexts(
            summary: summary.render(activation, context),
            description: description?.render(activation, context) ?? "",
            runbook: runbook
        )
        switch severity {
        case .constant(let severity): return .holds(severity, texts)
        case .expression(let expression): return expression.verdict(texts, activation, context)
        }
    }
}

extension CompiledExpression {
    /// An evaluation that gave no truth.
    fileprivate struct Failure: Error {
        let isNoData: Bool
        let words: String

        func verdict(of key: String) -> Verdict {
            isNoData ? .noData : .error("\(key): \(words)")
        }
    }

    fileprivate func truth(_ activation: Activation, _ context: RuleContext) -> Result<Bool, Failure> {
        do throws(EvaluationError) {
            return .success(try holds(activation, context))
        } catch {
            return .failure(Failure(isNoData: error.code == .noData, words: words(error)))
        }
    }

    /// The severity that this gives, with the alert's texts.
    fileprivate func verdict(
        _ texts: AlertTexts,
        _ activation: Activation,
        _ context: RuleContext
    ) -> Verdict {
        do throws(EvaluationError) {
            let value = try evaluate(activation, context)
            guard case .int(let number) = value, let severity = Severity(rawValue: number) else {
                return .error(
                    "severity: the value is \(value.textForPeople), which is not 1, 2 or 3 (\(source.text.position))"
                )
            }
            return .holds(severity, texts)
        } catch {
            return Failure(isNoData: error.code == .noData, words: words(error)).verdict(of: "severity")
        }
    }
}
