package import LookoutSettings

/// A rule file: groups of rules.
package struct RuleFileSettings: Settings {
    package var groups: [Readable<RuleGroupSettings>] = []

    package init() {}

    package static var fields: [Field<RuleFileSettings>] {
        [Field("groups", \.groups, "Groups of rules.", required: true)]
    }
}

/// Rules that belong together under a name.
package struct RuleGroupSettings: Settings {
    package var name = ""
    package var rules: [Readable<RuleDefinition>] = []

    package init() {}

    package static var fields: [Field<RuleGroupSettings>] {
        [
            Field("name", \.name, "What the rules have in common.", required: true),
            Field("rules", \.rules, "The rules.", required: true),
        ]
    }
}

/// What could be read of a mapping, whether or not all of it could: reading goes on past what is
/// wrong, and reported, so that the rest is checked too.
package struct Readable<Root: Settings>: SettingsValue {
    package static var shape: Shape { Root.shape }

    package let settings: Root
    /// False if anything was wrong: a wrong or missing key then has its default.
    package let isSound: Bool
    package let position: SourcePosition

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        (settings, isSound) = Root.readable(node, &context)
        position = node.position
    }
}
