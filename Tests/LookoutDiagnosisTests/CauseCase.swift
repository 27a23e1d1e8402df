import LookoutDeployments
import LookoutModel
import Testing

/// A cause, and how it shows: what a person on call would see.
struct CauseCase: Sendable, CustomTestStringConvertible {
    let cause: String
    let apply: @Sendable (inout Symptoms) -> Void

    init(_ cause: String, _ apply: @escaping @Sendable (inout Symptoms) -> Void) {
        self.cause = cause
        self.apply = apply
    }

    var testDescription: String { cause }

    static let all: [CauseCase] = ourselves + providers + deploys + services + issues + code + way

    private static let ourselves = [
        CauseCase("own-network") { symptoms in
            symptoms.isOffline = true
            for probe in ["backend-health", "frontend", "api-cors", "chat-websocket"] {
                symptoms.set(SymptomFixture.check(probe, .inconclusive("Lookout is offline"), status: nil))
            }
        }
    ]

    private static let providers = ["render", "netlify", "supabase"].map { provider in
        CauseCase("provider-incident-\(provider)") { symptoms in
            symptoms.incidents[provider] = .known(
                ProviderIncident(provider: provider, impact: .major, description: "partial outage"),
                at: symptoms.now
            )
            switch provider {
            case "render": symptoms.backendAnswers(502)
            case "netlify":
                symptoms.set(SymptomFixture.check("frontend", SymptomFixture.failed(.status), status: 503))
                symptoms.fire("frontend-down", severity: .outage)
            default: symptoms.databaseIsIll()
            }
        }
    }

    private static let deploys = [
        CauseCase("deploy-in-progress") { symptoms in
            symptoms.backend?.deploys = .known(
                [SymptomFixture.deploy("dep-3", .releasing, SymptomFixture.commit)],
                at: symptoms.now
            )
            symptoms.backend?.live = .known(
                SymptomFixture.deploy("dep-2", .live, SymptomFixture.older),
                at: symptoms.now
            )
        },
        CauseCase("backend-deploy-failed") { symptoms in
            symptoms.backend?.deploys = .known(
                [
                    SymptomFixture.deploy(
                        "dep-3",
                        .failed(reason: "pip: no such package"),
                        SymptomFixture.commit
                    )
                ],
                at: symptoms.now
            )
            symptoms.backend?.live = .known(
                SymptomFixture.deploy("dep-2", .live, SymptomFixture.older),
                at: symptoms.now
            )
            symptoms.fire("version-unexpected", severity: .minor)
        },
        CauseCase("frontend-deploy-failed") { symptoms in
            symptoms.oldFrontend(.failed(reason: "vite: not found"))
        },
        CauseCase("deploy-locked") { symptoms in
            symptoms.oldFrontend(.held(reason: "the site is locked"))
            symptoms.change(\.frontend) { $0.obstacles.append(.locked(deploy: "netlify-1")) }
        },
        CauseCase("wrong-branch") { symptoms in
            symptoms.oldFrontend(.live)
            symptoms.change(\.frontend) {
                $0.obstacles.append(.wrongBranch(configured: "develop", expected: "main"))
            }
        },
        CauseCase("build-filter") { symptoms in
            symptoms.backend?.live = .known(
                SymptomFixture.deploy("dep-2", .live, SymptomFixture.older),
                at: symptoms.now
            )
            symptoms.change(\.backend) { $0.obstacles.append(.buildFilter(patterns: ["backend/**"])) }
        },
        CauseCase("deploy-skipped") { symptoms in symptoms.oldFrontend(.skipped(reason: "[skip ci]")) },
        CauseCase("auto-deploy-off") { symptoms in
            symptoms.backend?.live = .known(
                SymptomFixture.deploy("dep-2", .live, SymptomFixture.older),
                at: symptoms.now
            )
            symptoms.change(\.backend) { $0.obstacles.append(.autoDeployOff) }
        },
    ]

    private static let services = [
        CauseCase("free-hours-used") { symptoms in
            symptoms.backendAnswers(503)
            symptoms.change(\.backend) {
                $0.obstacles.append(.suspended(by: "billing"))
                $0.plan = "free"
            }
        },
        CauseCase("service-suspended") { symptoms in
            symptoms.backendAnswers(503)
            symptoms.change(\.backend) { $0.obstacles.append(.suspended(by: "user")) }
        },
        CauseCase("no-server") { symptoms in
            symptoms.backendAnswers(404, routing: "no-server")
        },
        CauseCase("cold-start") { symptoms in
            symptoms.backendAnswers(503, routing: "hibernate-wake-error")
            symptoms.change(\.backend) { $0.plan = "free" }
        },
    ]

    private static let issues = [
        CauseCase("missing-variables") { symptoms in
            symptoms.backendAnswers(503)
            symptoms.backend?.missingVariables = .known(["APP_URL", "NODE_ENV"], at: symptoms.now)
            symptoms.backend?.logHits["no running event loop"] = .known(12, at: symptoms.now)
            symptoms.fire("frontend-emergency-mode")
        },
        CauseCase("cors-variable") { symptoms in
            symptoms.corsRefuses()
            symptoms.backend?.wrongVariables = .known(["CORS_ORIGINS"], at: symptoms.now)
        },
        CauseCase("cors-code") { symptoms in
            symptoms.corsRefuses()
            symptoms.deploy([.backend])
        },
        CauseCase("database-paused") { symptoms in
            symptoms.databaseIsIll()
            symptoms.database = .known(
                DatabaseCondition(project: "INACTIVE", isHealthy: false, isPaused: true),
                at: symptoms.now
            )
        },
        CauseCase("database-read-only") { symptoms in
            symptoms.database = .known(
                DatabaseCondition(
                    project: "ACTIVE_HEALTHY",
                    isHealthy: true,
                    isPaused: false,
                    isReadOnly: true
                ),
                at: symptoms.now
            )
        },
        CauseCase("database-unhealthy") { symptoms in
            symptoms.databaseIsIll()
            symptoms.database = .known(
                DatabaseCondition(
                    project: "ACTIVE_UNHEALTHY",
                    isHealthy: false,
                    isPaused: false,
                    unhealthyServices: ["db: UNHEALTHY"]
                ),
                at: symptoms.now
            )
        },
        CauseCase("database-access") { symptoms in
            symptoms.databaseIsIll()
            symptoms.backend?.wrongVariables = .known(["SUPABASE_KEY"], at: symptoms.now)
        },
        CauseCase("dependency-redis") { $0.serviceIs("redis", "disconnected") },
        CauseCase("dependency-openai") { $0.serviceIs("openai", "unavailable") },
        CauseCase("dependency-tts") { $0.serviceIs("tts", "down") },
    ]
}
