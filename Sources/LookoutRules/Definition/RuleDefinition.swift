package import LookoutModel
package import LookoutSettings

/// A rule as a rule file has it: read and checked for shape, its expressions not yet compiled.
package struct RuleDefinition: Settings {
    package var id = ""
    package var match = RuleMatch()
    /// Whether the sample says anything about this rule; where it does not, the rule has no data.
    package var when: SourceText?
    package var expression = SourceText.missing
    package var severity = RuleSeverity.constant(.minor)
    package var pending = Duration.zero
    package var keepFiring = Duration.zero
    package var summary = SourceText.missing
    package var description: SourceText?
    package var runbook: RunbookLink?
    package var labels: Labels = [:]
    /// The place of `for`, where it is given.
    package var pendingPosition: SourcePosition?

    package init() {}

    package static var fields: [Field<RuleDefinition>] {
        [
            idField,
            Field("match", \.match, "Which checks the rule is about; without it, all."),
            Field(
                "when",
                \.when,
                "CEL (bool): whether the sample says anything about this rule; false is \"no data\"."
            ),
            Field("expr", \.expression, "CEL (bool): true is a reason to alert.", required: true),
            pendingField,
            Field("keep_firing_for", \.keepFiring, "How long it must be gone before the alert resolves."),
            Field(
                "severity",
                \.severity,
                "1 (outage), 2 (major), 3 (minor), or CEL giving it.",
                required: true
            ),
            Field("summary", \.summary, "One line for people, with CEL in {{ }}.", required: true),
            Field("description", \.description, "More for people, with CEL in {{ }}."),
            Field(
                "runbook",
                \.runbook,
                "Where it stands what to do: a web address, or a path such as docs/runbooks.md#database."
            ),
            Field("labels", \.labels, "Labels that the alert has besides environment and probe."),
        ]
    }

    private static var idField: Field<RuleDefinition> {
        Field(
            "id",
            "The rule's name, unique over all files: a-z, 0-9 and -.",
            required: true,
            shape: .string(pattern: "^[a-z0-9][a-z0-9-]*$")
        ) { node, context, rule in
            guard let id = String(node, &context) else { return false }
            let allowed = id.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
            }
            guard allowed, !id.isEmpty, !id.hasPrefix("-"), id.utf8.count <= 100 else {
                context.error(
                    "\"\(id)\" cannot be a rule's id",
                    at: node,
                    hint: "use a-z, 0-9 and -, at most 100 characters: backend-down"
                )
                return false
            }
            rule.id = id
            return true
        }
    }

    private static var pendingField: Field<RuleDefinition> {
        Field(
            "for",
            "How long the condition must hold before the alert fires.",
            shape: Duration.shape
        ) { node, context, rule in
            guard let duration = Duration(node, &context) else { return false }
            rule.pending = duration
            rule.pendingPosition = node.position
            return true
        }
    }

    package func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        for reserved in ["environment", "probe", "severity"] where labels[reserved] != nil {
            context.error(
                "the label \"\(reserved)\" belongs to Lookout",
                at: node["labels"] ?? node,
                hint: "every alert has environment and probe by itself; severity is a key of the rule"
            )
        }
    }
}

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
