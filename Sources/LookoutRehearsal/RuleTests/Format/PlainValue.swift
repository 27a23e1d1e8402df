import LookoutModel
import LookoutSettings

/// Anything, read as YAML's core schema has it: `5` is a number, `"5"` a text.
struct PlainValue: SettingsValue, Hashable {
    static var shape: Shape { .any }

    let json: JSONValue

    init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        let reportsBefore = context.diagnostics.errorReports
        json = Self.value(node, &context)
        guard context.diagnostics.errorReports == reportsBefore else { return nil }
    }

    private static func value(_ node: SettingsNode, _ context: inout SettingsContext) -> JSONValue {
        switch node.content {
        case .null: return .null
        case .scalar(let text, isQuoted: true): return .string(text)
        case .scalar(let text, isQuoted: false): return scalar(text)
        case .sequence(let nodes): return .array(nodes.map { value($0, &context) })
        case .mapping:
            var members: [String: JSONValue] = [:]
            for entry in node.entries(&context) ?? [] { members[entry.key] = value(entry.value, &context) }
            return .object(members)
        }
    }

    private static func scalar(_ text: String) -> JSONValue {
        switch text {
        case "true": return .bool(true)
        case "false": return .bool(false)
        default: break
        }
        guard let first = text.utf8.first, "+-.0123456789".utf8.contains(first) else { return .string(text) }
        if let whole = Int64(text) { return .int(whole) }
        let isDecimal = text.utf8.allSatisfy { "0123456789+-.eE".utf8.contains($0) }
        if isDecimal, let number = Double(text), number.isFinite { return .double(number) }
        return .string(text)
    }
}
