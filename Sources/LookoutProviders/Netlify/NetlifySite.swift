package import LookoutDeployments
package import LookoutModel

extension ProviderAccount {
    /// Netlify in the name of whose token it is; 500 requests a minute are granted.
    package static func netlify(
        token: Secret?,
        tokenName: String = "NETLIFY_TOKEN",
        base: String = "https://api.netlify.com/api/v1"
    ) -> ProviderAccount {
        ProviderAccount(name: "Netlify", base: versioned(base, "/api/v1"), token: token, tokenName: tokenName)
    }
}

/// A site at Netlify: what it shows, its production deploys, its variables.
package struct NetlifySite: HostingProvider {
    private let transport: ProviderTransport
    /// The site's id, or its name with `.netlify.app`.
    private let id: String
    /// The team that variables belong to; nil for that of the site.
    private let account: String?

    private static let fewestDeploys = 20

    package init(id: String, account: String? = nil, through transport: ProviderTransport) {
        self.id = id
        self.account = account
        self.transport = transport
    }

    package var name: String { "netlify" }

    /// A token of Netlify has no scopes: it may do what its owner may.
    package func access() async throws(ProviderFailure) -> ProviderAccess {
        let site = try await site()
        return ProviderAccess(identity: try site.words("account_slug") ?? "")
    }

    package func service() async throws(ProviderFailure) -> HostedService {
        let site = try await site()
        let build = try site.object("build_settings")
        let publication = try NetlifyPublication(site)
        let isStopped = try build?.flag("stop_builds")
        var obstacles: [Obstacle] = []
        if publication.isLocked, let deploy = publication.id { obstacles.append(.locked(deploy: deploy)) }
        if isStopped == true { obstacles.append(.autoDeployOff) }
        let (encrypted, plain) = (try site.page("ssl_url"), try site.page("url"))
        return HostedService(
            id: try site.identifier("id"),
            name: try site.words("name") ?? "",
            owner: try site.optionalIdentifier("account_id") ?? "",
            branch: try build?.text("repo_branch"),
            url: encrypted ?? plain,
            deploysByItself: isStopped.map { !$0 },
            obstacles: obstacles,
            plan: try site.words("plan")
        )
    }

    package func live() async throws(ProviderFailure) -> ProviderDeploy? {
        let site = try await site()
        guard let published = try site.object("published_deploy") else { return nil }
        return try NetlifyDeploy(published).deploy(given: NetlifyPublication(site))
    }

    /// The order of Netlify's list is not documented, so more are asked for than are wanted, and put in order.
    package func deploys(limit: Int) async throws(ProviderFailure) -> [ProviderDeploy] {
        let publication = try NetlifyPublication(try await site())
        let request = ProviderRequest(
            "the deploys of the site",
            path: ["sites", id, "deploys"],
            query: [.init("production", "true")]
        )
        let count = max(limit, Self.fewestDeploys)
        let answers = try await transport.objects(request, .numbers(size: min(count, 100)), atMost: count)
        var deploys: [ProviderDeploy] = []
        for answer in answers {
            let deploy = try NetlifyDeploy(answer)
            if deploy.isProduction { deploys.append(deploy.deploy(given: publication)) }
        }
        return Array(deploys.sorted { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }.prefix(max(0, limit)))
    }

    package func deploy(_ id: String) async throws(ProviderFailure) -> ProviderDeploy {
        let request = ProviderRequest(
            "the deploy \(PlainText.line(id, atMost: 60))",
            path: ["sites", self.id, "deploys", id]
        )
        let deploy = try NetlifyDeploy(try await transport.read(request).object())
        // What the site publishes is asked after the deploy, or one that is published meanwhile would look held.
        return deploy.deploy(given: try NetlifyPublication(try await site()))
    }

    package func variables() async throws(ProviderFailure) -> [ProviderVariable] {
        let account = if let account { account } else { try await site().identifier("account_id") }
        let request = ProviderRequest(
            "the variables of the site",
            path: ["accounts", account, "env"],
            query: [.init("site_id", id)]
        )
        var variables: [ProviderVariable] = []
        for answer in try await transport.read(request).objects() {
            if let variable = try NetlifyVariable(answer)?.variable { variables.append(variable) }
        }
        return variables.sorted { $0.name < $1.name }
    }

    package func logLines(
        containing text: String,
        since time: Timestamp,
        limit: Int
    ) async throws(ProviderFailure) -> [LogLine] {
        throw .notConfigured("Netlify gives no logs over its API; look at the page of the deploy")
    }

    private func site() async throws(ProviderFailure) -> AnswerObject {
        let site = try await transport.read(ProviderRequest("the site", path: ["sites", id])).object()
        // Without an id it is no site, and what it does not have would say nothing.
        _ = try site.identifier("id")
        return site
    }
}
