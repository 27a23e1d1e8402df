import LookoutModel
import LookoutProbes
import LookoutProbing
import LookoutTestSupport
import Testing

@Suite struct CORSProbeTests {
    private static let shop = "https://shop.example"

    /// A server that answers every request with these CORS headers.
    private func run(
        _ settings: [String: JSONValue] = [:],
        statusCode: Int = 200,
        _ headers: @escaping @Sendable (_ origin: String) -> [String: String]
    ) async throws -> ProbeResult {
        try await serveAnswers { request in
            let lines = headers(request.header("Origin") ?? "").map {
                HeaderField("Access-Control-\($0)", $1)
            }
            return LoopbackAnswer(statusCode, headers: lines)
        } during: { server in
            let least: [String: JSONValue] = [
                "url": .string(server.url("/api")), "allow": [.string(Self.shop)],
            ]
            return try await ProbeBench().run(CORSProbe.self, .object(least.merging(settings) { $1 }))
        }
    }

    /// As a server should be: the origins of a list, compared as a whole.
    private static func listed(_ origin: String) -> [String: String] {
        origin == shop ? ["Allow-Origin": origin, "Allow-Credentials": "true"] : [:]
    }

    @Test func `a list of whole origins is as it should be`() async throws {
        let result = try await run(["credentials": "include"], Self.listed)
        #expect(result.outcome == .ok)
        #expect(result.facts["accepted"] == ["https://shop.example"])
        #expect(result.facts["unexpected"] == [])
        #expect(result.facts["origins"]?["null"]?["reason_code"] == "preflight_missing_allow_origin")
        #expect(result.facts["origins"]?.object?.count == 6)
    }

