import CELExchange
import LookoutModel
import Testing

/// Lines of requests and their answers.
@Suite struct `The exchange` {
    private func answer(_ line: String) throws -> JSONValue {
        let text = ExchangeSession().answer(Array(line.utf8))
        #expect(!text.utf8.contains(UInt8(ascii: "\n")))
        return try JSONValue(parsing: Array(text.utf8))
    }

    @Test func `answers a value with its type`() throws {
        #expect(
            try answer(#"{"id":"a","expr":"[1, 2].map(x, x * 2)"}"#) == [
                "id": "a", "value": ["list": [["int": "2"], ["int": "4"]]], "type": "list(int)",
            ]
        )
    }

    @Test func `writes the members in a fixed order`() {
        let text = ExchangeSession().answer(Array(#"{"expr":"{'b': 1, 'a': 2u}.size() / 0","id":7}"#.utf8))
        #expect(
            text == #"{"id":7,"error":true,"stage":"eval","code":"division_by_zero","line":1,"column":26,"#
                + #""message":"division by zero","type":"int"}"#
        )
    }

    @Test(arguments: [
        (#"{"expr":"1 +"}"#, "parse", 1, 4), (#"{"expr":"1 + 'a'"}"#, "check", 1, 3),
        (#"{"expr":"true &&\n x"}"#, "check", 2, 2), (#"{"expr":"[1][3]"}"#, "eval", 1, 4),
        (#"{"expr":"x.y","bindings":{"x":{"map":[]}}}"#, "eval", 1, 2),
        (#"{"expr":"[1, 2].all(i, dyn('a'))"}"#, "eval", 1, 11),
        (#"{"expr":"x > 1","type_env":[{"name":"x","type":"int"}]}"#, "eval", 1, 1),
        (#"{"expr":"has(x.y)","disable_macros":true,"bindings":{"x":{"map":[]}}}"#, "check", 1, 4),
    ])
    func `places errors by stage, line and column`(line: String, stage: String, row: Int, column: Int) throws
    {
        let answer = try answer(line)
        #expect(answer["error"] == true)
        #expect(answer["stage"]?.string == stage)
        #expect(answer["line"] == .int(Int64(row)))
        #expect(answer["column"] == .int(Int64(column)), "\(answer)")
    }

    @Test(arguments: [
        ("", "JSON"), ("nonsense", "JSON"), ("[]", "object"), (#"{"id":"a"}"#, "expr"),
        (#"{"expr":1}"#, "expr"),
        (#"{"expr":"1","bindings":[]}"#, "bindings"), (#"{"expr":"1","bindings":{"x":3}}"#, "binding 'x'"),
        (#"{"expr":"1","type_env":{}}"#, "type_env"), (#"{"expr":"1","type_env":[{}]}"#, "name"),
        (#"{"expr":"1","type_env":[{"name":"x","type":"list("}]}"#, "list("),
        (#"{"expr":"1","disable_check":"yes"}"#, "disable_check"),
        (#"{"expr":"1","type_env":[{"name":"f","overloads":[{"params":[1]}]}]}"#, "parameters of 'f'"),
        ("{\"expr\":\"\u{0}\"}", "JSON"), (String(repeating: "[", count: 100_000), "JSON"),
    ])
    func `answers lines that are no request with an error`(line: String, mentioned: String) throws {
        let answer = try answer(line)
        #expect(answer["stage"] == "request")
        #expect(answer["message"]?.string?.contains(mentioned) == true, "\(answer)")
    }

    @Test func `keeps the identifier of a request that is none`() throws {
        #expect(try answer(#"{"id":"a"}"#)["id"] == "a")
        #expect(try answer(#"{"expr":"1"}"#)["id"] == .null)
    }

    @Test func `leaves out the check where it is told to`() throws {
        #expect(
            try answer(#"{"expr":"1 + 'a'","disable_check":true}"#) == [
                "id": nil, "error": true, "stage": "eval", "code": "no_such_overload", "line": 1, "column": 3,
                "message": "no such overload: _+_",
            ]
        )
        #expect(try answer(#"{"expr":"1 + 1","disable_check":true}"#)["type"] == "int")
    }

    @Test func `answers the type alone where only that is asked for`() throws {
        let line =
            #"{"id":1,"expr":"f(x)","check_only":true,"type_env":[{"name":"x","type":"uint"},{"name":"f","#
            + #""overloads":[{"id":"f1","params":["param(A)"],"type_params":["A"],"result":"list(param(A))"}]}]}"#
        #expect(try answer(line) == ["id": 1, "type": "list(uint)"])
    }

    @Test(arguments: [
        (#"f(1)"#, #"{"id":"f","params":["int"],"result":"int","member":false}"#),
        (#"'a'.f(1)"#, #"{"id":"f","params":["string","int"],"result":"int","member":true}"#),
    ])
    func `lets declared functions be called up to the evaluation`(call: String, overload: String) throws {
        let answer = try answer(
            "{\"expr\":\"\(call)\",\"type_env\":[{\"name\":\"f\",\"overloads\":[\(overload)]}]}"
        )
        #expect(answer["stage"] == "eval")
        #expect(answer["type"] == "int")
    }

    @Test func `takes the last of two declarations of a name`() throws {
        let line =
            #"{"expr":"x","type_env":[{"name":"x","type":"int"},{"name":"x","type":"string"}],"#
            + #""bindings":{"x":{"string":"a"}}}"#
        #expect(try answer(line)["type"] == "string")
    }

    @Test func `looks names up in the container`() throws {
        let line = #"{"expr":"y","container":"a.b","bindings":{"a.y":{"int":"1"},"y":{"int":"2"}}}"#
        #expect(try answer(line)["value"] == ["int": "1"])
    }

    @Test func `refuses to write a value that shares itself without end`() throws {
        var source = "cel.bind(x0, [1], "
        for index in 1...40 { source += "cel.bind(x\(index), [x\(index - 1), x\(index - 1)], " }
        source += "x40" + String(repeating: ")", count: 41)
        let text = ExchangeSession(answerLimit: 100_000).answer(Array("{\"expr\":\"\(source)\"}".utf8))
        #expect(text.contains("longer than 100000 bytes"))
    }
}

/// Streams cut into lines.
@Suite struct `The line splitter` {
    private func lines(_ parts: [String], limit: Int = 10) -> [String] {
        var splitter = LineSplitter(limit: limit)
        var lines = parts.flatMap { splitter.append(Array($0.utf8)[...]) }
        if let last = splitter.finish() { lines.append(last) }
        return lines.map { line in
            switch line {
            case .text(let bytes): String(decoding: bytes, as: UTF8.self)
            case .tooLong: "<too long>"
            }
        }
    }

    @Test(arguments: [
        ([""], []), (["a\nb\n"], ["a", "b"]), (["a\nb"], ["a", "b"]), (["a", "b\r", "\nc"], ["ab", "c"]),
        (["\n\n"], ["", ""]), (["12345678901\nb\n"], ["<too long>", "b"]),
        (["123456", "789012", "3\nb"], ["<too long>", "b"]), (["1234567890\n"], ["1234567890"]),
        (["1234567890", "1"], ["<too long>"]),
    ])
    func `gives each line once, wherever the parts are cut`(parts: [String], expected: [String]) {
        #expect(lines(parts) == expected)
    }
}

/// Expressions typed one after another.
@Suite struct `The interactive session` {
    @Test func `shows values with their types, and keeps those that are named`() {
        var session = InteractiveSession()
        #expect(session.answer("1 + 2") == "3 : int")
        #expect(session.answer("limit = duration('90s')") == "duration(\"90s\") : duration")
        #expect(session.answer("limit > duration('1m')") == "true : bool")
        #expect(session.answer("list = [1, 2]") == "[1, 2] : list(int)")
        #expect(session.answer("list.map(x, x * 2.5)").contains("found no matching overload"))
        #expect(session.answer("1 == 2") == "false : bool")
        #expect(session.answer("   ").isEmpty)
    }

    @Test func `points at mistakes`() {
        var session = InteractiveSession()
        #expect(
            session.answer("1 + 'a'") == """
                ERROR: <input>:1:3: found no matching overload for '_+_' applied to '(int, string)'
                 | 1 + 'a'
                 | ..^
                """
        )
        #expect(
            session.answer("x = 1 / 0") == """
                ERROR: <input>:1:3: division by zero
                 | 1 / 0
                 | ..^
                """
        )
        #expect(session.answer("x").hasPrefix("ERROR: <input>:1:1: undeclared reference to 'x'"))
    }
}
