package import LookoutDeployments
package import LookoutSettings

/// What helps, as a knowledge file writes it.
package struct Remedy: SettingsValue {
    package static var shape: Shape { .string(pattern: nil) }

    package let value: Diagnosis.Remedy

    init(_ value: Diagnosis.Remedy) { self.value = value }

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let text = String(node, &context) else { return nil }
        guard let value = Diagnosis.Remedy(rawValue: text) else {
            let names = Diagnosis.Remedy.allCases.map(\.rawValue)
            context.error(
                "\"\(text.shortened)\" is no remedy",
                at: node,
                hint: Spelling.hint(for: text, among: names) ?? "one of \(names.joined(separator: ", "))"
            )
            return nil
        }
        self.init(value)
    }
}
