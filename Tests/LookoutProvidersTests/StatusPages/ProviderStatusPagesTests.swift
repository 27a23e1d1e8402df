import LookoutDeployments
import LookoutHTTP
import LookoutModel
import LookoutSimulation
import Testing

@testable import LookoutProviders

@Suite struct ProviderStatusPagesTests {
    private func page(_ reply: ScriptedProvider.Reply) async throws -> Known<ProviderIncident>? {
        let world = Simulation()
        let pages = ProviderStatusPages(
            ["github": "https://www.githubstatus.com"],
            over: ScriptedProvider([reply]),
            by: world.timekeeper
        )
        return try await world.run { await pages.incidents() }["github"]
    }

    @Test(arguments: ProviderIncident.Impact.allCases)
    func `each word of a status page is told with its description`(
        impact: ProviderIncident.Impact
    ) async throws {
        let page = try await page(
            .answer(
                #"{"page":{},"status":{"indicator":"\#(impact.rawValue)","description":"Some\u001b[1m words"}}"#
            )
        )
        #expect(
            page?.value
                == ProviderIncident(provider: "github", impact: impact, description: #"Some\u{1b}[1m words"#)
        )
    }

    @Test(arguments: [
        ScriptedProvider.Reply.answer(#"{"status":{"indicator":"maintenance","description":"x"}}"#),
        .answer(#"{"status":{}}"#), .answer("{}"), .answer("<html>"), .answer("", status: 404),
        .answer("", status: 500), .answer("", status: 302, ["Location": "https://elsewhere.example/"]),
        .fault(.target(.dns)),
    ])
    func `a page that says nothing understandable is unknown, not good`(
        reply: ScriptedProvider.Reply
    )
        async throws
    {
        let page = try await page(reply)
        #expect(page?.value == nil)
        #expect(page?.failure != nil)
    }

    @Test func `one page that is not there says nothing about the others`() async throws {
        let provider = ScriptedProvider { request, _ in
            request.url.contains("github")
                ? .answer(#"{"status":{"indicator":"none","description":"All good"}}"#)
                : .answer("", status: 404)
        }
        let pages = ProviderStatusPages(
            [
                "github": "https://www.githubstatus.com", "render": "https://status.example.org",
                "netlify": "http://plain.example.org",
            ],
            over: provider,
            by: VirtualTimekeeper()
        )
        let incidents = await pages.incidents()
        #expect(incidents["github"]?.value?.impact == ProviderIncident.Impact.none)
        #expect(incidents["render"]?.failure?.code == "not_found")
        #expect(incidents["netlify"]?.failure?.code == "not_configured")
        #expect(incidents.count == 3)
    }

    @Test func `no token goes to a status page`() async throws {
        let provider = ScriptedProvider([.answer("{}")])
        _ = await ProviderStatusPages(over: provider, by: VirtualTimekeeper()).incidents()
        #expect(provider.requests.count == ProviderStatusPages.known.count)
        #expect(provider.requests.values.allSatisfy { $0.bearerToken == nil })
        #expect(provider.asked.allSatisfy { $0 == "GET /api/v2/status.json" })
    }
}
