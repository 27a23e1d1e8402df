import LookoutModel
import LookoutSettings

/// Holds the keys of a file against a schema: as much of JSON Schema as Lookout's schemas use.
struct SchemaWalk {
    /// Paths of keys that the schema does not have.
    private(set) var unknownKeys: [String] = []

    init(_ node: SettingsNode, _ schema: JSONValue) {
        walk(node, schema, path: "")
    }

    private mutating func walk(_ node: SettingsNode, _ schema: JSONValue, path: String) {
        switch node.content {
        case .null, .scalar: return
        case .sequence(let elements):
            for element in elements { walk(element, schema["items"] ?? false, path: path + "[]") }
        case .mapping(let entries):
            for entry in entries {
                let path = "\(path).\(entry.key)"
                if let schema = alternative(of: schema, with: entry.key) {
                    walk(entry.value, schema, path: path)
                } else {
                    unknownKeys.append(path)
                }
            }
        }
    }

    /// The schema of a key's value, in the schema itself or in one of its alternatives.
    private func alternative(of schema: JSONValue, with key: String) -> JSONValue? {
        if let property = schema["properties"]?[key] { return property }
        if let values = schema["additionalProperties"], values != false { return values }
        guard case .array(let alternatives)? = schema["anyOf"] else { return nil }
        return alternatives.lazy.compactMap { alternative(of: $0, with: key) }.first
    }
}
