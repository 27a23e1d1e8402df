/// A value with its place in the file, for findings that are made later.
package struct Located<Value: SettingsValue>: SettingsValue {
    package static var shape: Shape { Value.shape }

    package var value: Value
    package let position: SourcePosition

    package init(_ value: Value, at position: SourcePosition) {
        self.value = value
        self.position = position
    }

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let value = Value(node, &context) else { return nil }
        self.init(value, at: node.position)
    }
}
