import FoundationEssentials
import LookoutModel
import LookoutTestSupport
import Testing

/// A description of a provider's API from the shared data: enough of OpenAPI 3 and Swagger 2 to hold answers
/// against it.
struct OpenAPIDescription: Sendable {
    private let document: JSONValue
    /// Swagger 2 knows no null; such providers send it for what is missing.
    private let allowsNullForOptional: Bool

    /// Nil where the shared data are not there; a test that gets nil says so and ends.
    init?(_ provider: String, filePath: String = #filePath) throws {
        let root = SourceTree.realPath(filePath).deletingLastPathComponent()
        guard let shared = SourceTree.shared(from: root.path()) else {
            print("skipped: there is no shared data; set LOOKOUT_SHARED to check \(provider)'s answers")
            return nil
        }
        let file = shared.appending(path: "data/openapi/\(provider).json")
        document = try JSONValue(parsing: Array(Data(contentsOf: file)))
        allowsNullForOptional = document["swagger"] != nil
    }

    /// What is wrong with an answer to a call, by the description; empty if nothing is.
    func objections(to body: JSONValue, of method: String, _ path: String, status: Int) throws -> [String] {
        let operation = try #require(
            document["paths"]?[path]?[method.lowercased()],
            "\(method) \(path) is not in the description"
        )
        let responses = try #require(operation["responses"])
        let response = try #require(
            responses[String(status)].map(resolved) ?? responses["default"].map(resolved),
            "\(status) is not described for \(method) \(path)"
        )
        guard let schema = Self.schema(of: response) else { return [] }
        return objections(to: body, schema, at: "$")
    }

    private static func schema(of response: JSONValue) -> JSONValue? {
        if let schema = response["schema"] { return schema }
        guard case .object(let contents)? = response["content"] else { return nil }
        return contents.values.first?["schema"]
    }

    /// What a `$ref` points at.
    private func resolved(_ schema: JSONValue) -> JSONValue {
        guard let reference = schema["$ref"]?.string else { return schema }
        let parts = reference.split(separator: "/").dropFirst().map(String.init)
        return parts.reduce(document) { $0[$1] ?? .null }
    }

    private func objections(to value: JSONValue, _ unresolved: JSONValue, at place: String) -> [String] {
        let schema = resolved(unresolved)
        if value == .null, schema["nullable"] == .bool(true) { return [] }
        for word in ["anyOf", "oneOf"] {
            guard case .array(let choices)? = schema[word] else { continue }
            let all = choices.map { objections(to: value, $0, at: place) }
            return all.contains(where: \.isEmpty) ? [] : all.min { $0.count < $1.count } ?? []
        }
        if case .array(let parts)? = schema["allOf"] {
            return parts.flatMap { objections(to: value, $0, at: place) }
        }
        if case .array(let words)? = schema["enum"], !words.contains(value) {
            return ["\(place): \(value.jsonText) is not one of \(JSONValue.array(words).jsonText)"]
        }
        guard let type = schema["type"]?.string else { return [] }
        guard Self.isType(type, value) else {
            return ["\(place): \(value.jsonText.prefix(80)) is no \(type)"]
        }
        switch value {
        case .array(let elements):
            guard let items = schema["items"] else { return [] }
            return elements.enumerated().flatMap { objections(to: $1, items, at: "\(place)[\($0)]") }
        case .object(let members): return objections(to: members, of: schema, at: place)
        default: return []
        }
    }

    private func objections(
        to members: [String: JSONValue],
        of schema: JSONValue,
        at place: String
    ) -> [String] {
        guard case .object(let properties)? = schema["properties"] else { return [] }
        var required: [String] = []
        if case .array(let names)? = schema["required"] { required = names.compactMap(\.string) }
        var found = required.filter { members[$0] == nil }.map { "\(place).\($0) is missing" }
        let isOpen = schema["additionalProperties"] != nil && schema["additionalProperties"] != .bool(false)
        for (key, value) in members.sorted(by: { $0.key < $1.key }) {
            guard let property = properties[key] else {
                if !isOpen { found.append("\(place).\(key) is not in the description") }
                continue
            }
            if value == .null, allowsNullForOptional, !required.contains(key) { continue }
            found += objections(to: value, property, at: "\(place).\(key)")
        }
        return found
    }

    private static func isType(_ type: String, _ value: JSONValue) -> Bool {
        switch (type, value) {
        case ("string", .string), ("boolean", .bool), ("integer", .int), ("number", .int),
            ("number", .double),
            ("array", .array), ("object", .object), ("null", .null):
            true
        default: false
        }
    }
}
