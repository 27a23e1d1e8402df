package import LookoutSettings

/// Further texts of an alert by name, each a template, in the file's order.
package struct RuleAnnotations: SettingsValue {
    package static var shape: Shape { .dictionary(SourceText.shape) }

    /// One text under its name.
    package struct Annotation: Hashable, Sendable {
        package let name: String
        package let text: SourceText
    }

    package let all: [Annotation]

    package static let none = RuleAnnotations([])

    private init(_ all: [Annotation]) {
        self.all = all
    }

    /// Reads names and templates; everything that is wrong with either is reported.
    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        let reportsBefore = context.diagnostics.errorReports
        guard let entries = node.entries(&context) else { return nil }
        let annotations = entries.compactMap { entry -> Annotation? in
            Self.check(entry, &context)
            return SourceText(entry.value, &context).map { Annotation(name: entry.key, text: $0) }
        }
        guard context.diagnostics.errorReports == reportsBefore else { return nil }
        self.init(annotations)
    }

    /// Reports a name that is none, or that has a key of its own.
    private static func check(_ entry: SettingsNode.Entry, _ context: inout SettingsContext) {
        let isName = entry.key.unicodeScalars.allSatisfy {
            ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0) || $0 == "_"
        }
        if !isName || entry.key.isEmpty || entry.key.utf8.count > 64 {
            context.diagnostics.error(
                "\"\(entry.key.shortened)\" cannot be an annotation's name",
                at: entry.position,
                hint: "letters, digits and _, at most 64"
            )
        } else if ["summary", "description", "runbook"].contains(entry.key) {
            context.diagnostics.error(
                "\"\(entry.key)\" is a key of the rule, not an annotation",
                at: entry.position,
                hint: "write \(entry.key): beside annotations:"
            )
        }
    }
}
