package import LookoutDeployments
package import LookoutModel

extension ProviderAccount {
    /// Render in the name of whose key it is; 400 reads a minute are granted.
    package static func render(
        token: Secret?,
        tokenName: String = "RENDER_KEY",
        base: String = "https://api.render.com/v1"
    ) -> ProviderAccount {
        ProviderAccount(name: "Render", base: versioned(base, "/v1"), token: token, tokenName: tokenName)
    }
}

/// A service at Render: its deploys, its own variables, its logs.
package struct RenderService: HostingProvider {
    let transport: ProviderTransport
    /// Render's id, such as `srv-…`.
    let id: String

    package init(id: String, through transport: ProviderTransport) {
        self.id = id
        self.transport = transport
    }

    package var name: String { "render" }

    /// A key of Render has no scopes: it may do what its owner may.
    package func access() async throws(ProviderFailure) -> ProviderAccess {
        ProviderAccess(identity: try await service().owner)
    }

    package func service() async throws(ProviderFailure) -> HostedService {
        try Self.service(try await answer())
    }

    package func live() async throws(ProviderFailure) -> ProviderDeploy? {
        try await deploys([.init("status", "live")], limit: 20).first { $0.state == .live }
    }

    package func deploys(limit: Int) async throws(ProviderFailure) -> [ProviderDeploy] {
        try await deploys([], limit: limit)
    }

    package func deploy(_ id: String) async throws(ProviderFailure) -> ProviderDeploy {
        let request = ProviderRequest(
            "the deploy \(PlainText.line(id, atMost: 60))",
            path: ["services", self.id, "deploys", id]
        )
        let service = try await answer()
        let deploys = await explained([try RenderDeploy(try await transport.read(request).object())])
        return deploys[0].deploy(of: try Self.service(service), page: try service.page("dashboardUrl"))
    }

    /// Those that are set on the service itself; a linked environment group has more, which Render does not
    /// list here.
    package func variables() async throws(ProviderFailure) -> [ProviderVariable] {
        let request = ProviderRequest("the variables of the service", path: ["services", id, "env-vars"])
        var variables: [ProviderVariable] = []
        for answer in try await transport.objects(request, .cursors(size: 100)) {
            let variable = try answer.required(try answer.object("envVar"), "envVar")
            let key = try variable.required(try variable.text("key"), "key")
            variables.append(ProviderVariable(key, value: try variable.text("value").map { Secret($0) }))
        }
        return variables.sorted { $0.name < $1.name }
    }

    private func deploys(
        _ query: [ProviderRequest.Parameter],
        limit: Int
    ) async throws(ProviderFailure) -> [ProviderDeploy] {
        let request = ProviderRequest(
            "the deploys of the service",
            path: ["services", id, "deploys"],
            query: query
        )
        let size = min(max(limit, 1), 100)
        var deploys: [RenderDeploy] = []
        for answer in try await transport.objects(request, .cursors(size: size), atMost: limit) {
            deploys.append(try RenderDeploy(try answer.required(try answer.object("deploy"), "deploy")))
        }
        let answer = try await answer()
        let (service, page) = (try Self.service(answer), try answer.page("dashboardUrl"))
        return await explained(deploys)
            .map { $0.deploy(of: service, page: page) }
            .sorted { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }
    }

    private func answer() async throws(ProviderFailure) -> AnswerObject {
        try await transport.read(ProviderRequest("the service", path: ["services", id])).object()
    }

    private static func service(_ answer: AnswerObject) throws(ProviderFailure) -> HostedService {
        let details = try answer.object("serviceDetails")
        let filter = try answer.object("buildFilter")
        let (mode, trigger) = (try answer.text("autoDeploy"), try answer.text("autoDeployTrigger"))
        let isOff = trigger == "off" || mode == "no"
        var obstacles: [Obstacle] = []
        if try answer.text("suspended") == "suspended" {
            let suspenders = try answer.texts("suspenders").joined(separator: ", ")
            obstacles.append(.suspended(by: PlainText.line(suspenders, atMost: 120)))
        }
        if isOff { obstacles.append(.autoDeployOff) }
        return HostedService(
            id: try answer.identifier("id"),
            name: try answer.words("name") ?? "",
            owner: try answer.optionalIdentifier("ownerId") ?? "",
            branch: try answer.text("branch"),
            url: try details?.page("url"),
            deploysByItself: mode == nil && trigger == nil ? nil : !isOff,
            obstacles: obstacles,
            buildPaths: try filter?.texts("paths") ?? [],
            ignoredPaths: try filter?.texts("ignoredPaths") ?? [],
            plan: try details?.words("plan"),
            rootFolder: try answer.words("rootDir")
        )
    }
}
