import CEL
import CELExchange
import LookoutModel
import Testing

/// Values as JSON and back.
@Suite struct `Values in the exchange` {
    @Test(arguments: [
        #"{"null":null}"#, #"{"bool":false}"#, #"{"int":"-9223372036854775808"}"#,
        #"{"uint":"18446744073709551615"}"#, #"{"double":"NaN"}"#, #"{"double":"Infinity"}"#,
        #"{"double":"-Infinity"}"#, #"{"double":"-0.0"}"#, #"{"double":"0.1"}"#, #"{"double":"5e-324"}"#,
        #"{"string":""}"#, #"{"string":"a\u0000\"\\\n\u2028\ud83d\ude00e\u0301"}"#, #"{"bytes":""}"#,
        #"{"bytes":"AP8="}"#, #"{"list":[]}"#, #"{"list":[{"int":"1"},{"list":[{"null":null}]}]}"#,
        #"{"map":[]}"#, #"{"map":[[{"int":"1"},{"string":"a"}],[{"bool":true},{"uint":"2"}]]}"#,
        #"{"type":"int"}"#, #"{"type":"google.protobuf.Timestamp"}"#, #"{"optional":null}"#,
        #"{"optional":{"optional":{"int":"3"}}}"#,
        #"{"timestamp":{"seconds":"-62135596800","nanos":999999999}}"#,
        #"{"duration":{"seconds":"-1","nanos":-500000000}}"#,
    ])
    func `read what they write`(text: String) throws {
        let json = try JSONValue(parsing: Array(text.utf8))
        let written = try Value(exchange: json).exchangeText()
        #expect(try JSONValue(parsing: Array(written.utf8)) == json)
        #expect(written.utf8.allSatisfy { (0x20..<0x7F).contains($0) })
    }

    @Test func `keep the sign of zero`() throws {
        guard case .double(let zero) = try Value(exchange: ["double": "-0.0"]) else {
            Issue.record("not a double")
            return
        }
        #expect(zero.sign == .minus)
        #expect(try Value.double(zero).exchangeText() == #"{"double":"-0.0"}"#)
    }

    @Test(arguments: [
        "1", "[]", "{}", #"{"int":"1","uint":"1"}"#, #"{"int":"1.0"}"#, #"{"int":"9223372036854775808"}"#,
        #"{"uint":"-1"}"#, #"{"bool":"true"}"#, #"{"double":"one"}"#, #"{"bytes":"*"}"#, #"{"list":{}}"#,
        #"{"list":[1]}"#, #"{"map":[[{"int":"1"}]]}"#, #"{"map":[[{"double":"1.0"},{"int":"1"}]]}"#,
        #"{"map":[[{"int":"1"},{"int":"1"}],[{"uint":"1"},{"int":"1"}]]}"#,
        #"{"timestamp":{"seconds":"253402300800","nanos":0}}"#, #"{"timestamp":{"seconds":"0","nanos":-1}}"#,
        #"{"duration":{"seconds":"9223372036854775807","nanos":0}}"#, #"{"colour":"red"}"#,
        #"{"optional":3}"#,
        #"{"string":5}"#,
    ])
    func `are refused in any other form`(text: String) throws {
        let json = try JSONValue(parsing: Array(text.utf8))
        #expect(throws: ExchangeError.self) { try Value(exchange: json) }
    }

    @Test func `are not written beyond the limit, however small they are kept`() {
        var value = Value.list([.string("x")])
        for _ in 0..<60 { value = .list([value, value]) }
        #expect(throws: ExchangeError.self) { try value.exchangeText() }
        #expect(throws: ExchangeError.self) { try Value.string("abc").exchangeText(limit: 10) }
    }

    @Test(arguments: [
        "int", "list(int)", "map(string, list(dyn))", "optional_type(map(string, int))", "type(int)", "dyn",
        "vector(A, list(int))", "timestamp", "duration", "null_type",
    ])
    func `have types whose notation is read and written alike`(notation: String) throws {
        #expect(try #require(ValueType(notation: notation)).description == notation)
    }

    @Test(arguments: [
        ("any", ValueType.dyn), ("wrapper(int)", .dyn), ("param(A)", .parameter("A")),
        ("message(google.protobuf.Duration)", .duration), ("list(param(T))", .list(.parameter("T"))),
        ("message(a.b.C)", .opaque("a.b.C", [])),
    ])
    func `have types of other names for the same`(notation: String, type: ValueType) {
        #expect(ValueType(notation: notation) == type)
    }

    @Test(arguments: [
        "", "list(", "list(int", "list(int))", "map(int)", "map(int, )", "(int)", "int x", "param()",
        String(repeating: "list(", count: 1_000),
    ])
    func `have no types of a broken notation`(notation: String) {
        #expect(ValueType(notation: notation) == nil)
    }
}