    @Test func `a missing origin is refused in words that say what mends it`() async throws {
        let result = try await run(["preflight": "as-needed"]) { _ in [:] }
        #expect(result.failureClass == .header)
        #expect(result.facts["refused"] == ["https://shop.example"])
        #expect(result.facts["reason_codes"] == ["missing_allow_origin"])
        #expect(
            result.outcome.message
                == "a page of https://shop.example gets no answer to its GET (status 200): "
                + "Access-Control-Allow-Origin is missing, expected https://shop.example; "
                + "add https://shop.example to CORS_ORIGINS of the server"
        )
    }

    @Test func `a wildcard with credentials is refused and told`() async throws {
        let wildcard = { @Sendable (_: String) in ["Allow-Origin": "*", "Allow-Credentials": "true"] }
        let result = try await run(["credentials": "include", "preflight": "as-needed"], wildcard)
        #expect(result.failureClass == .header)
        #expect(result.facts["reason_codes"] == ["wildcard_with_credentials"])
        #expect(result.facts["wildcard_with_credentials"] == true)
        let without = try await run([:], wildcard)
        #expect(without.failureClass == .condition)
        #expect(without.facts["reason_codes"] == ["unexpected_wildcard", "unexpected_null"])
        #expect(without.facts["wildcard_with_credentials"] == true)
    }

    @Test func `a server that repeats any origin is found`() async throws {
        let result = try await run(["credentials": "include"]) {
            ["Allow-Origin": $0, "Allow-Credentials": "true"]
        }
        #expect(result.failureClass == .condition)
        #expect(result.facts["reflects"] == true)
        #expect(result.facts["reflects_with_credentials"] == true)
        #expect(result.facts["refused"] == [])
        #expect(result.facts["unexpected"]?.array?.contains("null") == true)
    }

    @Test(arguments: [
        ("https://shop.example.evil.example", { @Sendable (origin: String) in origin.hasPrefix(shop) }),
        ("https://evilshop.example", { @Sendable (origin: String) in origin.hasSuffix("shop.example") }),
        ("http://shop.example", { @Sendable (origin: String) in origin.hasSuffix("//shop.example") }),
    ])
    func `a server that compares parts of origins is found`(
        lookalike: String,
        accepts: @escaping @Sendable (String) -> Bool
    ) async throws {
        let result = try await run { accepts($0) ? ["Allow-Origin": $0] : [:] }
        #expect(result.facts["reason_codes"] == ["unexpected_reflection"])
        #expect(result.facts["unexpected"]?.array?.contains(.string(lookalike)) == true)
    }

    @Test func `an error page without CORS headers is a failure of the status`() async throws {
        let result = try await run(["preflight": "as-needed"], statusCode: 503) { _ in [:] }
        #expect(result.failureClass == .status)
        #expect(result.statusCode == 503)
    }

    /// Answers the allowed origin and does something else to all others.
    private func run(
        timeout: Duration,
        toOthers script: @escaping @Sendable (LoopbackConnection) throws -> Void
    ) async throws -> ProbeResult {
        try await serve { connection in
            let origin = try connection.readRequest().header("Origin") ?? ""
            guard origin == Self.shop else { return try script(connection) }
            try connection.send(
                LoopbackAnswer(200, headers: [HeaderField("Access-Control-Allow-Origin", origin)])
            )
        } during: { server in
            try await ProbeBench().run(
                CORSProbe.self,
                ["url": .string(server.url()), "allow": [.string(Self.shop)]],
                timeout: timeout
            )
        }
    }

    @Test func `hanging up on a foreign origin denies it`() async throws {
        let result = try await run(timeout: .seconds(60)) { _ in }
        #expect(result.outcome == .ok)
        #expect(result.facts["origins"]?["null"]?["allowed"] == false)
    }

    @Test func `a foreign origin that gets no answer in time is not denied but unknown`() async throws {
        let result = try await run(timeout: .seconds(2)) { try $0.stall() }
        #expect(result.failureClass == .timeout)
        #expect(result.facts["origins"]?["null"] == nil)
    }

    @Test func `a method that could change something is only asked for`() async throws {
        try await serveAnswers { request in
            let origin = request.header("Origin") ?? ""
            guard origin == Self.shop else { return LoopbackAnswer(403) }
            return LoopbackAnswer(
                204,
                headers: [
                    HeaderField("Access-Control-Allow-Origin", origin),
                    HeaderField("Access-Control-Allow-Methods", "DELETE"),
                ]
            )
        } during: { server in
            let result = try await ProbeBench().run(
                CORSProbe.self,
                ["url": .string(server.url()), "allow": [.string(Self.shop)], "methods": ["DELETE"]]
            )
            #expect(result.outcome == .ok)
            #expect(Set(server.requests.map(\.method)) == ["OPTIONS"])
            #expect(result.observation.findings.contains { $0.contains("only its preflight") })
        }
    }

    @Test func `a preflight asks for the method and the headers`() async throws {
        try await serveAnswers { _ in
            LoopbackAnswer(200)
        } during: { server in
            _ = try await ProbeBench().run(
                CORSProbe.self,
                [
                    "url": .string(server.url()), "allow": [.string(Self.shop)], "deny_usual": false,
                    "methods": ["PUT"],
                    "headers": ["X-B": "1", "Authorization": "Bearer x", "Accept": "*/*"],
                ]
            )
            let request = try #require(server.requests.first)
            #expect(request.header("Access-Control-Request-Method") == "PUT")
            #expect(request.header("Access-Control-Request-Headers") == "authorization,x-b")
            #expect(request.header("Authorization") == nil)
        }
    }

    @Test(
        arguments: [
            (["allow": ["https://a.example/"]], "\"https://a.example/\" is not an origin"),
            (["allow": []], "allow is empty"),
            (
                ["allow": ["https://a.example"], "deny": ["https://a.example"]],
                "https://a.example is both allowed and denied"
            ),
            (
                ["allow": ["https://a.example"], "methods": ["TRACE"]],
                "a page cannot use the method \"TRACE\""
            ),
        ] as [(JSONValue, String)]
    )
    func `wrong settings are told`(settings: JSONValue, complaint: String) {
        guard case .object(var members) = settings else { return }
        members["url"] = "http://a.example"
        #expect(ProbeBench.complaints(CORSProbe.self, .object(members)) == [complaint])
    }
}
