package import LookoutSettings

/// Where it stands what to do: a web address, or a path in the team's repository.
package struct RunbookLink: SettingsValue {
    package static var shape: Shape { .string(pattern: nil) }

    package let text: String

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let text = String(node, &context) else { return nil }
        guard Self.isLink(text) else {
            context.error(
                "\"\(text)\" is neither a web address nor a path",
                at: node,
                hint: "write https://wiki.example.com/runbooks#backend-down or docs/runbooks.md#backend-down"
            )
            return nil
        }
        self.text = text
    }

    /// Messages show the text as a link, so no scheme but http and https may stand in it.
    private static func isLink(_ text: String) -> Bool {
        guard text.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F }) else { return false }
        if let scheme = ["https://", "http://"].first(where: { text.hasPrefix($0) }) {
            return !text.dropFirst(scheme.count).prefix { !"/?#".contains($0) }.isEmpty
        }
        let segment = text.prefix { !"/?#".contains($0) }
        return !segment.isEmpty && !segment.contains(":")
    }
}
