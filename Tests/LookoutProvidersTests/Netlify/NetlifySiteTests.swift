import LookoutDeployments
import LookoutModel
import LookoutSimulation
import Testing

@testable import LookoutProviders

@Suite struct NetlifySiteTests {
    private static let site = "3970e0fe-8564-4903-9a55-c5f8de49fb8b"
    private static let live =
        #"{"id":"dep2","state":"ready","context":"production","created_at":"2025-08-20T12:00:00Z","published_at":"2025-08-20T12:02:00Z","locked":LOCKED}"#

    /// A site whose published deploy is `dep2`, with these answers beside it.
    private func site(
        isLocked: Bool = false,
        build: String = #"{"repo_branch":"main","stop_builds":false}"#,
        _ answers: [String: String] = [:]
    ) throws -> (NetlifySite, ScriptedProvider) {
        let published = Self.live.replacing("LOCKED", with: "\(isLocked)")
        let answer = """
            {"id":"\(Self.site)","name":"wheels","account_id":"acc1","account_slug":"team","plan":"pro",\
            "ssl_url":"https://example.com","url":"http://example.com","build_settings":\(build),\
            "published_deploy":\(published)}
            """
        let base = "/api/v1/sites/\(Self.site)"
        let provider = ScriptedProvider(paths: [base: answer].merging(answers) { one, _ in one })
        return (NetlifySite(id: Self.site, through: try transport(provider)), provider)
    }

    private func transport(_ provider: ScriptedProvider) throws -> ProviderTransport {
        try ProviderTransport(scripted: provider, .netlify(token: Secret("t")))
    }

    @Test func `a site says how it is set up`() async throws {
        let (site, _) = try site()
        let service = try await site.service()
        #expect(service.name == "wheels" && service.owner == "acc1" && service.branch == "main")
        #expect(service.url == "https://example.com" && service.plan == "pro" && service.id == Self.site)
        #expect(service.deploysByItself == true && service.obstacles.isEmpty)
        #expect(try await site.access() == ProviderAccess(identity: "team"))
    }

    @Test func `a lock and stopped builds are obstacles`() async throws {
        let (locked, _) = try site(isLocked: true)
        #expect(try await locked.service().obstacles == [.locked(deploy: "dep2")])
        #expect(try await locked.service().deploysByItself == true, "it builds, and does not publish")
        let (stopped, _) = try site(build: #"{"stop_builds":true}"#)
        #expect(try await stopped.service().obstacles == [.autoDeployOff])
        #expect(try await stopped.service().deploysByItself == false)
        let (silent, _) = try site(build: "null")
        #expect(try await silent.service().deploysByItself == nil)
    }

    @Test func `what users get is the published deploy, and nothing where nothing is published`() async throws
    {
        let (site, _) = try site()
        let live = try #require(try await site.live())
        #expect(live.id == "dep2" && live.state == .live)
        #expect(live.liveAt == Timestamp(rfc3339: "2025-08-20T12:02:00Z"))
        let empty = ScriptedProvider(paths: ["/api/v1/sites/x": #"{"id":"x","published_deploy":null}"#])
        #expect(try await NetlifySite(id: "x", through: try transport(empty)).live() == nil)
    }

    @Test func `deploys are those of production, newest first, and only those that were live say when`()
        async throws
    {
        let deploys = """
            [{"id":"dep1","state":"old","context":"production","created_at":"2025-08-20T10:00:00Z",\
            "published_at":"2025-08-20T10:02:00Z"},
            {"id":"never","state":"ready","context":"production","created_at":"2025-08-20T11:00:00Z"},
            {"id":"preview","state":"ready","context":"deploy-preview","created_at":"2025-08-20T11:30:00Z",\
            "published_at":"2025-08-20T11:31:00Z"},
            {"id":"dep3","state":"building","context":"production","created_at":"2025-08-20T12:30:00Z"},
            {"id":"dep2","state":"ready","context":"production","created_at":"2025-08-20T12:00:00Z",\
            "published_at":"2025-08-20T12:02:00Z"}]
            """
        let (site, provider) = try site(["/api/v1/sites/\(Self.site)/deploys": deploys])
        let found = try await site.deploys(limit: 20)
        #expect(found.map(\.id) == ["dep3", "dep2", "never", "dep1"])
        #expect(try await site.deploys(limit: 2).map(\.id) == ["dep3", "dep2"])
        #expect(found.filter { $0.liveAt != nil }.map(\.id) == ["dep2", "dep1"])
        #expect(
            provider.asked.last == "GET /api/v1/sites/\(Self.site)/deploys?production=true&page=1&per_page=20"
        )
    }

    @Test func `a deploy that is published between two questions is not said to be held`() async throws {
        let path = "/api/v1/sites/\(Self.site)/deploys/dep2"
        let (site, provider) = try site([
            path: #"{"id":"dep2","state":"ready","context":"production","created_at":"2025-08-20T12:00:00Z"}"#
        ])
        #expect(try await site.deploy("dep2").state == .live)
        #expect(provider.asked == ["GET \(path)", "GET /api/v1/sites/\(Self.site)"])
    }

    @Test func `variables are those of production, and secret ones keep their value`() async throws {
        let variables = """
            [{"key":"VITE_B","values":[{"value":"all","context":"all"},{"value":"prod","context":"production"}]},
            {"key":"VITE_A","values":[{"value":"all","context":"all"},{"value":"dev","context":"dev"}]},
            {"key":"ONLY_DEV","values":[{"value":"x","context":"dev"}]},
            {"key":"KEY","is_secret":true,"values":[{"value":"****","context":"production"}]},
            {"key":"EMPTY","values":[{"context":"production"}]}]
            """
        let (site, provider) = try site(["/api/v1/accounts/acc1/env": variables])
        #expect(
            try await site.variables() == [
                ProviderVariable("EMPTY", value: nil), ProviderVariable("KEY", value: nil),
                ProviderVariable("VITE_A", value: Secret("all")),
                ProviderVariable("VITE_B", value: Secret("prod")),
            ]
        )
        #expect(provider.asked.last == "GET /api/v1/accounts/acc1/env?site_id=\(Self.site)")
    }

    @Test func `logs are not to be had, and it says so`() async throws {
        let (site, _) = try site()
        let failure = await problem { try await site.logLines(containing: "x", since: .epoch, limit: 1) }
        #expect(failure?.code == "not_configured")
    }

    @Test(arguments: [
        "[]", "7", "{}", #"{"data":{"id":"x"}}"#, #"{"id":7}"#, #"{"id":"x","published_deploy":[]}"#,
        #"{"id":"x","published_deploy":{"id":null}}"#,
        #"{"id":"x","build_settings":{"stop_builds":"no"}}"#, #"{"name":"without an id"}"#,
    ])
    func `an answer of another shape is no site`(body: String) async throws {
        let provider = ScriptedProvider([.answer(body)])
        let site = NetlifySite(id: "x", through: try transport(provider))
        #expect(await problem { try await site.service() }?.code == "unexpected")
        if !body.contains("build_settings") {
            #expect(await problem { try await site.live() }?.code == "unexpected")
        }
    }

    @Test func `an id with a slash stays one part of the path`() async throws {
        let provider = ScriptedProvider([.answer(#"{"message":"Not Found","code":404}"#, status: 404)])
        let site = NetlifySite(id: "../accounts/x", through: try transport(provider))
        #expect(await problem { try await site.live() }?.code == "not_found")
        #expect(provider.asked == ["GET /api/v1/sites/..%2Faccounts%2Fx"])
    }
}
