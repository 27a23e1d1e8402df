package import LookoutModel

/// The cloud that a demo and a scenario begin with: a month of deployments, staging two changes ahead of main.
package struct StandardCloud: Sendable {
    private let start: Timestamp
    private let addresses: [String: DemoAddresses]

    /// Everything in it lies before `start`.
    package init(start: Timestamp, addresses: [String: DemoAddresses]) {
        self.start = start
        self.addresses = addresses
    }

    package var cloud: DemoCloud {
        let history = StandardHistory(start: start)
        var github = FakeGitHub(
            account: DemoTokens.account(DemoTokens.github, scopes: ["repo"]),
            owner: "wheels",
            repository: "wins",
            history: history.history
        )
        github.pulls = history.pulls
        github.checks = history.checks
        var cloud = DemoCloud(
            netlify: FakeNetlify(account: DemoTokens.account(DemoTokens.netlify), sites: sites(history)),
            render: FakeRender(account: DemoTokens.account(DemoTokens.render), services: services(history)),
            github: github,
            supabase: FakeSupabase(account: DemoTokens.account(DemoTokens.supabase), projects: projects),
            sentry: sentry,
            places: places
        )
        for (branch, revision) in [("main", history.main), ("staging", history.staging)] {
            cloud.render.heads[branch] = revision.last
        }
        cloud.advance(to: start)
        return cloud
    }

    private func address(_ environment: String) -> DemoAddresses {
        addresses[environment] ?? DemoAddresses(frontend: "", backend: "")
    }

    private var places: [String: DemoCloud.Place] {
        Dictionary(
            uniqueKeysWithValues: StandardNames.all.map { names in
                let address = address(names.environment)
                return (
                    names.environment,
                    DemoCloud.Place(
                        branch: names.branch,
                        netlifySite: names.netlifySite,
                        renderService: names.renderService,
                        supabaseProject: names.supabaseProject,
                        frontendURL: address.frontend,
                        backendURL: address.backend
                    )
                )
            }
        )
    }

    private func sites(_ history: StandardHistory) -> [NetlifySiteState] {
        StandardNames.all.map { names in
            let address = address(names.environment)
            var site = NetlifySiteState(
                id: names.netlifySite,
                name: names.netlifyName,
                account: "wheels-and-wins",
                url: address.frontend,
                branch: names.branch
            )
            site.variables = [
                NetlifyVariable(
                    "VITE_BACKEND_URL",
                    address.backend,
                    context: "production",
                    scopes: ["builds"]
                ),
                NetlifyVariable("VITE_USE_AI_SDK_PAM", "true", scopes: ["builds"]),
                NetlifyVariable("SENTRY_AUTH_TOKEN", "sntrys_demo", scopes: ["builds"], isSecret: true),
            ]
            for (index, revision) in history.deployed(on: names.branch).enumerated() {
                site.addPublished(revision, at: revision.at + .seconds(150), isHistorical: index == 0)
            }
            if names.environment == "production", let newest = history.main.last {
                // Got ready while publishing was stopped: newer than the last good one, and never live.
                site.addUnpublished(history.neverPublished, at: newest.at - .seconds(3600))
            }
            return site
        }
    }

    private func services(_ history: StandardHistory) -> [RenderServiceState] {
        StandardNames.all.map { names in
            let address = address(names.environment)
            var service = RenderServiceState(
                id: names.renderService,
                name: names.renderName,
                owner: "tea-d1wheelsandwins0",
                url: address.backend,
                branch: names.branch
            )
            service.buildPaths = ["backend/**"]
            service.ignoredPaths = ["backend/tests/**"]
            service.variables = variables(names.environment, address)
            service.groupVariables = ["REDIS_URL": "redis://red-demo:6379"]
            for (index, revision) in history.deployed(on: names.branch).enumerated() {
                // Render keeps builds for some time only.
                service.addLive(revision, at: revision.at + .seconds(220), hasArtifact: index > 0)
            }
            return service
        }
    }

    private func variables(_ environment: String, _ address: DemoAddresses) -> [(key: String, value: String)]
    {
        let origins = [
            self.address("production").frontend, "https://wheels-wins-landing-page.netlify.app",
            self.address("staging").frontend,
        ]
        return [
            ("APP_URL", address.backend), ("DEBUG", environment == "production" ? "false" : "true"),
            ("NODE_ENV", environment), ("ENVIRONMENT", environment), ("VITE_USE_AI_SDK_PAM", "true"),
            ("CORS_ORIGINS", origins.joined(separator: ",")),
            ("SUPABASE_URL", "https://\(environment).supabase.example"),
            ("SUPABASE_SERVICE_KEY", "service-key-\(environment)"), ("OPENAI_API_KEY", "sk-demo"),
        ]
    }

    private var projects: [SupabaseProjectState] {
        StandardNames.all.map { names in
            var project = SupabaseProjectState(reference: names.supabaseProject, name: names.environment)
            project.backups = (0..<7).map { .init(id: 9 - $0, at: start - .seconds(3600 * (10 + 24 * $0))) }
            project.migrations = [.init("20250701090000", "profiles"), .init("20250712103000", "trips")]
            return project
        }
    }

    private var sentry: FakeSentry {
        let scopes: Set<String> = ["event:read", "org:read", "project:read", "project:releases"]
        var sentry = FakeSentry(
            account: DemoTokens.account(DemoTokens.sentry, scopes: scopes),
            organization: "wheels-and-wins"
        )
        sentry.issues = [
            SentryIssue(
                id: "5388",
                shortID: "WINS-12B",
                title: "TypeError: Cannot read properties of undefined (reading 'map')",
                culprit: "TripList.render",
                project: "web",
                environment: "production",
                firstRelease: "web@2.0.1",
                resolvedAt: start - .seconds(86_400 * 12),
                stretches: [
                    .init(
                        from: start - .seconds(86_400 * 25),
                        until: start - .seconds(86_400 * 20),
                        perMinute: 0.01
                    )
                ]
            )
        ]
        return sentry
    }
}

/// Where the frontend and the backend of an environment are, without a slash at the end.
package struct DemoAddresses: Hashable, Sendable {
    package let frontend: String
    package let backend: String

    package init(frontend: String, backend: String) {
        self.frontend = frontend
        self.backend = backend
    }
}

/// The ids that the environments have at their providers.
package struct StandardNames: Hashable, Sendable {
    package let environment: String
    package let branch: String
    package let netlifySite: String
    package let netlifyName: String
    package let renderService: String
    package let renderName: String
    package let supabaseProject: String

    package static let production = StandardNames(
        environment: "production",
        branch: "main",
        netlifySite: "3970e0fe-8564-4903-9a55-c5f8de49fb8b",
        netlifyName: "wheels-wins",
        renderService: "srv-cvx1d2ieq3ndiees73a1",
        renderName: "pam-backend",
        supabaseProject: "wheelswinsproduction"
    )
    package static let staging = StandardNames(
        environment: "staging",
        branch: "staging",
        netlifySite: "a71c03be-1d47-4c39-8b0e-2f6f1d0c9e55",
        netlifyName: "wheels-wins-staging",
        renderService: "srv-cw09staging0backend0",
        renderName: "wheels-wins-backend-staging",
        supabaseProject: "wheelsandwinsstaging"
    )
    package static let all = [production, staging]
}
