import LookoutModel

/// Makes an answer that a schema allows, with every field that it has.
struct SchemaExample {
    let document: OpenAPIDocument
    /// The way to a field that gets a value of a wrong type; nil for none.
    var spoiled: [String]?

    /// Words that let a client ask on, where a field may have them.
    private static let good: [JSONValue] = ["ACTIVE_HEALTHY"]

    /// A value of the schema; `way` is how one gets there, and the last name hints at what texts mean.
    func value(_ schema: JSONValue, at way: [String] = []) -> JSONValue {
        if way == spoiled { return 0.5 }
        let schema = document.resolved(schema)
        for combination in ["allOf", "oneOf", "anyOf"] {
            if case .array(let options)? = schema[combination], let first = options.first {
                return value(first, at: way)
            }
        }
        if case .array(let words)? = schema["enum"], let first = words.first {
            return words.first { Self.good.contains($0) } ?? first
        }
        return switch schema["type"]?.string {
        case "array": .array([schema["items"].map { value($0, at: way + ["[0]"]) } ?? "x"])
        case "integer": 1_755_659_411
        case "number": 0.5
        case "boolean": true
        case "string": .string(text(schema, named: way.last ?? ""))
        default: object(schema, at: way)
        }
    }

    /// The ways to the fields of a schema, as deep as any client looks.
    func ways(_ schema: JSONValue, from way: [String] = []) -> [[String]] {
        let schema = document.resolved(schema)
        if schema["type"]?.string == "array", let items = schema["items"] {
            return ways(items, from: way + ["[0]"])
        }
        guard case .object(let members)? = schema["properties"], way.count < 4 else { return [] }
        return members.sorted { $0.key < $1.key }.flatMap { name, member in
            [way + [name]] + ways(member, from: way + [name])
        }
    }

    private func object(_ schema: JSONValue, at way: [String]) -> JSONValue {
        guard case .object(let members)? = schema["properties"], way.count < 6 else { return [:] }
        return .object(
            Dictionary(uniqueKeysWithValues: members.map { ($0.key, value($0.value, at: way + [$0.key])) })
        )
    }

    private func text(_ schema: JSONValue, named name: String) -> String {
        let lower = name.lowercased()
        let isTime =
            ["date-time", "dateTime"].contains(schema["format"]?.string)
            || ["_at", "At", "Time", "dateReleased", "dateCreated"].contains { name.hasSuffix($0) }
        if isTime { return "2025-08-20T12:00:00Z" }
        if lower.hasSuffix("url") || lower == "permalink" { return "https://example.com/x" }
        if lower == "count" { return "17" }
        return "x1"
    }
}
