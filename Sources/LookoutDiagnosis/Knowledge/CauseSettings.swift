import LookoutDeployments
package import LookoutRules
package import LookoutSettings

/// A cause as a knowledge file has it, its expressions not yet compiled.
package struct CauseSettings: Settings {
    package var identifier = ""
    package var title: SourceText?
    package var prior = Located(0.05, at: SourcePosition(file: "", line: 1, column: 1))
    package var needs: SourceText?
    package var evidence: [Readable<EvidenceSettings>] = []
    package var against: [Readable<EvidenceSettings>] = []
    package var remedy = Remedy(.repair)
    package var fixes: [Readable<FixSettings>] = []
    package var replaces = false
    package var isEnabled = true

    package init() {}

    package static var fields: [Field<CauseSettings>] {
        [
            Field("id", \.identifier, "The cause's name: a-z, 0-9 and -.", required: true),
            Field("title", \.title, "What is wrong, in one line, with CEL in {{ }}."),
            Field(
                "prior",
                \.prior,
                "How often it is the cause before anything is looked at, against 1 for \"something else\". "
                    + "Default: 0.05."
            ),
            Field(
                "needs",
                \.needs,
                "CEL (bool): what must be so for the cause to come into question at all."
            ),
            Field("evidence", \.evidence, "What speaks for it."),
            Field("against", \.against, "What speaks against it."),
            Field(
                "remedy",
                \.remedy,
                "What helps: rollback-frontend, rollback-backend, rollback-code, restore-variables, wait or "
                    + "repair. Default: repair."
            ),
            Field("fixes", \.fixes, "What to do, the first thing first."),
            Field(
                "replaces",
                \.replaces,
                "Whether it takes the place of the cause of this name in another file."
            ),
            Field("enabled", \.isEnabled, "False leaves the cause out. Default: true."),
        ]
    }

    package func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        if !Self.isName(identifier) {
            context.error(
                "\"\(identifier.shortened)\" cannot be a cause's id",
                at: node["id"] ?? node,
                hint: "use a-z, 0-9 and -, at most 100 characters: provider-incident"
            )
        }
        if !(prior.value > 0 && prior.value <= 1) {
            context.diagnostics.error(
                "a prior is above 0 and at most 1",
                at: prior.position,
                hint: "1 is as likely as everything that the knowledge file does not have"
            )
        }
        if isEnabled {
            for (key, isThere) in [("title", title != nil), ("needs", needs != nil)] where !isThere {
                context.error("\"\(key)\" is missing", at: node)
            }
        } else if !replaces {
            context.error(
                "a cause that is not enabled has no effect",
                at: node["enabled"] ?? node,
                hint: "write replaces: true beside it to switch off the cause of this name in another file"
            )
        }
    }

    private static func isName(_ text: String) -> Bool {
        (1...100).contains(text.utf8.count) && !text.hasPrefix("-")
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
            }
    }
}
