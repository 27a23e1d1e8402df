package import LookoutModel

extension CompiledRule {
    /// The rule's texts without a sample: where a value would stand, its expression does.
    package var sampleTexts: AlertTexts {
        AlertTexts(
            summary: summary.withExpressions,
            description: description?.withExpressions ?? "",
            runbook: runbook,
            annotations: Dictionary(
                annotations.map { ($0.name, $0.template.withExpressions) },
                uniquingKeysWith: { _, last in last }
            ),
            suggestion: suggestion
        )
    }

    /// The severity of the rule, or the worst that it can give.
    package var sampleSeverity: Severity {
        // The summary has the worst first, or no number at all.
        Int(severitySummary.prefix(1)).flatMap(Severity.init(rawValue:)) ?? .outage
    }
}

extension CompiledTemplate {
    fileprivate var withExpressions: String {
        pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .expression(let expression): "{{\(expression.source.expression)}}"
            }
        }
        .joined()
    }
}
