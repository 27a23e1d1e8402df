import LookoutModel
package import LookoutSettings

/// A JSON value in a configuration file: `healthy`, `"5"`, `5`, `true`, `[a, b]`.
package struct JSONSetting: SettingsValue, Hashable {
    let value: JSONValue

    package static var shape: Shape { .any }

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let value = JSONSetting.value(node, &context) else { return nil }
        self.value = value
    }

    private static func value(_ node: SettingsNode, _ context: inout SettingsContext) -> JSONValue? {
        switch node.content {
        case .null:
            return .null
        case .scalar(_, let isQuoted):
            guard let text = node.text(&context, expecting: "a value") else { return nil }
            return isQuoted ? .string(text) : plain(text)
        case .sequence(let nodes):
            let elements = nodes.map { value($0, &context) }
            guard elements.allSatisfy({ $0 != nil }) else { return Optional.none }
            return .array(elements.compactMap(\.self))
        case .mapping:
            guard let entries = node.entries(&context) else { return nil }
            var members: [String: JSONValue] = [:]
            for entry in entries {
                guard let member = value(entry.value, &context) else { return nil }
                members[entry.key] = member
            }
            return .object(members)
        }
    }

    private static func plain(_ text: String) -> JSONValue {
        switch text {
        case "null", "~": .null
        case "true": .bool(true)
        case "false": .bool(false)
        default:
            if let number = Int64(text) {
                .int(number)
            } else if let number = Double(text), number.isFinite {
                .double(number)
            } else {
                .string(text)
            }
        }
    }
}
