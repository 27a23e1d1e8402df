import LookoutModel
import LookoutStatistics

@testable import LookoutDeployments

/// Facts by which everything is met; a test changes what it is about.
struct GateStory {
    static let now = Timestamp(rfc3339: "2026-11-23T12:00:00Z") ?? .epoch
    static let main = commit("a")
    static let candidate = commit("b")
    static let backup = "backup/main-before-sync-20261123-115500"
    static let origins = [
        "https://wheelsandwins.com", "https://wheels-wins-landing-page.netlify.app",
        "https://wheels-wins-staging.netlify.app",
    ]

    static func commit(_ digit: Character) -> CommitID {
        guard let id = CommitID(String(repeating: digit, count: 40)) else { fatalError("no digit: \(digit)") }
        return id
    }

    static func known<Value>(_ value: Value) -> Known<Value> { .known(value, at: now) }

    static func unknown<Value>() -> Known<Value> { .unknown(.unreachable("the provider does not answer")) }

    var facts: GateFacts

    init() {
        var settings = DeploymentSettings(production: Self.environment("production", branch: "main"))
        settings.staging = Self.environment("staging", branch: "staging")
        var repository = DeploymentSettings.Repository(place: .remote("https://git.example/o/r.git"))
        repository.migrations = "supabase/migrations"
        settings.repository = repository
        settings.parity.equal = ["VITE_USE_AI_SDK_PAM"]
        settings.parity.different = ["APP_URL", "NODE_ENV"]
        settings.gate.checklist = [
            .init(id: "pam-chat", title: "The chat works"),
            .init(id: "user-reports", title: "No user reports are open", inEmergency: true),
        ]
        let ticks = settings.gate.checklist.map { GateTick(item: $0.id, by: "Ann", at: Self.now) }
        let intent = DeploymentIntent(environment: "production", trigger: "backend-fixes", author: "Ann")
        facts = GateFacts(
            now: Self.now,
            settings: settings,
            request: GateRequest(intent, ticks: ticks),
            production: Self.surroundings("production", commit: Self.main),
            staging: Self.surroundings("staging", commit: Self.candidate),
            code: Self.code,
            rollback: Self.known(
                RollbackPlan(
                    suggestion: "go back by git",
                    options: [.init(.gitBackup, title: "reset", target: Self.main.text, steps: [])],
                    suggestedCount: 1
                )
            ),
            rehearsal: Self.known(true)
        )
        facts.access = ["github", "netlify", "render", "supabase", "sentry"].map {
            GateFacts.Access(provider: $0, environment: "production", result: Self.known(ProviderAccess()))
        }
        for provider in ["github", "netlify", "render", "supabase"] {
            facts.incidents[provider] = Self.known(
                ProviderIncident(provider: provider, impact: .none, description: "All well")
            )
        }
        facts.openDeployments = Self.known([])
    }

    var report: GateReport { GateJudge(facts).report() }

    func finding(_ criterion: String) -> GateReport.Finding? {
        report.findings.first { $0.criterion == criterion }
    }

    static func variables(_ environment: String) -> [String: String] {
        let isProduction = environment == "production"
        return [
            "APP_URL": isProduction
                ? "https://pam-backend.onrender.com" : "https://wheels-wins-backend-staging.onrender.com",
            "DEBUG": isProduction ? "false" : "true",
            "NODE_ENV": environment,
            "ENVIRONMENT": environment,
            "VITE_USE_AI_SDK_PAM": "true",
        ]
    }

    private static func environment(_ name: String, branch: String) -> DeploymentSettings.Environment {
        var environment = DeploymentSettings.Environment(name: name, branch: branch)
        environment.frontendURL = "https://\(name).example"
        environment.backendURL = "https://api.\(name).example"
        environment.variables = variables(name).mapValues { $0 }
        environment.origins = origins
        return environment
    }

