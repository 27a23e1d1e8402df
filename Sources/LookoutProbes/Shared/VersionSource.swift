import LookoutHTTP
import LookoutModel
package import LookoutSettings

/// Where in an answer the target says which version it runs.
package enum VersionSource: SettingsValue, Hashable {
    /// A value in the JSON body.
    case json(JSONPath)
    /// A response header.
    case header(String)

    package static var shape: Shape {
        .oneOf([
            JSONPath.shape,
            .object([
                Shape.Property(
                    key: "json",
                    summary: "A path in the JSON body.",
                    isRequired: false,
                    shape: JSONPath.shape
                ),
                Shape.Property(
                    key: "header",
                    summary: "A response header.",
                    isRequired: false,
                    shape: .string(pattern: nil)
                ),
            ]),
        ])
    }

    /// Reads a JSON path, `{json: path}` or `{header: name}`.
    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        if case .scalar = node.content {
            guard let path = JSONPath(node, &context) else { return nil }
            self = .json(path)
            return
        }
        guard let entries = node.entries(&context) else { return nil }
        guard let entry = entries.first, entries.count == 1 else {
            context.error("expected exactly one of json and header", at: node)
            return nil
        }
        switch entry.key {
        case "json":
            guard let path = JSONPath(entry.value, &context) else { return nil }
            self = .json(path)
        case "header":
            guard let name = String(entry.value, &context) else { return nil }
            self = .header(name)
        default:
            context.diagnostics.error(
                "unknown key \"\(entry.key)\"",
                at: entry.position,
                hint: Spelling.hint(for: entry.key, among: ["json", "header"])
            )
            return nil
        }
    }

    /// The version that an answer states, a number as its text; nil if it states none.
    func version(headers: [HeaderField], json: JSONValue?) -> String? {
        switch self {
        case .json(let path): json.flatMap { path.value(in: $0) }.flatMap(VersionSource.text)
        case .header(let name): headers.first(named: name)
        }
    }

    private static func text(_ value: JSONValue) -> String? {
        switch value {
        case .string(let text) where !text.isEmpty: text
        case .int(let number): String(number)
        case .double(let number): String(number)
        default: nil
        }
    }
}
