import LookoutAlerting
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Synchronization
import Testing

@testable import LookoutDashboard

@Suite struct SilenceAPI {
    private let fixture = APIFixture()

    @Test(arguments: [("silences", Silence.Kind.silence), ("maintenance", .maintenance)])
    func `it is added, listed and ended`(resource: String, kind: Silence.Kind) async throws {
        let now = fixture.agent.now
        let added = try await fixture.ask(
            .post,
            "/api/v1/\(resource)",
            #"{"matchers": ["environment=production", "probe=~\"backend\""], "for": "2h", "by": "bob", "comment": "deploy"}"#
        )
        #expect(added.status == 201)
        #expect(added.json["matches_firing"] == 1)
        #expect(added.json["ends_at"]?.string == (now + .seconds(7200)).rfc3339)
        let silence = try #require(fixture.agent.state.withLock { $0.silences.first })
        #expect(silence.kind == kind)
        #expect(silence.matchers.map(\.description) == [#"environment="production""#, #"probe=~"backend""#])
        #expect(try await fixture.ask(.get, "/api/v1/\(resource)/aaaa").json["state"] == "active")
        let ended = try await fixture.ask(.delete, "/api/v1/\(resource)/aaaa0000")
        #expect(ended.json["state"] == "expired")
        #expect(try await fixture.ask(.delete, "/api/v1/\(resource)/aaaa0000").status == 409)
        let other = resource == "silences" ? "maintenance" : "silences"
        #expect(try await fixture.ask(.get, "/api/v1/\(other)/aaaa").status == 404)
    }

    @Test(arguments: [
        ("", ["/matchers", "/by", "/for"]),
        ("{}", ["/matchers", "/by", "/for"]),
        (#"{"matchers": [], "for": "1h", "by": "x"}"#, ["/matchers"]),
        (#"{"matchers": ["a"], "for": "1h", "by": "x"}"#, ["/matchers/0"]),
        (#"{"matchers": ["a=b", "c=~\"(\""], "for": "1h", "by": "x"}"#, ["/matchers/1"]),
        (#"{"matchers": [7], "for": "1h", "by": "x"}"#, ["/matchers/0"]),
        (#"{"matchers": ["team!=web"], "for": "1h", "by": "x"}"#, ["/matchers"]),
        (#"{"matchers": ["a=\"\""], "for": "1h", "by": "x"}"#, ["/matchers"]),
        (#"{"matchers": "a=b", "for": "0s", "by": "x"}"#, ["/for"]),
        (#"{"matchers": "a=b", "for": "-1h", "by": "x"}"#, ["/for"]),
        (#"{"matchers": "a=b", "for": "200y", "by": "x"}"#, ["/for"]),
        (#"{"matchers": "a=b", "for": 7200, "by": "x"}"#, ["/for"]),
        (#"{"matchers": "a=b", "for": "1h", "until": "2027-01-01T00:00:00Z", "by": "x"}"#, ["/until"]),
        (#"{"matchers": "a=b", "until": "2001-01-01T00:00:00Z", "by": "x"}"#, ["/until"]),
        (#"{"matchers": "a=b", "starts_at": "2001-01-01T00:00:00Z", "for": "1h", "by": "x"}"#, ["/until"]),
        (#"{"matchers": "a=b", "for": "1h", "by": "x", "coment": "y"}"#, ["/coment"]),
        (#"{"matchers": "a=b", "for": "1h", "by": "x", "a/b~c": 1}"#, ["/a~1b~0c"]),
        (#"{"matchers": "a=b", "for": "1h", "by": ""}"#, ["/by"]),
        (
            #"{"matchers": "a=b", "for": "1h", "by": "x", "expires_on_resolve": "yes"}"#,
            ["/expires_on_resolve"]
        ),
    ])
    func `a body that is not right names each fault, and nothing is stored`(
        body: String,
        pointers: [String]
    ) async throws {
        let answer = try await fixture.ask(.post, "/api/v1/silences", body)
        #expect(answer.status == 422, "\(answer.json)")
        guard case .array(let errors)? = answer.json["errors"] else {
            return #expect(Bool(false), "\(answer.json)")
        }
        #expect(errors.compactMap { $0["pointer"]?.string } == pointers)
        #expect(fixture.agent.state.withLock { $0.silences.isEmpty })
    }

    @Test(arguments: ["[]", "7", "null", "{", "{\"a\":1,}", "\u{0}", String(repeating: "[", count: 100_000)])
    func `what is not a JSON object is refused`(body: String) async throws {
        #expect(try await fixture.ask(.post, "/api/v1/silences", body).status == 400)
    }

    @Test(arguments: ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
    func `a body that a foreign form could send is refused`(type: String) async throws {
        let answer = try await fixture.ask(
            .post,
            "/api/v1/silences",
            "{}",
            headers: ["content-type": type]
        )
        #expect(answer.status == 415)
    }

    @Test func `a name that fits several is not guessed`() async throws {
        for id in ["abcd111100000000", "abcd222200000000"] {
            let now = fixture.agent.now
            let silence = Silence(
                id: id,
                matchers: [LabelMatcher("a", .equal("b"))],
                startsAt: now,
                endsAt: now + .seconds(60)
            )
            fixture.agent.state.withLock { $0.silences.append(silence) }
        }
        let answer = try await fixture.ask(.delete, "/api/v1/silences/abcd")
        #expect(answer.status == 409)
        #expect(answer.json["detail"]?.string?.contains("abcd1111") == true)
        #expect(try await fixture.ask(.delete, "/api/v1/silences/abcd1").status == 200)
    }

    @Test func `no body whatever makes the API fail in another way than by a problem`() async throws {
        let pieces = [
            "{", "}", "[", "]", "\"", ":", ",", "\"matchers\"", "\"for\"", "\"by\"", "null", "1e999",
            "\\u0000",
            "\"a=b\"", "\"1h\"", "\u{202E}", " ", "true",
        ]
        await checkAll(cases: 500) { random in
            let count = Int.random(in: 0...20, using: &random)
            let body = (0..<count).compactMap { _ in pieces.randomElement(using: &random) }.joined()
            let answer = try await APIFixture().ask(.post, "/api/v1/silences", body)
            try #require([201, 400, 422].contains(answer.status), "\(body): \(answer)")
            if answer.status != 201 { try #require(answer.json["title"]?.string != nil) }
        }
    }
}
