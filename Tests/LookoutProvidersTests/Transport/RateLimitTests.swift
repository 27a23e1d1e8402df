import LookoutDeployments
import LookoutHTTP
import LookoutModel
import LookoutSimulation
import Testing

@testable import LookoutProviders

@Suite struct RateLimitTests {
    /// 2026-09-21T14:13:20Z, as the virtual clock begins.
    private static let now = Timestamp(seconds: 1_790_000_000)

    @Test(
        arguments: [
            ([("Retry-After", "30")], 30), ([("retry-after", "Mon, 21 Sep 2026 14:13:50 GMT")], 30),
            ([("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "1790000060")], 60),
            ([("RateLimit-Remaining", "0"), ("RateLimit-Reset", "45")], 45),
            ([("X-Sentry-Rate-Limit-Remaining", "0"), ("X-Sentry-Rate-Limit-Reset", "1790000002")], 2),
            ([("x-ratelimit-reset", "1789999990")], 0),
            ([("Retry-After", "5"), ("X-RateLimit-Reset", "1790003600")], 5),
            ([("Retry-After", "soon"), ("RateLimit-Reset", "9")], 9),
            // The provider's clock runs two minutes ahead.
            ([("Date", "Mon, 21 Sep 2026 14:15:20 GMT"), ("X-RateLimit-Reset", "1790000150")], 30),
            // A year, and more than a clock has: not longer than two hours.
            ([("Retry-After", "31536000")], 7200), ([("X-RateLimit-Reset", "1821536000")], 7200),
            ([("Retry-After", "99999999999999999999")], 7200),
        ] as [([(String, String)], Int64)]
    )
    func `each form of a limit says how long to wait`(lines: [(String, String)], seconds: Int64) {
        let headers = lines.map { HeaderField($0.0, $0.1) }
        #expect(RateLimitNotice(headers, at: Self.now).wait == .seconds(seconds))
    }

    @Test(arguments: ["", "soon", "-5", "nan", "inf", "1e400", "9999999999999999", "٣"])
    func `a reset that makes no sense says nothing`(value: String) {
        let headers = [HeaderField("X-RateLimit-Reset", value)]
        #expect(RateLimitNotice(headers, at: Self.now).wait == nil)
    }

    @Test func `of several windows the one that is used up counts`() {
        let headers = [
            HeaderField("X-RateLimit-Remaining", "12"), HeaderField("X-RateLimit-Reset", "1790003600"),
            HeaderField("RateLimit-Remaining", "0"), HeaderField("RateLimit-Reset", "7"),
        ]
        let notice = RateLimitNotice(headers, at: Self.now)
        #expect(notice.isExhausted)
        #expect(notice.wait == .seconds(7))
    }

    @Test func `a short limit is waited for`() async throws {
        let provider = ScriptedProvider([.answer("{}", status: 429, ["Retry-After": "12"]), .answer("[]")])
        let world = Simulation()
        let transport = try ProviderTransport(scripted: provider, by: world.timekeeper)
        let start = world.now.monotonic
        _ = try await world.run { try await transport.read(ProviderRequest("x", path: ["x"])) }
        #expect(world.now.monotonic - start >= .seconds(12))
        #expect(provider.requests.count == 2)
    }

    @Test func `a long limit is told with its end, and nobody asks before it`() async throws {
        let reset = ["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1790001800"]
        let provider = ScriptedProvider([
            .answer(#"{"message":"API rate limit exceeded"}"#, status: 403, reset), .answer("[]"),
        ])
        let world = Simulation()
        let transport = try ProviderTransport(scripted: provider, by: world.timekeeper)
        let request = ProviderRequest("the things", path: ["x"])
        let first = await problem { try await transport.read(request) }
        #expect(
            first
                == .rateLimited(
                    "Example, the things: asked too often (403: API rate limit exceeded), "
                        + "it answers again at 2026-09-21T14:43:20Z",
                    until: Timestamp(seconds: 1_790_001_800)
                )
        )
        world.advance(by: .seconds(1700))
        #expect(await problem { try await transport.read(request) }?.code == "rate_limited")
        #expect(provider.requests.count == 1)
        world.advance(by: .seconds(100))
        _ = try await transport.read(request)
        #expect(provider.requests.count == 2)
    }

    @Test func `the last granted request shuts the gate before the provider has to`() async throws {
        let headers = ["RateLimit-Remaining": "0", "RateLimit-Reset": "600"]
        let provider = ScriptedProvider([.answer("[]", headers), .answer("[]")])
        let transport = try ProviderTransport(scripted: provider)
        let request = ProviderRequest("the things", path: ["x"])
        _ = try await transport.read(request)
        #expect(await problem { try await transport.read(request) }?.code == "rate_limited")
        #expect(provider.requests.count == 1)
    }

    @Test func `a secondary limit without a time keeps a minute`() async throws {
        let body = #"{"message":"You have exceeded a secondary rate limit."}"#
        let provider = ScriptedProvider([.answer(body, status: 403)])
        let transport = try ProviderTransport(scripted: provider)
        let failure = await problem { try await transport.read(ProviderRequest("x", path: ["x"])) }
        guard case .rateLimited(_, let until) = failure else {
            Issue.record("not a limit: \(String(describing: failure))")
            return
        }
        #expect(until == Self.now + .seconds(60))
    }

    @Test func `a 403 that asks to be left alone is a limit, whatever its words are`() async throws {
        let body = #"{"message":"You have triggered an abuse detection mechanism"}"#
        let provider = ScriptedProvider([.answer(body, status: 403, ["Retry-After": "90"])])
        let transport = try ProviderTransport(scripted: provider)
        let failure = await problem { try await transport.read(ProviderRequest("x", path: ["x"])) }
        guard case .rateLimited(_, let until) = failure else {
            Issue.record("not a limit: \(String(describing: failure))")
            return
        }
        #expect(until == Self.now + .seconds(90))
    }

    @Test func `a 429 that says nothing is tried again by our own waits`() async throws {
        let provider = ScriptedProvider([.answer("", status: 429)])
        let world = Simulation()
        let transport = try ProviderTransport(scripted: provider, by: world.timekeeper)
        let request = ProviderRequest("x", path: ["x"])
        let failure = await problem { try await world.run { try await transport.read(request) } }
        guard case .rateLimited(_, until: nil) = failure else {
            Issue.record("not a limit without an end: \(String(describing: failure))")
            return
        }
        #expect(provider.requests.count == 4)
    }

    @Test func `a 403 that is no limit is a missing right`() async throws {
        let provider = ScriptedProvider([
            .answer(#"{"message":"Resource not accessible"}"#, status: 403, ["X-RateLimit-Remaining": "4999"])
        ])
        let transport = try ProviderTransport(scripted: provider)
        let failure = await problem { try await transport.read(ProviderRequest("x", path: ["x"])) }
        #expect(failure?.code == "forbidden")
        #expect(failure?.message.contains("EXAMPLE_TOKEN") == true)
    }
}

extension ScriptedProvider.Reply {
    static func answer(_ body: String, _ headers: [String: String]) -> Self {
        .answer(body, status: 200, headers)
    }
}
