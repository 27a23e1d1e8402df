import LookoutConfiguration
import LookoutDeployments
import LookoutModel
import LookoutTestSupport
import Testing

@Suite struct `The section on deployments` {
    let fixture: LoaderFixture

    init() throws {
        fixture = try LoaderFixture()
    }

    private func load(_ section: String) throws -> (settings: DeploymentSettings?, messages: [String]) {
        let (configuration, messages) = try fixture.load(
            text: """
                environments: {production: {}, staging: {}, other: {}}
                probes: [{name: backend-health, echo: {}}]
                deployments:
                \(section)
                """
        )
        return (configuration?.deployments, messages)
    }

    @Test func `a file without it knows of no deployments`() throws {
        let (configuration, messages) = try fixture.load(
            text: "environments: {e: {}}\nprobes: [{name: p, echo: {}}]"
        )
        #expect(messages == [])
        #expect(configuration != nil)
        #expect(configuration?.deployments == nil)
    }

    @Test func `little is enough, and the rest is as the workflow has it`() throws {
        let (settings, messages) = try load("  {production: {}, staging: {}, repository: {path: repo}}")
        #expect(messages == [])
        let found = try #require(settings)
        #expect(found.production.name == "production")
        #expect(found.production.branch == "main")
        #expect(found.staging?.name == "staging")
        #expect(found.staging?.branch == "staging")
        #expect(found.repository?.place == .folder(fixture.directory.file("repo")))
        #expect(found.repository?.backupPrefix == "backup/main-before-sync-")
        #expect(found.gate == DeploymentSettings.Gate())
        #expect(found.watch == DeploymentSettings.Watch())
        #expect(!found.isReadOnly)
    }

    @Test func `everything that it can say is read`() throws {
        var fixture = fixture
        fixture.environment = ["TOKEN": "t"]
        let (configuration, messages) = try fixture.load(text: Self.complete)
        #expect(messages == [])
        let found = try #require(configuration?.deployments)
        let variables: [String: String?] = ["DEBUG": "false", "PORT": "010", "JWT_SECRET": nil]
        #expect(found.production.variables == variables)
        #expect(found.production.frontendVariables == ["VITE_X": "1"])
        #expect(found.production.netlify?.site == "3970e0fe")
        #expect(found.production.netlify?.token?.reveal() == "t")
        #expect(found.production.render?.service == "srv-cvx1")
        #expect(found.production.render?.url == "http://127.0.0.1:9000/v1")
        #expect(found.production.supabase?.projectURL == "https://abc.supabase.co")
        #expect(found.production.sentry?.projects == ["web", "2"])
        #expect(found.production.variableFile == fixture.directory.file("prod.env"))
        #expect(found.production.origins == ["https://a.example", "https://b.example/"])
        #expect(found.production.originsVariable == "ALLOWED")
        #expect(found.staging?.name == "other")
        #expect(found.repository?.main == "trunk")
        #expect(found.repository?.staging == "next")
        #expect(found.repository?.place == .remote("git@github.com:o/r.git"))
        #expect(found.github?.owner == "o")
        #expect(found.github?.repository == "r.x")
        #expect(found.parity.different == ["APP_URL"])
        #expect(found.gate.services == ["database": ["connected", "ok"]])
        #expect(found.gate.checklist == [.init(id: "chat", title: "The chat works", inEmergency: true)])
        #expect(found.gate.coverage == 0.75)
        #expect(found.gate.healthProbe == "backend-health")
        #expect(found.watch.duration == .seconds(5400))
        #expect(found.watch.longest == .seconds(5400))
        #expect(found.watch.alpha == 0.05)
        #expect(found.statusPages == ["render": "https://status.render.com"])
        #expect(found.isReadOnly)
        #expect(found.recordFolder == "/srv/records")
    }

    private static let complete = """
        environments: {production: {}, other: {}}
        probes: [{name: backend-health, echo: {}}]
        deployments:
          production:
            branch: trunk
            frontend: https://a.example/
            backend: https://b.example
            netlify: {site: 3970e0fe, account: acc, token: {env: TOKEN}}
            render: {service: srv-cvx1, token: {env: TOKEN}, url: "http://127.0.0.1:9000/v1/"}
            supabase: {project: abc, token: {env: TOKEN}, project_url: https://abc.supabase.co, anonymous_key: {env: TOKEN}}
            sentry: {organization: acme, projects: [web, "2"], environment: production, token: {env: TOKEN}}
            variables: {DEBUG: false, PORT: 010, JWT_SECRET: }
            frontend_variables: {VITE_X: 1}
            variable_file: prod.env
            cors_origins: [https://a.example, https://b.example/]
            cors_variable: ALLOWED
          staging: {environment: other, branch: next}
          repository:
            url: git@github.com:o/r.git
            backup_prefix: backups/
            hotfix_prefix: fix/
            migrations: db/migrations
            token: {env: TOKEN}
          github: {repository: o/r.x, token: {env: TOKEN}}
          parity: {equal: [A], different: [APP_URL], ignored: [B]}
          gate:
            window: 1h
            coverage: 0.75
            backup_age: 2d
            health_probe: backend-health
            services: {database: [connected, ok]}
            markers: [demo]
            checklist: [{id: chat, title: The chat works, emergency: true}]
            require_reviews: false
            required_checks: [build]
            timeout: 5s
          watch:
            duration: 90m
            extend: 10m
            baseline: 12h
            reminder: 2h
            patience: 30m
            switch_outage: 2m
            page_limit: 2500ms
            alpha: 0.05
          status_pages: {render: https://status.render.com/}
          read_only: true
          records: /srv/records
        """

    @Test(arguments: DeploymentMistake.all)
    func `a mistake has its place, its words and its remedy`(mistake: DeploymentMistake) throws {
        let (settings, messages) = try load(mistake.section)
        #expect(settings == nil)
        #expect(messages == mistake.messages.map { "lookout.yaml:\($0)" })
    }

    @Test func `one mistake hides no other`() throws {
        let (_, messages) = try load(
            """
              production: {enviroment: x, branch: -x, netlify: {}, variables: {1A: x}}
              staging: {environment: stagin, cors_origins: [a/b]}
              repository: {}
              gate: {window: 1m, checklist: [{id: A}]}
            """
        )
        let places = messages.map { $0.split(separator: " ")[0] }
        #expect(
            places == [
                "lookout.yaml:4:16:", "lookout.yaml:4:39:", "lookout.yaml:4:52:", "lookout.yaml:4:68:",
                "lookout.yaml:5:49:", "lookout.yaml:6:15:", "lookout.yaml:7:18:", "lookout.yaml:7:34:",
                "lookout.yaml:7:39:",
            ]
        )
    }

    @Test func `a token is in no message, nor a password of an address`() throws {
        let (_, messages) = try load(
            """
              production:
                frontend: https://ann:s3cret@a.example
                netlify: {site: "s p", token: s3cret}
              repository: {url: "https://ann:s3cret@github.com/o/r.git"}
            """
        )
        #expect(messages.count == 3)
        #expect(!messages.joined().contains("s3cret"))
    }
}
