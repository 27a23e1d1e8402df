import LookoutSettings

/// A value with its place in the file, for findings that are made later.
struct Located<Value: SettingsValue>: SettingsValue {
    static var shape: Shape { Value.shape }

    let value: Value
    let position: SourcePosition

    init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let value = Value(node, &context) else { return nil }
        self.value = value
        position = node.position
    }
}
