import LookoutModel
package import LookoutSettings

/// Header lines to send, in the order of the file.
///
/// A value may be a secret, and a list of values sends the header once for each.
package struct RequestHeaders: SettingsValue, Hashable {
    private var lines: [Line] = []

    private struct Line: Hashable {
        var name: String
        var value: Secret
    }

    init() {}

    /// The lines in clear, for a request and nothing else.
    var fields: [HeaderField] {
        lines.map { HeaderField($0.name, $0.value.reveal()) }
    }

    package static var shape: Shape {
        .dictionary(.oneOf([Secret.shape, .list(Secret.shape)]))
    }

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let entries = node.entries(&context) else { return nil }
        var isSound = true
        for entry in entries {
            guard HTTPToken.isToken(entry.key) else {
                context.diagnostics.error("\"\(entry.key)\" is not a header name", at: entry.position)
                isSound = false
                continue
            }
            for valueNode in RequestHeaders.values(entry.value) {
                guard let value = RequestHeaders.read(valueNode, &context) else {
                    isSound = false
                    continue
                }
                lines.append(Line(name: entry.key, value: value))
            }
        }
        guard isSound else { return nil }
    }

    private static func values(_ node: SettingsNode) -> [SettingsNode] {
        if case .sequence(let nodes) = node.content { nodes } else { [node] }
    }

    private static func read(_ node: SettingsNode, _ context: inout SettingsContext) -> Secret? {
        if case .scalar = node.content {
            guard let text = node.text(&context, expecting: "a header value") else { return nil }
            return checked(Secret(text), at: node, &context)
        }
        return Secret(node, &context).flatMap { checked($0, at: node, &context) }
    }

    /// A line break in a value would end the header and begin another.
    private static func checked(
        _ value: Secret,
        at node: SettingsNode,
        _ context: inout SettingsContext
    ) -> Secret? {
        guard value.reveal().utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
            context.error("a header value must not hold line breaks or other control characters", at: node)
            return nil
        }
        return value
    }
}
