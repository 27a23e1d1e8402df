package import LookoutSettings

/// An expression or a template exactly as the file has it, with its place.
///
/// Read without `${variables}`: a dollar belongs to the expression, which has names of its own.
package struct SourceText: SettingsValue, Hashable {
    package static var shape: Shape { .string(pattern: nil) }

    package var text: String
    package var position: SourcePosition

    package init(_ text: String, at position: SourcePosition) {
        self.text = text
        self.position = position
    }

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard case .scalar(let text, _) = node.content else {
            context.error("expected an expression, found \(node.kindForPeople)", at: node)
            return nil
        }
        guard text.contains(where: { !$0.isWhitespace }) else {
            context.error("the expression is empty", at: node)
            return nil
        }
        self.init(text, at: node.position)
    }
}
