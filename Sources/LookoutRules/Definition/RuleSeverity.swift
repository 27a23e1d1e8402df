package import LookoutModel
package import LookoutSettings

/// A rule's severity: fixed, or an expression over the same variables as the rule's.
package enum RuleSeverity: SettingsValue {
    case constant(Severity)
    case expression(SourceText)

    package static var shape: Shape { .oneOf([Severity.shape, .string(pattern: nil)]) }

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard case .scalar(let text, _) = node.content else {
            context.error(
                "expected a severity, found \(node.kindForPeople)",
                at: node,
                hint: "1, 2, 3 or CEL"
            )
            return nil
        }
        if Int(text) != nil {
            guard let severity = Severity(node, &context) else { return nil }
            self = .constant(severity)
        } else {
            guard let source = SourceText(node, &context) else { return nil }
            self = .expression(source)
        }
    }
}
