import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

@Suite struct `Writing JSON` {
    @Test(
        arguments: [
            (nil, "null"), (true, "true"), (false, "false"), (0, "0"), (.int(.min), "-9223372036854775808"),
            (1.0, "1.0"), (0.1, "0.1"), (1e16, "1e+16"), (.double(.nan), "null"),
            (.double(-.infinity), "null"),
            ("", "\"\""), ("a\"b\\c/", #""a\"b\\c/""#), ("\n\r\t\u{8}\u{C}", #""\n\r\t\b\f""#),
            ("\0\u{1F}\u{7F}", "\"\\u0000\\u001f\u{7F}\""), ("é😀\u{2028}", "\"é😀\u{2028}\""),
            ("\r\n", #""\r\n""#), ("\"\u{301}", "\"\\\"\u{301}\""),
            ([], "[]"), ([1, [2], "x"], #"[1,[2],"x"]"#), ([:], "{}"),
            (["b": 1, "a": ["d": nil, "c": []]], #"{"a":{"c":[],"d":null},"b":1}"#),
            (["Z": 1, "a": 2, "é": 3, "": 0], #"{"":0,"Z":1,"a":2,"é":3}"#),
        ] as [(JSONValue, String)]
    )
    func `a value has one compact text with ordered keys`(value: JSONValue, text: String) {
        #expect(value.jsonText == text)
    }

    @Test func `the pretty text has a line for every element`() {
        let value: JSONValue = ["b": [1, 2], "a": [:], "c": []]
        let expected = """
            {
              "a": {},
              "b": [
                1,
                2
              ],
              "c": []
            }
            """
        #expect(value.prettyJSONText == expected)
    }

    @Test func `every value reads back from both of its texts`() async {
        await checkAll(cases: 300) { generator in
            let value = JSONValue.random(depth: 4, using: &generator)
            try #require(try JSONValue(parsing: Array(value.jsonText.utf8)) == value)
            try #require(try JSONValue(parsing: Array(value.prettyJSONText.utf8)) == value)
        }
    }
}

extension JSONValue {
    fileprivate static func random(depth: Int, using generator: inout SeededGenerator) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &generator) {
        case 0: return nil
        case 1: return .bool(Bool.random(using: &generator))
        case 2: return .int(Int64(bitPattern: generator.next()))
        case 3:
            let number = Double(bitPattern: generator.next())
            return .double(number.isFinite ? number : 0.5)
        case 4: return .string(randomText(using: &generator))
        case 5:
            return .array(
                (0..<Int.random(in: 0..<4, using: &generator)).map { _ in
                    random(depth: depth - 1, using: &generator)
                }
            )
        default:
            var members: [String: JSONValue] = [:]
            for _ in 0..<Int.random(in: 0..<4, using: &generator) {
                members[randomText(using: &generator)] = random(depth: depth - 1, using: &generator)
            }
            return .object(members)
        }
    }

    private static func randomText(using generator: inout SeededGenerator) -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0..<8, using: &generator) {
            let range: ClosedRange<UInt32> = Bool.random(using: &generator) ? 0...0x7F : 0...0x10_FFFF
            if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator)) {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
