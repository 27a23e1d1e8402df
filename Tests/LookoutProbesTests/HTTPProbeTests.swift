import LookoutModel
import LookoutProbes
import LookoutProbing
import LookoutTestSupport
import Testing

@Suite struct HTTPProbeTests {
    private static let healthy =
        #"{"status":"healthy","services":{"database":"connected"},"version":"2.0.3"}"#

    private func run(
        _ answer: LoopbackAnswer,
        _ settings: [String: JSONValue] = [:]
    ) async throws -> ProbeResult {
        try await serveAnswers { _ in
            answer
        } during: { server in
            let url: [String: JSONValue] = ["url": .string(server.url("/health"))]
            return try await ProbeBench().run(HTTPProbe.self, .object(settings.merging(url) { $1 }))
        }
    }

    @Test func `a healthy answer gives JSON, version, status and phases`() async throws {
        let result = try await run(
            LoopbackAnswer(
                200,
                headers: [HeaderField("X-A", "1"), HeaderField("x-a", "2")],
                body: Self.healthy
            )
        )
        #expect(result.outcome == .ok)
        #expect(result.statusCode == 200)
        #expect(result.version == "2.0.3")
        #expect(result.observation.json?["services"]?["database"] == "connected")
        #expect(result.observation.headers.prefix(2) == [HeaderField("X-A", "1"), HeaderField("x-a", "2")])
        #expect(result.timings.connect != nil && result.timings.firstByte != nil)
    }

    @Test func `an unexpected status fails and still shows the body`() async throws {
        let result = try await run(LoopbackAnswer(503, body: #"{"status":"unhealthy"}"#))
        #expect(result.outcome.failure == Failure(.status, "status 503, expected 200-299"))
        #expect(result.statusCode == 503)
        #expect(result.observation.json?["status"] == "unhealthy")
    }

    @Test func `a body that is not UTF-8 is fine unless JSON is expected`() async throws {
        var answer = LoopbackAnswer(200)
        answer.body = [0xFF, 0xFE] + Array("emergency MODE".utf8)
        #expect(try await run(answer).outcome == .ok)
        let contains = try await run(answer, ["expect": ["body_contains": ["mode"], "ignore_case": true]])
        #expect(contains.outcome == .ok)
        let json = try await run(answer, ["expect": ["json": ["status": "healthy"]]])
        #expect(json.outcome.failure == Failure(.body, "the body is not JSON"))
    }

    @Test func `all unmet expectations are told, the first decides the class`() async throws {
        let result = try await run(
            LoopbackAnswer(200, headers: [HeaderField("X-Env", "staging")], body: Self.healthy),
            [
                "expect": [
                    "headers": ["X-Env": "production", "X-None": ["contains": "a"]],
                    "json": ["services.database": "ok", "services.redis": "connected"],
                    "body_not_contains": ["healthy"],
                ]
            ]
        )
        #expect(result.failureClass == .header)
        #expect(
            result.facts["unmet"] == [
                "header X-Env is \"staging\", expected \"production\"",
                "header X-None is missing, expected a value with \"a\"",
                "services.database in the body is \"connected\", expected \"ok\"",
                "services.redis in the body is missing, expected \"connected\"",
                "the body contains \"healthy\"",
            ]
        )
    }

    @Test func `a slow answer misses its maximum duration`() async throws {
        let result = try await run(LoopbackAnswer(200), ["expect": ["max_duration": "0.001ms"]])
        #expect(result.failureClass == .condition)
    }

    @Test func `redirects are reported, or followed on request`() async throws {
        try await serveAnswers { request in
            request.target == "/new"
                ? LoopbackAnswer(200) : LoopbackAnswer(302, headers: [HeaderField("Location", "/new")])
        } during: { server in
            let url = JSONValue.string(server.url("/old"))
            let reported = try await ProbeBench().run(HTTPProbe.self, ["url": url])
            #expect(reported.failureClass == .status)
            #expect(reported.outcome.message?.contains("redirected to /new") == true)
            let followed = try await ProbeBench().run(HTTPProbe.self, ["url": url, "follow_redirects": true])
            #expect(followed.outcome == .ok)
            #expect(followed.facts["final_url"] == .string(server.url("/new")))
            #expect(followed.facts["redirects"] == 1)
        }
    }

    @Test func `method, headers, body and credentials go out as configured`() async throws {
        try await serveAnswers { _ in
            LoopbackAnswer(200)
        } during: { server in
            _ = try await ProbeBench().run(
                HTTPProbe.self,
                [
                    "url": .string(server.url("/x")), "method": "POST", "body": "hello", "bearer": "t0ken",
                    "headers": ["X-Many": ["1", "2"], "Content-Type": "text/plain"],
                ]
            )
            let request = try #require(server.requests.first)
            #expect(request.method == "POST")
            #expect(request.body == Array("hello".utf8))
            #expect(request.header("Authorization") == "Bearer t0ken")
            #expect(request.headers.filter { $0.name == "X-Many" }.map(\.value) == ["1", "2"])
        }
    }

    @Test(
        arguments: [
            (["url": "ftp://a.example"], "\"ftp://a.example\" is not a URL that can be asked"),
            (
                ["url": "https://u:p@a.example"],
                "a URL must not hold a user name or password, since URLs are shown"
            ),
            (["url": "http://a.example", "method": "GE T"], "\"GE T\" is not an HTTP method"),
            (["url": "http://a.example", "headers": ["X A": "1"]], "\"X A\" is not a header name"),
            (
                ["url": "http://a.example", "headers": ["X-A": "a\r\nX-B: c"]],
                "a header value must not hold line breaks or other control characters"
            ),
            (["url": "http://a.example", "expect": ["status": "ok"]], "\"ok\" is not a status code"),
            (["url": "http://a.example", "expect": ["json": ["a..b": 1]]], "\"a..b\" is not a JSON path"),
            (["url": "http://a.example", "body_limit": "1GiB"], "\"1GiB\" is not a size"),
            (
                ["url": "http://a.example", "bearer": "x", "basic_auth": ["user": "u", "password": "p"]],
                "basic_auth and bearer exclude each other"
            ),
        ] as [(JSONValue, String)]
    )
    func `wrong settings are told`(settings: JSONValue, complaint: String) {
        #expect(ProbeBench.complaints(HTTPProbe.self, settings) == [complaint])
    }
}
