import LookoutDeployments
import LookoutModel

extension CauseCase {
    static let code = [
        CauseCase("migration-incompatible") { symptoms in
            symptoms.databaseIsIll()
            symptoms.deploy([.backend])
            symptoms.migrations = ["20250820_drop_column"]
            symptoms.backend?.logHits["UndefinedColumn"] = .known(9, at: symptoms.now)
            symptoms.backend?.logHits["UndefinedTable"] = .known(0, at: symptoms.now)
            symptoms.backend?.logHits["does not exist"] = .known(9, at: symptoms.now)
        },
        CauseCase("staging-host-in-bundle") { symptoms in
            symptoms.fire("frontend-foreign-host")
            symptoms.deploy([.frontend])
        },
        CauseCase("missing-vite-flag") { symptoms in
            symptoms.fire("frontend-demo-mode")
            symptoms.deploy([.frontend])
            symptoms.frontend?.missingVariables = .known(["VITE_USE_AI_SDK_PAM"], at: symptoms.now)
        },
        CauseCase("variables-changed") { symptoms in
            symptoms.backendAnswers(500)
            symptoms.deploy([])
            symptoms.backend?.changedVariables = ["APP_URL"]
        },
        CauseCase("variables-not-in-effect") { symptoms in
            symptoms.backend?.changedVariables = ["APP_URL"]
        },
        CauseCase("hotfix-overwritten") { symptoms in
            symptoms.fire("version-went-back", severity: .minor)
            symptoms.lostCommits = .known(
                [
                    Commit(
                        SymptomFixture.commit("b"),
                        parents: [],
                        subject: "fix: login",
                        author: "ann",
                        at: symptoms.now
                    )
                ],
                at: symptoms.now
            )
        },
        CauseCase("bad-backend") { symptoms in
            symptoms.backendAnswers(500)
            symptoms.deploy([.backend])
        },
        CauseCase("bad-frontend") { symptoms in
            symptoms.set(
                SymptomFixture.check("frontend", SymptomFixture.failed(.condition, "a script is broken"))
            )
            symptoms.fire("frontend-broken-asset")
            symptoms.deploy([.frontend])
        },
        CauseCase("bad-code") { symptoms in
            symptoms.backendAnswers(500)
            symptoms.set(
                SymptomFixture.check("frontend", SymptomFixture.failed(.condition, "a script is broken"))
            )
            symptoms.fire("frontend-broken-asset")
            symptoms.deploy([.frontend, .backend])
        },
    ]

    static let way = [
        CauseCase("certificate") { symptoms in
            symptoms.set(
                SymptomFixture.check(
                    "backend-health",
                    SymptomFixture.failed(.tls, "certificate has expired"),
                    status: nil
                )
            )
            symptoms.fire("certificate-untrusted", severity: .outage)
        },
        CauseCase("dns") { symptoms in
            symptoms.set(
                SymptomFixture.check(
                    "backend-health",
                    SymptomFixture.failed(.dns, "no such name"),
                    status: nil
                )
            )
            symptoms.fire("backend-down", severity: .outage)
        },
        CauseCase("websocket-guarded") { $0.chatCloses(4001) },
        CauseCase("websocket-blocked") { $0.chatCloses(4003) },
        CauseCase("websocket-route") { symptoms in
            symptoms.set(
                SymptomFixture.check(
                    "chat-websocket",
                    SymptomFixture.failed(.status, "403"),
                    status: 403,
                    facts: [:]
                )
            )
            symptoms.fire("chat-refused")
        },
        CauseCase("stale-cdn") { symptoms in
            symptoms.fire("version-unexpected", severity: .minor)
            symptoms.set(SymptomFixture.check("frontend", headers: [HeaderField("Age", "90000")]))
            symptoms.frontend?.live = .known(
                ProviderDeploy(
                    id: "netlify-2",
                    part: .frontend,
                    state: .live,
                    commit: SymptomFixture.commit,
                    createdAt: symptoms.now - .seconds(3600)
                ),
                at: symptoms.now
            )
        },
    ]
}

extension Symptoms {
    mutating func backendAnswers(_ status: Int, routing: String? = nil) {
        let headers = routing.map { [HeaderField("X-Render-Routing", $0)] } ?? []
        set(
            SymptomFixture.check(
                "backend-health",
                SymptomFixture.failed(.status),
                status: status,
                headers: headers
            )
        )
        fire(status == 404 ? "backend-unexpected" : "backend-unavailable", severity: .outage)
    }

    mutating func corsRefuses() {
        set(
            SymptomFixture.check(
                "api-cors",
                SymptomFixture.failed(.condition, "refused"),
                facts: ["refused": ["https://wheelsandwins.com"]]
            )
        )
        fire("cors-origin-refused")
    }

    mutating func databaseIsIll() { serviceIs("database", "unhealthy") }

    mutating func serviceIs(_ service: String, _ word: String) {
        let failure = SymptomFixture.failed(.condition, "\(service) is \(word)")
        set(SymptomFixture.check("backend-health", failure, json: SymptomFixture.services([service: word])))
        fire("\(service)-unhealthy")
    }

    mutating func chatCloses(_ code: Int64) {
        let failure = SymptomFixture.failed(.closed, "closed with \(code)")
        let facts: [String: JSONValue] = ["close_code": .int(code), "close_reason": "no"]
        set(SymptomFixture.check("chat-websocket", failure, status: 101, facts: facts))
        fire("chat-closed")
    }

    /// The frontend still has the version before, and this is what became of its newest deploy.
    mutating func oldFrontend(_ state: ProviderDeploy.State) {
        let newest = SymptomFixture.deploy("netlify-3", state, SymptomFixture.commit)
        let time = now
        frontend?.deploys = .known([newest], at: time)
        frontend?.live = .known(SymptomFixture.deploy("netlify-1", .live, SymptomFixture.older), at: time)
        fire("version-unexpected", severity: .minor)
    }

    mutating func change(_ side: WritableKeyPath<Symptoms, Side?>, _ change: (inout HostedService) -> Void) {
        guard var service = self[keyPath: side]?.service.value else { return }
        change(&service)
        let time = now
        self[keyPath: side]?.service = .known(service, at: time)
    }
}