    private static var code: GateFacts.Code {
        var code = GateFacts.Code(unknown: .notConfigured("not asked"))
        code.main = known(main)
        code.candidate = known(candidate)
        code.commits = known([
            Commit(candidate, parents: [main], subject: "feat: a thing", author: "Ann", at: now)
        ])
        code.onlyOnMain = known([])
        code.changedFiles = known(["backend/app.py", "src/main.ts"])
        code.backups = known([backup: main])
        code.migrations = known([
            "supabase/migrations/20261101000000_one.sql", "supabase/migrations/README.md",
        ])
        code.reviews = known([
            ChangeReview(
                commit: candidate,
                pullRequest: 7,
                title: "feat: a thing",
                state: .approved(by: ["Ben"])
            )
        ])
        code.checks = known(CommitChecks(passed: ["build"]))
        return code
    }

    static func surroundings(_ name: String, commit: CommitID) -> GateFacts.Surroundings {
        let checks = [
            ("backend-health", "http"), ("api-cors", "cors"), ("chat", "websocket"), ("frontend", "page"),
        ]
        .map { check(name, $0.0, type: $0.1) }
        let histories = checks.map { ($0.check.id, runs(of: $0.check)) }
        var surroundings = GateFacts.Surroundings(
            checks: known(checks),
            runs: known(Dictionary(uniqueKeysWithValues: histories)),
            alerts: known([])
        )
        surroundings.sides[.frontend] = side(name, .frontend, commit)
        surroundings.sides[.backend] = side(name, .backend, commit)
        surroundings.database = GateFacts.Database(
            condition: known(DatabaseCondition(project: "ACTIVE_HEALTHY", isHealthy: true, isPaused: false)),
            backups: known([
                DatabaseBackup(at: now - .seconds(9 * 3600), isComplete: true, status: "COMPLETED")
            ]),
            migrations: known(["20261101000000"])
        )
        return surroundings
    }

    private static func check(_ environment: String, _ probe: String, type: String) -> ObservedCheck {
        let check = Check(
            id: CheckID(environment: environment, probe: probe),
            type: type,
            interval: .seconds(60),
            timeout: .seconds(10)
        )
        var observation = Observation()
        if type == "http" { observation.json = health(at: now - .seconds(20)) }
        if type == "page" { observation.facts = ["markers_found": [], "foreign_hosts_found": []] }
        let sample = Sample(
            check: check.id,
            startedAt: now - .seconds(20),
            outcome: .ok,
            version: "2.0.3",
            observation: observation
        )
        return ObservedCheck(check, newest: sample)
    }

    static func health(at time: Timestamp) -> JSONValue {
        [
            "status": "healthy", "timestamp": .string(time.rfc3339), "version": "2.0.3",
            "services": [
                "database": "connected", "redis": "connected", "openai": "available", "tts": "operational",
            ],
        ]
    }

    /// A run a minute, all well, the last one just now.
    static func runs(of check: Check) -> [CheckSample] {
        (0..<30).map { minute in
            CheckSample(time: now.inSeconds - 20 - 60 * Double(minute), isOK: true, seconds: 0.4)
        }
    }

    private static func side(_ name: String, _ part: EnvironmentPart, _ commit: CommitID) -> GateFacts.Side {
        var deploy = ProviderDeploy(
            id: "dep-\(name)",
            part: part,
            state: .live,
            createdAt: now - .seconds(7200)
        )
        deploy.commit = commit
        deploy.liveAt = now - .seconds(7000)
        let url = part == .frontend ? "https://\(name).example" : "https://api.\(name).example/"
        let variables =
            variables(name).merging(["CORS_ORIGINS": origins.joined(separator: ",")]) { one, _ in one }
        return GateFacts.Side(
            service: known(
                HostedService(
                    id: "srv-\(name)",
                    name: "\(name)-\(part.rawValue)",
                    branch: name == "production" ? "main" : "staging",
                    url: url,
                    deploysByItself: true
                )
            ),
            live: known(deploy),
            deploys: known([deploy]),
            variables: known(variables.map { ProviderVariable($0.key, value: Secret($0.value)) })
        )
    }
}
