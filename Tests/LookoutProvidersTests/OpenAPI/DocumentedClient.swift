import LookoutDeployments
import LookoutModel
import LookoutProviders
import LookoutSimulation

/// One call of a client, and which description it is held against.
struct DocumentedClient: Sendable, CustomStringConvertible {
    /// The file's name without ending.
    var document: String
    /// What paths of the description stand behind in a URL.
    var prefix = ""
    var account: ProviderAccount
    var name: String
    /// Which fields of the answers the call needs or uses, as `path: way`; a wrong type in each is noticed.
    var fields: Set<String>
    var call: @Sendable (ProviderTransport) async throws -> Void

    var description: String { "\(document) \(name)" }

    /// Runs the call against a provider.
    func run(_ provider: ScriptedProvider) async throws {
        try await call(try ProviderTransport(scripted: provider, account))
    }
}

extension DocumentedClient {
    static let all = netlify + render + supabase + sentry

    private static func netlify(
        _ name: String,
        _ fields: Set<String>,
        _ call: @escaping @Sendable (NetlifySite) async throws -> Void
    ) -> DocumentedClient {
        DocumentedClient(
            document: "netlify",
            prefix: "/api/v1",
            account: .netlify(token: Secret("t")),
            name: name,
            fields: fields
        ) { try await call(NetlifySite(id: "s1", through: $0)) }
    }

    private static let published = Set(
        ["", ".id", ".published_at", ".locked"].map { "/sites/{site_id}: published_deploy\($0)" }
            + ["/sites/{site_id}: id"]
    )

    private static func deployFields(_ place: String) -> Set<String> {
        let names = [
            "id", "state", "context", "branch", "commit_ref", "created_at", "updated_at", "published_at",
            "error_message", "skipped", "locked", "draft", "admin_url", "deploy_ssl_url",
        ]
        return Set(names.map { place + $0 })
    }

    private static let netlify = [
        netlify("access", ["/sites/{site_id}: account_slug", "/sites/{site_id}: id"]) {
            _ = try await $0.access()
        },
        netlify(
            "service",
            published.union(
                [
                    "build_settings", "build_settings.stop_builds", "build_settings.repo_branch", "id",
                    "name",
                    "account_id", "ssl_url", "url", "plan",
                ].map { "/sites/{site_id}: \($0)" }
            )
        ) { _ = try await $0.service() },
        netlify("live", published.union(deployFields("/sites/{site_id}: published_deploy."))) {
            _ = try await $0.live()
        },
        netlify("deploys", published.union(deployFields("/sites/{site_id}/deploys: [0]."))) {
            _ = try await $0.deploys(limit: 10)
        },
        netlify("deploy", published.union(deployFields("/sites/{site_id}/deploys/{deploy_id}: "))) {
            _ = try await $0.deploy("d1")
        },
        netlify(
            "variables",
            Set(
                ["key", "is_secret", "values", "values.[0].value", "values.[0].context"].map {
                    "/accounts/{account_id}/env: [0].\($0)"
                } + ["/sites/{site_id}: account_id", "/sites/{site_id}: id"]
            )
        ) { _ = try await $0.variables() },
    ]

    private static func render(
        _ name: String,
        _ fields: Set<String>,
        _ call: @escaping @Sendable (RenderService) async throws -> Void
    ) -> DocumentedClient {
        DocumentedClient(
            document: "render",
            prefix: "/v1",
            account: .render(token: Secret("t")),
            name: name,
            fields: fields
        ) { try await call(RenderService(id: "srv-1", through: $0)) }
    }

    private static let service = Set(
        [
            "id", "name", "ownerId", "branch", "autoDeploy", "autoDeployTrigger", "suspended", "suspenders",
            "rootDir", "serviceDetails", "serviceDetails.url", "serviceDetails.plan",
        ].map { "/services/{serviceId}: \($0)" }
    )

    private static let deployNames = [
        "id", "status", "trigger", "commit", "commit.id", "createdAt", "startedAt", "finishedAt",
    ]

    private static let dashboard: Set = ["/services/{serviceId}: dashboardUrl"]

    private static let render = [
        render("access", service) { _ = try await $0.access() },
        render("service", service) { _ = try await $0.service() },
        render("live", listed) { _ = try await $0.live() },
        render("deploys", listed) { _ = try await $0.deploys(limit: 10) },
        render(
            "deploy",
            service.union(dashboard).union(
                deployNames.map { "/services/{serviceId}/deploys/{deployId}: \($0)" }
            )
        ) { _ = try await $0.deploy("dep-1") },
        render(
            "variables",
            Set(["envVar", "envVar.key", "envVar.value"].map { "/services/{serviceId}/env-vars: [0].\($0)" })
        ) { _ = try await $0.variables() },
        render(
            "logs",
            service.union(
                ["logs", "logs.[0].message", "logs.[0].timestamp", "hasMore", "nextStartTime"].map {
                    "/logs: \($0)"
                }
            )
        ) { _ = try await $0.logLines(containing: "x", since: .epoch, limit: 5) },
    ]

    private static let listed = service.union(dashboard).union(
        (["deploy"] + deployNames.map { "deploy.\($0)" }).map { "/services/{serviceId}/deploys: [0].\($0)" }
    )
}
