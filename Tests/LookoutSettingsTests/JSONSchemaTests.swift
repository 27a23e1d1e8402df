import LookoutModel
import LookoutSettings
import Testing

@Suite struct `JSON Schema of a shape` {
    static let variables: JSONValue = ["type": "string", "pattern": #"\$\{"#]

    static let schemas: [(shape: Shape, schema: JSONValue)] = [
        (.any, [:]),
        (.boolean, ["anyOf": [["type": "boolean"], variables]]),
        (.number, ["anyOf": [["type": "number"], variables]]),
        (.integer(minimum: nil, maximum: nil), ["anyOf": [["type": "integer"], variables]]),
        (
            .integer(minimum: 1, maximum: 3),
            ["anyOf": [["type": "integer", "minimum": 1, "maximum": 3], variables]]
        ),
        (.string(pattern: nil), ["type": ["string", "number", "boolean"]]),
        (.string(pattern: "^a$"), ["anyOf": [["type": "string", "pattern": "^a$"], variables]]),
        (.choice(["a", "b"]), ["anyOf": [["enum": ["a", "b"]], variables]]),
        (.list(.any), ["type": "array", "items": [:]]),
        (.dictionary(.any), ["type": ["object", "null"], "additionalProperties": [:]]),
        (.oneOf([.any, .list(.any)]), ["anyOf": [[:], ["type": "array", "items": [:]]]]),
    ]

    @Test(arguments: schemas)
    func `each shape has its schema`(shape: Shape, schema: JSONValue) {
        #expect(shape.jsonSchema == schema)
    }

    @Test func `an object allows its keys and no others`() {
        let shape = Shape.object([
            Shape.Property(key: "a", summary: "The a.", isRequired: true, shape: .any),
            Shape.Property(key: "b", summary: "The b.", isRequired: false, shape: .list(.any)),
        ])
        #expect(
            shape.jsonSchema == [
                "type": "object",
                "properties": [
                    "a": ["description": "The a."],
                    "b": ["type": "array", "items": [:], "description": "The b."],
                ],
                "required": ["a"],
                "additionalProperties": false,
            ]
        )
        #expect(Shape.object([]).jsonSchema["type"] == ["object", "null"])
    }

    @Test func `a tagged mapping asks for exactly one of its tags`() {
        let tag = { Shape.Property(key: $0, summary: "", isRequired: false, shape: .any) }
        let schema = Shape.tagged([], oneOf: [tag("http"), tag("page")]).jsonSchema
        #expect(schema["oneOf"] == [["required": ["http"]], ["required": ["page"]]])
        #expect(schema["type"] == "object")
        #expect(schema["additionalProperties"] == false)
    }

    @Test func `settings have the schema of their fields`() throws {
        guard case .object(let properties) = try #require(Section.shape.jsonSchema["properties"]) else {
            Issue.record("the properties are no object")
            return
        }
        #expect(Set(properties.keys) == Set(Section.fields.map(\.key)))
        for field in Section.fields {
            #expect(properties[field.key]?["description"] == .string(field.summary))
        }
        #expect(Section.shape.jsonSchema["required"] == ["name"])
    }
}
