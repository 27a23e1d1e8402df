package import LookoutSettings

/// A rule file as it was read: its parsed content, and its text for exact places.
package struct RuleFile: Sendable {
    package let node: SettingsNode
    package let source: String

    package init(node: SettingsNode, source: String) {
        self.node = node
        self.source = source
    }
}
