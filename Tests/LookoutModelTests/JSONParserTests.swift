import LookoutModel
import LookoutTestSupport
import Testing

@Suite struct `Parsing JSON` {
    @Test(
        arguments: [
            ("null", nil), ("true", true), ("false", false),
            ("0", 0), ("-0", 0), ("42", 42), ("-7", -7),
            ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
            ("9223372036854775808", .double(9_223_372_036_854_775_808)),
            ("1.0", 1.0), ("-0.5", -0.5), ("1e3", 1000.0), ("1E+3", 1000.0), ("25e-1", 2.5), ("0e0", 0.0),
            ("1e-400", 0.0), ("5e-324", .double(.leastNonzeroMagnitude)),
            ("\"\"", ""), ("\"a\"", "a"), ("\"é😀\"", "é😀"), ("\"\u{7F}\"", "\u{7F}"),
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
            (#""\u00e9\u0000\uD83D\uDE00\ud83d\ude00""#, "é\0😀😀"),
            ("[]", []), ("[1, [2], {}]", [1, [2], [:]]), (" \t\r\n[ 1 , 2 ] \n", [1, 2]),
            ("{}", [:]), (#"{"a": {"b": [null]}, "": 1}"#, ["a": ["b": [nil]], "": 1]),
            (#"{"a": 1, "b": 2, "a": 3}"#, ["a": 3, "b": 2]),
            ("\u{FEFF}[1]", [1]),
        ] as [(String, JSONValue)]
    )
    func `a valid text gives its value`(text: String, value: JSONValue) throws {
        #expect(try JSONValue(parsing: Array(text.utf8)) == value)
    }

    @Test(
        arguments: [
            ("", .endsEarly, 0), ("  ", .endsEarly, 2), ("[1", .endsEarly, 2), ("{\"a\"", .endsEarly, 4),
            ("tru", .endsEarly, 3), ("\"abc", .endsEarly, 4), (#""\"#, .endsEarly, 2),
            (#""\u00"#, .endsEarly, 5),
            ("nul!", .unexpectedByte, 3), ("[1,]", .unexpectedByte, 3), ("[,1]", .unexpectedByte, 1),
            ("[1 2]", .unexpectedByte, 3), ("{a: 1}", .unexpectedByte, 1), ("{\"a\" 1}", .unexpectedByte, 5),
            (#"{"a": 1,}"#, .unexpectedByte, 8), ("'a'", .unexpectedByte, 0), ("NaN", .unexpectedByte, 0),
            ("+1", .unexpectedByte, 0), (".5", .unexpectedByte, 0), ("\u{A0}1", .unexpectedByte, 0),
            ("[1}", .unexpectedByte, 2), ("// no\n1", .unexpectedByte, 0),
            (#""\x41""#, .invalidEscape, 1), (#""a\u12G4""#, .invalidEscape, 2),
            (#""\U0041""#, .invalidEscape, 1),
            (#""\ud800""#, .loneSurrogate, 1), (#""\udc00""#, .loneSurrogate, 1),
            (#""\ud800\n""#, .loneSurrogate, 1), (#""\ud83d\ud83d""#, .loneSurrogate, 1),
            (#""\ud83dx""#, .loneSurrogate, 1),
            ("\"a\nb\"", .controlCharacter, 2), ("\"\0\"", .controlCharacter, 1),
            ("01", .invalidNumber, 0), ("-", .invalidNumber, 0), ("[-01]", .invalidNumber, 1),
            ("1.", .invalidNumber, 0), ("1.e3", .invalidNumber, 0), ("2e", .invalidNumber, 0),
            ("2e+", .invalidNumber, 0), ("-a", .invalidNumber, 0),
            ("1e400", .numberOutOfRange, 0), ("[-1e999]", .numberOutOfRange, 1),
            ("1 2", .trailingText, 2), ("{}{}", .trailingText, 2), ("0x10", .trailingText, 1),
            ("null\0", .trailingText, 4),
        ] as [(String, JSONError.Reason, Int)]
    )
    func `a wrong text gives the reason and the place`(text: String, reason: JSONError.Reason, offset: Int) {
        #expect(throws: JSONError(reason, at: offset)) { try JSONValue(parsing: Array(text.utf8)) }
    }

    @Test(
        arguments: [
            ([0x22, 0xFF, 0x22], 1), ([0x22, 0xC0, 0x80, 0x22], 1),
            ([0x5B, 0x22, 0xED, 0xA0, 0x80, 0x22, 0x5D], 2),
            ([0x22, 0xE2, 0x82], 1), ([0x31, 0x20, 0xF8], 2), ([0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], 1),
        ] as [([UInt8], Int)]
    )
    func `bytes that are not UTF-8 are an error at their place`(bytes: [UInt8], offset: Int) {
        #expect(throws: JSONError(.invalidUTF8, at: offset)) { try JSONValue(parsing: bytes) }
    }

    @Test func `nesting up to the limit is read and one more level is an error`() throws {
        let atLimit =
            Array(repeating: UInt8(ascii: "["), count: 128) + Array(repeating: UInt8(ascii: "]"), count: 128)
        _ = try JSONValue(parsing: atLimit)
        #expect(throws: JSONError(.tooDeep, at: 128)) {
            try JSONValue(parsing: [UInt8(ascii: "[")] + atLimit)
        }
        #expect(throws: JSONError(.tooDeep, at: 0)) { try JSONValue(parsing: atLimit, maximumDepth: 0) }
    }

    @Test func `a million brackets are an error and no crash`() {
        for bracket in ["[", "{\"a\":"] {
            let bytes = Array(String(repeating: bracket, count: 1_000_000).utf8)
            #expect(throws: JSONError(.tooDeep, at: 128 * bracket.utf8.count)) {
                try JSONValue(parsing: bytes)
            }
        }
    }

    @Test func `siblings do not count as depth`() throws {
        let text = "[" + Array(repeating: "[[]]", count: 1000).joined(separator: ",") + "]"
        _ = try JSONValue(parsing: Array(text.utf8), maximumDepth: 3)
    }

    @Test func `an error says its reason and its byte`() {
        #expect(JSONError(.tooDeep, at: 128).description == "the nesting is too deep (byte 128)")
    }

    @Test func `a damaged text is an error or a value that reads back`() async {
        let sound = Array(#"{"a": [1, -2.5e3, "x\u00e9\ud83d\ude00", true, null], "b": {"c": "é"}}"#.utf8)
        await checkAll(cases: 3000) { generator in
            var bytes = sound
            for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &generator)
                case 1: bytes.remove(at: place)
                default: bytes = Array(bytes[..<place])
                }
            }
            guard let value = try? JSONValue(parsing: bytes) else { return }
            try #require(try JSONValue(parsing: Array(value.jsonText.utf8)) == value)
        }
    }
}
