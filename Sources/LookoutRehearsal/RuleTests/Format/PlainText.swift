import LookoutSettings

/// A scalar's text as the file has it: a test has no `${variables}`, and a dollar is a dollar.
struct PlainText: SettingsValue, Hashable {
    static var shape: Shape { .string(pattern: nil) }

    let text: String
    let position: SourcePosition

    init(_ text: String, at position: SourcePosition) {
        self.text = text
        self.position = position
    }

    init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        switch node.content {
        case .null: text = ""
        case .scalar(let raw, _): text = raw
        case .sequence, .mapping:
            context.error("expected a text, found \(node.kind)", at: node)
            return nil
        }
        position = node.position
    }
}
