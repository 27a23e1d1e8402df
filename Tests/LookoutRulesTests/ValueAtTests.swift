import LookoutModel
import LookoutRules
import Testing

/// `value_at`: looking into JSON of any shape.
@Suite struct ValueAtTests {
    private static let json: JSONValue = [
        "a": ["b": ["c": 5], "d.e": "dotted", "": "empty"], "list": [["x": 1], [2, 3]], "null": nil,
        "text": "t",
    ]

    private static func outcome(_ expression: String, json: JSONValue? = json) throws -> Judgement.Outcome? {
        let sample = RuleFixture.sample(observation: Observation(json: json))
        return try RuleFixture.outcome(expression, of: sample)
    }

    @Test(arguments: [
        #"value_at(sample.json, "a.b.c") == optional.of(5)"#,
        #"value_at(sample.json, "a[\"d.e\"]", "") == "dotted""#,
        #"value_at(sample.json, "list[0].x", 0) == 1"#, #"value_at(sample.json, "list[1][1]", 0) == 3"#,
        #"value_at(sample.?json, "text", "") == "t""#, #"value_at(sample.json.list, "[0].x", 0) == 1"#,
        #"value_at(sample.json, "null", 7) == null"#, #"value_at(sample.json, "[\"text\"]", 7) == "t""#,
        #"value_at(sample.json, "a[\"\"]", 7) == "empty""#,
    ])
    func `a path leads to what stands there`(expression: String) throws {
        #expect(try Self.outcome(expression) == .holds(.major))
    }

    @Test(arguments: [
        "a.x", "a.b.c.d", "text.b", "list.x", "list[9]", "a[0]", "list[\"x\"]", "null.x", "x.y.z",
    ])
    func `where nothing stands it is absent, whatever the shape`(path: String) throws {
        let path = path.replacing("\"", with: "\\\"")
        #expect(try Self.outcome("!value_at(sample.json, \"\(path)\").hasValue()") == .holds(.major))
        #expect(
            try Self.outcome("value_at(sample.json, \"\(path)\", \"otherwise\") == \"otherwise\"")
                == .holds(.major)
        )
    }

    @Test(arguments: [JSONValue?.none, .some(5), .some("text"), .some([1, 2]), .some(nil)])
    func `the document may be anything or missing`(json: JSONValue?) throws {
        #expect(try Self.outcome(#"value_at(sample.?json, "a.b", 7) == 7"#, json: json) == .holds(.major))
    }

    @Test(arguments: [
        "", ".a", "a.", "a..b", "[", "[]", "[x]", "[0", "[-1]", "[\"a]", "a]b[", "[0]a", "a[0]b", "[",
    ])
    func `what is no path is an error of the rule`(path: String) throws {
        let path = path.replacing("\"", with: "\\\"")
        guard case .error(let words)? = try Self.outcome("value_at(sample.json, \"\(path)\", 1) == 1") else {
            Issue.record("\(path) is taken for a path")
            return
        }
        #expect(words.contains("items[0].name"))
    }
}
