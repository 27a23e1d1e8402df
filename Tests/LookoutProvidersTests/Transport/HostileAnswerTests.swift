import LookoutDeployments
import LookoutHTTP
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutProviders

@Suite struct HostileAnswerTests {
    private let request = ProviderRequest("the things", path: ["things"])

    @Test(arguments: [
        ("message", 404, "not_found"), ("detail", 401, "unauthorized"), ("error", 403, "forbidden"),
        ("msg", 409, "refused"), ("error_description", 400, "unexpected"), ("message", 410, "not_found"),
        ("message", 422, "refused"), ("message", 402, "forbidden"), ("message", 418, "unexpected"),
    ])
    func `what the provider says is shown on one line and bounded`(
        field: String,
        status: Int,
        code: String
    ) async throws {
        let text = #"\u001b[31mred\u0007\n$(rm -rf /)\u202e"# + String(repeating: "x", count: 5000)
        let provider = ScriptedProvider([.answer(#"{"\#(field)":"\#(text)"}"#, status: status)])
        let transport = try ProviderTransport(scripted: provider)
        let answer = await problem { [request] in try await transport.read(request) }
        let failure = try #require(answer)
        #expect(failure.code == code)
        #expect(failure.message.contains(#"\u{1b}[31mred\u{7}\n$(rm -rf /)\u{202e}"#))
        #expect(failure.message.utf8.count < 450)
        #expect(failure.message == PlainText.line(failure.message))
    }

    @Test(arguments: [
        (#"{"detail":{"message":"no scope"}}"#, "no scope"),
        (#"{"message":"a","errors":["b",{"message":"c"}]}"#, "a (b; c)"),
        (#"{"errors":["b"]}"#, "b"), (#"{"message":"","detail":"d"}"#, "d"),
    ])
    func `the words are found where each provider puts them`(body: String, words: String) async throws {
        let provider = ScriptedProvider([.answer(body, status: 403)])
        let transport = try ProviderTransport(scripted: provider)
        let failure = await problem { [request] in try await transport.read(request) }
        #expect(failure?.message.contains("(403: \(words))") == true)
    }

    @Test(arguments: ["", "[]", "<html>", "7", "{}", #"{"message":7}"#, #"{"message":["x"]}"#])
    func `an error without words is told by its status`(body: String) async throws {
        let provider = ScriptedProvider([.answer(body, status: 404)])
        let transport = try ProviderTransport(scripted: provider)
        let failure = await problem { [request] in try await transport.read(request) }
        #expect(failure?.message.contains("(HTTP status 404)") == true)
    }

    @Test func `the token is never shown, even if the provider says it`() async throws {
        let body = #"{"message":"token tok-3c9f1a is bad; tok-3c9f1a"}"#
        let replies: [ScriptedProvider.Reply] = [
            .answer(body, status: 401), .answer(body, status: 500), .answer("tok-3c9f1a"),
            .answer("", status: 302, ["Location": "https://evil.example/tok-3c9f1a"]),
            .fault(.target(.connect), "cannot reach tok-3c9f1a"),
        ]
        for reply in replies {
            let world = Simulation()
            let transport = try ProviderTransport(scripted: ScriptedProvider([reply]), by: world.timekeeper)
            let failure = await problem { [request] in
                try await world.run { try await transport.read(request) }
            }
            #expect(failure?.message.contains("tok-") == false, "\(reply)")
        }
    }

    @Test(arguments: [
        "", "{", "[1,]", "<!doctype html>", "nul", "\u{FEFF}x", #"{"a":1}x"#,
        String(repeating: "[", count: 100_000), String(repeating: #"{"a":"#, count: 70),
    ])
    func `what is no JSON of a reasonable depth is said so`(body: String) async throws {
        let provider = ScriptedProvider([.answer(body)])
        let transport = try ProviderTransport(scripted: provider)
        let failure = await problem { [request] in try await transport.read(request).object() }
        #expect(failure?.code == "unexpected")
    }

    @Test func `an answer that is too large is not asked for again`() async throws {
        let provider = ScriptedProvider([.fault(.target(.size), "the body is larger than allowed")])
        let transport = try ProviderTransport(scripted: provider)
        let failure = await problem { [request] in try await transport.read(request) }
        #expect(failure?.code == "unexpected")
        #expect(provider.requests.values.first?.maximumBodyBytes == 8 << 20)
        #expect(provider.requests.count == 1)
    }

    @Test(arguments: [
        "$(rm -rf /)", "-rf", "a b", "a/b", "../..", ".", "..", "", "a\u{1B}", "a;b", "ä", "a\n", "a'b",
        String(repeating: "a", count: 129),
    ])
    func `an id that does not look like one does not get into commands`(id: String) throws {
        let object = try AnswerObject(["id": .string(id)], of: "Example")
        #expect(throws: ProviderFailure.unexpected(#"Example: "id" is not an id"#)) {
            try object.identifier("id")
        }
    }

    @Test(arguments: [
        "68a5c1f0e4b0a10008a1b2c3", "dep-d2ieq3ndiees73a1b2c0", "3970e0fe-8564-4903-9a55-c5f8de49fb8b",
    ])
    func `ids of providers are ids`(id: String) throws {
        #expect(try AnswerObject(["id": .string(id)], of: "Example").identifier("id") == id)
    }

    @Test(arguments: [
        "javascript:alert(1)", "data:text/html,x", "https://a\u{1B}[2J", "https://a b", "https://a\n", "",
        #"https://a"onclick="x"#, "https://<x>", "https://" + String(repeating: "a", count: 3000),
    ])
    func `a page that is no plain web address is no page`(text: String) throws {
        #expect(try AnswerObject(["page": .string(text)], of: "Example").page("page") == nil)
    }

    @Test func `a field of another type is named with the way to it and without its value`() throws {
        let answer: JSONValue = ["list": [["id": 1], ["id": "x", "at": "SECRET", "n": "many"]]]
        let objects = try AnswerObject(answer, of: "Example, the things").objects("list")
        #expect(throws: ProviderFailure.unexpected(#"Example, the things: "list[0].id" is not text"#)) {
            try objects[0].text("id")
        }
        #expect(throws: ProviderFailure.unexpected(#"Example, the things: "list[1].at" is not a time"#)) {
            try objects[1].time("at")
        }
        #expect(
            throws: ProviderFailure.unexpected(#"Example, the things: "list[1].n" is not a whole number"#)
        ) {
            try objects[1].count("n")
        }
    }

    @Test func `missing and null are both nothing`() throws {
        let object = try AnswerObject(["a": nil], of: "Example")
        #expect(try object.text("a") == nil && object.text("b") == nil)
        #expect(try object.flag("a") == nil && object.time("b") == nil && object.count("a") == nil)
        #expect(try object.objects("a").isEmpty && object.texts("b").isEmpty && object.object("a") == nil)
    }

    @Test(arguments: [
        ("2025-08-20T12:45:02.118Z", "2025-08-20T12:45:02.118Z"),
        ("2025-08-20T12:45:02.118", "2025-08-20T12:45:02.118Z"),
        ("2025-08-20T14:45:02+02:00", "2025-08-20T12:45:02Z"),
        ("2025-08-20T12:44:55.1Z", "2025-08-20T12:44:55.1Z"),
    ])
    func `times are read as providers write them`(text: String, time: String) throws {
        #expect(try AnswerObject(["at": .string(text)], of: "Example").time("at")?.rfc3339 == time)
    }
}
