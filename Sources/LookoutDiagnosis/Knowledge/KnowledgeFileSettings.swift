package import LookoutRules
package import LookoutSettings

/// A knowledge file: facts, and the causes that they speak for.
package struct KnowledgeFileSettings: Settings {
    package var facts: [Readable<FactSettings>] = []
    package var causes: [Readable<CauseSettings>] = []

    package init() {}

    package static var fields: [Field<KnowledgeFileSettings>] {
        [
            Field("facts", \.facts, "Conditions with a name, for all files: seen.backend_silent."),
            Field("causes", \.causes, "What can be wrong, and how it shows.", required: true),
        ]
    }
}

/// A condition that several causes name.
package struct FactSettings: Settings {
    package var name = ""
    package var when: SourceText?

    package init() {}

    package static var fields: [Field<FactSettings>] {
        [
            Field("name", \.name, "Its name after seen.: a-z, 0-9 and _.", required: true),
            Field("when", \.when, "CEL (bool); facts do not name one another."),
        ]
    }

    package static func validateKeys(of node: SettingsNode, _ context: inout SettingsContext) {
        reportMissing(["when"], in: node, &context)
    }

    package func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        let isName =
            name.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_")
            } && name.utf8.first.map { $0 >= UInt8(ascii: "a") || $0 == UInt8(ascii: "_") } ?? false
        guard isName, name.utf8.count <= 100 else {
            context.error(
                "\"\(name.shortened)\" cannot be a fact's name",
                at: node["name"] ?? node,
                hint: "use a-z, 0-9 and _, beginning with a letter: backend_silent"
            )
            return
        }
    }
}

extension Settings {
    /// Reports those of the keys that a mapping lacks.
    static func reportMissing(
        _ keys: [String],
        in node: SettingsNode,
        _ context: inout SettingsContext
    ) {
        guard case .mapping = node.content else { return }
        for field in fields where keys.contains(field.key) && node[field.key] == nil {
            context.error("\"\(field.key)\" is missing", at: node, hint: field.summary)
        }
    }
}
