package import LookoutRules
package import LookoutSettings

/// Something that speaks for a cause, or against it.
package struct EvidenceSettings: Settings {
    package var when: SourceText?
    package var weight = Located(2.0, at: SourcePosition(file: "", line: 1, column: 1))
    package var text: SourceText?
    package var group: String?

    package init() {}

    package static var fields: [Field<EvidenceSettings>] {
        [
            Field("when", \.when, "CEL (bool): whether it is so; what is not known counts as neither."),
            Field(
                "weight",
                \.weight,
                "How many times likelier (under against: less likely) the cause is if it is so; above 1.",
                required: true
            ),
            Field("text", \.text, "What was seen, for people, with CEL in {{ }}."),
            Field(
                "group",
                \.group,
                "A name that evidence shares which shows the same fact: only the weightiest of it counts."
            ),
        ]
    }

    package static func validateKeys(of node: SettingsNode, _ context: inout SettingsContext) {
        reportMissing(["when", "text"], in: node, &context)
    }

    package func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        if !(weight.value > 1 && weight.value <= 1e6) {
            context.diagnostics.error(
                "a weight is above 1 and at most 1000000",
                at: weight.position,
                hint: "what makes a cause less likely stands under against:, with a weight above 1 as well"
            )
        }
    }
}

/// Something to do about a cause.
package struct FixSettings: Settings {
    package var when: SourceText?
    package var text: SourceText?
    /// The program and its arguments.
    package var command: [SourceText] = []
    package var variables: [String] = []
    package var each: SourceText?

    package init() {}

    package static var fields: [Field<FixSettings>] {
        [
            Field("when", \.when, "CEL (bool): whether it applies; without it, always."),
            Field(
                "each",
                \.each,
                "CEL (list of strings): the fix is made for each of them, which is item in it."
            ),
            Field("text", \.text, "What to do, with CEL in {{ }}."),
            Field("command", \.command, "The program and its arguments as a list, with CEL in {{ }}."),
            Field(
                "variables",
                \.variables,
                "Names that the person's shell fills in where an argument has $NAME, such as RENDER_API_KEY."
            ),
        ]
    }

    package static func validateKeys(of node: SettingsNode, _ context: inout SettingsContext) {
        reportMissing(["text"], in: node, &context)
    }
}
