package import LookoutModel
package import LookoutSettings

/// Which checks a rule is about.
///
/// What is left out matches everything.
package struct RuleMatch: Settings {
    /// Names of probes; `*` stands for any characters.
    package var probes: [LocatedPattern] = []
    /// Names of environments; `*` stands for any characters.
    package var environments: [LocatedPattern] = []
    /// Names of probe types.
    package var types: [LocatedPattern] = []
    /// Labels that the check must have; `*` in a value stands for any characters.
    package var labels: [String: LocatedPattern] = [:]

    package init() {}

    package static var fields: [Field<RuleMatch>] {
        [
            patterns("probe", \.probes, "Names of probes, one or a list; * stands for any characters."),
            patterns("environment", \.environments, "Names of environments, one or a list; * likewise."),
            patterns("type", \.types, "Names of probe types, one or a list."),
            Field("labels", \.labels, "Labels that the check must have, * in values likewise."),
        ]
    }

    package func matches(_ check: Check) -> Bool {
        Self.any(probes, match: check.id.probe)
            && Self.any(environments, match: check.id.environment)
            && Self.any(types, match: check.type)
            && labels.allSatisfy { name, pattern in
                check.labels[name].map(pattern.pattern.matches) ?? false
            }
    }

    private static func any(_ patterns: [LocatedPattern], match name: String) -> Bool {
        patterns.isEmpty || patterns.contains { $0.pattern.matches(name) }
    }

    /// A key that takes one pattern or a list of them, but no empty list: that would match nothing.
    private static func patterns(
        _ key: String,
        _ path: any WritableKeyPath<RuleMatch, [LocatedPattern]> & Sendable,
        _ summary: String
    ) -> Field<RuleMatch> {
        let shape = Shape.oneOf([LocatedPattern.shape, .list(LocatedPattern.shape)])
        return Field(key, summary, shape: shape) { node, context, match in
            let patterns: [LocatedPattern]?
            if case .sequence(let nodes) = node.content {
                patterns = [LocatedPattern](node, &context)
                if nodes.isEmpty {
                    context.error("\"\(key)\" is an empty list, which matches nothing", at: node)
                }
            } else {
                patterns = LocatedPattern(node, &context).map { [$0] }
            }
            guard let patterns, !patterns.isEmpty else { return false }
            match[keyPath: path] = patterns
            return true
        }
    }
}

/// A pattern with its place in the rule file.
package struct LocatedPattern: SettingsValue {
    package static var shape: Shape { .string(pattern: nil) }

    package var pattern: GlobPattern
    package var position: SourcePosition

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let text = String(node, &context) else { return nil }
        guard !text.isEmpty else {
            context.error("a name is missing here", at: node, hint: "* stands for any name")
            return nil
        }
        pattern = GlobPattern(text)
        position = node.position
    }
}
