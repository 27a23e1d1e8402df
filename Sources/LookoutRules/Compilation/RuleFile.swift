package import LookoutSettings

/// A rule file as it was read: its parsed content, and its text for exact places.
package struct RuleFile: Sendable {
    package let node: SettingsNode
    package let source: String

    package init(node: SettingsNode, source: String) {
        self.node = node
        self.source = source
    }

    /// Whether it holds causes for diagnoses, which lie in the same folder, in the place of rules.
    package var isKnowledge: Bool { node["causes"] != nil }
}
