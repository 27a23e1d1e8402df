import LookoutDeployments
import LookoutModel

/// Symptoms of an environment in which all is well, for tests that change one thing.
enum SymptomFixture {
    static let now = Timestamp(seconds: 1_755_694_148)
    static let commit = commit("9")
    static let older = commit("a")

    static func commit(_ digit: Character) -> CommitID {
        guard let commit = CommitID(String(repeating: digit, count: 40)) else { fatalError("no commit") }
        return commit
    }

    /// Everything is asked and fine, nothing was deployed lately, and there are real values.
    static var healthy: Symptoms {
        Symptoms(
            now: now,
            environment: "production",
            checks: [
                check("backend-health", json: services()), check("api-cors", facts: ["refused": []]),
                check("chat-websocket", facts: ["opened": true]),
                check("frontend", facts: ["foreign_hosts_found": []]),
            ],
            frontend: side("netlify"),
            backend: side("render"),
            database: .known(
                DatabaseCondition(
                    project: "ACTIVE_HEALTHY",
                    isHealthy: true,
                    isPaused: false,
                    isReadOnly: false
                ),
                at: now
            ),
            incidents: Dictionary(
                uniqueKeysWithValues: ["render", "netlify", "supabase", "github"].map {
                    (
                        $0,
                        .known(
                            ProviderIncident(provider: $0, impact: .none, description: "all is well"),
                            at: now
                        )
                    )
                }
            ),
            expectedCommit: commit,
            values: values
        )
    }

    static let values = [
        "backend.url": "https://pam-backend.onrender.com", "render.api": "https://api.render.com/v1",
        "render.service": "srv-1", "netlify.api": "https://api.netlify.com/api/v1", "netlify.site": "site-1",
        "supabase.project": "abcdefghijklmnopqrst", "git.main": "main", "cors.variable": "CORS_ORIGINS",
        "cors.origins": "https://wheelsandwins.com", "variable.APP_URL": "https://pam-backend.onrender.com",
    ]

    static func services(_ changes: [String: String] = [:]) -> JSONValue {
        var services = [
            "database": "connected", "redis": "connected", "openai": "available", "tts": "operational",
        ]
        services.merge(changes) { _, new in new }
        return ["status": "healthy", "services": .object(services.mapValues { .string($0) })]
    }

    static func check(
        _ probe: String,
        _ outcome: Outcome = .ok,
        status: Int? = 200,
        json: JSONValue? = nil,
        headers: [HeaderField] = [],
        facts: [String: JSONValue] = [:]
    ) -> Symptoms.CheckState {
        Symptoms.CheckState(
            check: CheckID(environment: "production", probe: probe),
            probe: probe,
            outcome: outcome,
            statusCode: status,
            observation: Observation(headers: headers, json: json, facts: facts),
            at: now - .seconds(10)
        )
    }

    static func failed(_ kind: FailureClass, _ message: String = "failed") -> Outcome {
        .failed(Failure(kind, message))
    }

    static func side(_ provider: String) -> Symptoms.Side {
        let live = deploy("\(provider)-2", .live, commit)
        return Symptoms.Side(
            service: .known(
                HostedService(id: provider, name: provider, branch: "main", plan: "starter"),
                at: now
            ),
            live: .known(live, at: now),
            deploys: .known([live, deploy("\(provider)-1", .superseded, older)], at: now),
            logHits: ["no running event loop": .known(0, at: now)],
            missingVariables: .known([], at: now),
            wrongVariables: .known([], at: now)
        )
    }

    static func deploy(_ id: String, _ state: ProviderDeploy.State, _ commit: CommitID?) -> ProviderDeploy {
        ProviderDeploy(
            id: id,
            part: .backend,
            state: state,
            commit: commit,
            branch: "main",
            createdAt: now - .seconds(600),
            liveAt: state == .live ? now - .seconds(500) : nil
        )
    }

    static func alert(
        _ rule: String,
        _ severity: Severity = .major,
        since age: Duration = .seconds(120)
    ) -> WatchedAlert {
        WatchedAlert(
            rule: rule,
            labels: ["environment": "production"],
            severity: severity,
            summary: rule,
            isFiring: true,
            since: now - age
        )
    }
}

extension Symptoms {
    /// The same with the newest run of a probe in the place of its run.
    mutating func set(_ state: CheckState) {
        checks.removeAll { $0.probe == state.probe }
        checks.append(state)
    }

    mutating func fire(_ rules: String..., severity: Severity = .major, since age: Duration = .seconds(120)) {
        alerts += rules.map { SymptomFixture.alert($0, severity, since: age) }
    }

    mutating func deploy(_ parts: Set<EnvironmentPart>) {
        deployedAt = now - .seconds(300)
        deployedParts = parts
    }
}
