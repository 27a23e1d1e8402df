package import LookoutSettings

/// A rule's name: a-z, 0-9 and -, at most 100 characters, as it is part of keys in other systems.
package struct RuleIdentifier: SettingsValue, Hashable {
    package static var shape: Shape { .string(pattern: "^[a-z0-9][a-z0-9-]*$") }

    package let text: String

    /// How the ids of the alerts begin that Lookout raises about itself.
    private static let reservedPrefix = "lookout-"

    /// In the place of one that is not there.
    static let missing = RuleIdentifier(unchecked: "")

    private init(unchecked text: String) {
        self.text = text
    }

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let text = String(node, &context) else { return nil }
        let allowed = text.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
        }
        guard allowed, !text.isEmpty, !text.hasPrefix("-"), text.utf8.count <= 100 else {
            context.error(
                "\"\(text.shortened)\" cannot be a rule's id",
                at: node,
                hint: "use a-z, 0-9 and -, at most 100 characters: backend-down"
            )
            return nil
        }
        guard !text.hasPrefix(Self.reservedPrefix) else {
            context.error(
                "\"\(text.shortened)\" is a name for alerts about Lookout itself",
                at: node,
                hint: "begin it with something else than \(Self.reservedPrefix)"
            )
            return nil
        }
        self.init(unchecked: text)
    }
}
