package import LookoutModel

extension Shape {
    /// The shape as a JSON Schema (draft 2020-12), for editors that complete and check YAML.
    ///
    /// It accepts whatever reading accepts: numbers where text is asked for, nothing at all for a
    /// mapping that needs no key, and `${variables}` wherever a scalar stands.
    package var jsonSchema: JSONValue {
        switch self {
        case .any: [:]
        case .boolean: Shape.orVariables(["type": "boolean"])
        case .integer(let minimum, let maximum): Shape.orVariables(Shape.integer(from: minimum, to: maximum))
        case .number: Shape.orVariables(["type": "number"])
        case .string(nil): ["type": ["string", "number", "boolean"]]
        case .string(let pattern?): Shape.orVariables(["type": "string", "pattern": .string(pattern)])
        case .choice(let words): Shape.orVariables(["enum": .array(words.map { .string($0) })])
        case .list(let element): ["type": "array", "items": element.jsonSchema]
        case .dictionary(let value):
            ["type": ["object", "null"], "additionalProperties": value.jsonSchema]
        case .object(let properties): Shape.object(properties)
        case .tagged(let properties, let tags): Shape.object(properties, oneOf: tags)
        case .oneOf(let shapes): ["anyOf": .array(shapes.map(\.jsonSchema))]
        }
    }

    /// The schema, or a text that holds a variable: what it comes to is known only in an environment.
    private static func orVariables(_ schema: JSONValue) -> JSONValue {
        ["anyOf": [schema, ["type": "string", "pattern": #"\$\{"#]]]
    }

    private static func integer(from minimum: Int?, to maximum: Int?) -> JSONValue {
        var members: [String: JSONValue] = ["type": "integer"]
        members["minimum"] = minimum.map { .int(Int64($0)) }
        members["maximum"] = maximum.map { .int(Int64($0)) }
        return .object(members)
    }

    private static func object(_ properties: [Property], oneOf tags: [Property] = []) -> JSONValue {
        var schemas: [String: JSONValue] = [:]
        for property in properties + tags {
            schemas[property.key] = property.shape.jsonSchema.with("description", .string(property.summary))
        }
        let required = properties.filter(\.isRequired).map { JSONValue.string($0.key) }
        var members: [String: JSONValue] = [
            "type": required.isEmpty && tags.isEmpty ? ["object", "null"] : "object",
            "properties": .object(schemas),
            "additionalProperties": false,
        ]
        if !required.isEmpty { members["required"] = .array(required) }
        if !tags.isEmpty {
            members["oneOf"] = .array(tags.map { ["required": [.string($0.key)]] })
        }
        return .object(members)
    }
}

extension JSONValue {
    /// The object with one more member.
    fileprivate func with(_ key: String, _ value: JSONValue) -> JSONValue {
        guard case .object(var members) = self else { return self }
        members[key] = value
        return .object(members)
    }
}
