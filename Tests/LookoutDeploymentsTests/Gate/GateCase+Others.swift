import LookoutModel

@testable import LookoutDeployments

extension GateCase {
    static let answers = [
        GateCase("degraded", .stagingServices, .noGo, "says \"degraded\"") { story in
            story.changeHealth { $0["status"] = "degraded" }
        },
        GateCase("redis is down", .stagingServices, .noGo, "redis is \"down\", not connected") { story in
            story.changeHealth { $0["services"] = services(["redis": "down"]) }
        },
        GateCase("no services", .stagingServices, .unknown, "cannot be confirmed") { story in
            story.changeHealth { $0["services"] = nil }
        },
        GateCase("a service is not told of", .stagingServices, .unknown, "does not say how tts is") { story in
            story.changeHealth { $0["services"] = services(["tts": .null]) }
        },
        GateCase("services as objects", .stagingServices, .go, "tts is operational") { story in
            story.changeHealth { $0["services"] = services(["tts": ["status": "operational", "ms": 3]]) }
        },
        GateCase("fields more and less", .stagingServices, .go, "healthy") { story in
            story.changeHealth { members in
                (members["timestamp"], members["version"], members["region"]) = (nil, nil, "eu")
            }
        },
        GateCase("no answer since the start", .stagingServices, .unknown, "no check has got") { story in
            story.changeCheck("backend-health") { $0.newest?.observation = nil }
        },
        GateCase("an answer of long ago", .stagingServices, .unknown, "answered last") { story in
            story.changeCheck("backend-health") { $0.newest?.startedAt = GateStory.now - .seconds(900) }
        },
        GateCase("emergency mode in the answer", .stagingMarkers, .noGo, "has \"emergency mode\"") { story in
            story.changeHealth { $0["note"] = "running in EMERGENCY MODE" }
        },
        GateCase("demo mode on the page", .stagingMarkers, .noGo, "has \"demo mode\" in its page") { story in
            story.changeCheck("frontend") { $0.newest?.observation?.facts["markers_found"] = ["demo mode"] }
        },
        GateCase("a host of production", .stagingMarkers, .noGo, "pam-backend.onrender.com") { story in
            story.changeCheck("frontend") {
                $0.newest?.observation?.facts["foreign_hosts_found"] = ["pam-backend.onrender.com"]
            }
        },
        GateCase("a page that was not looked through", .stagingMarkers, .unknown, "no page") { story in
            story.changeCheck("frontend") { $0.newest?.observation = nil }
        },
        GateCase("a frozen time", .healthTimestamps, .noGo, "2026-11-23T11:00:00Z when it was") { story in
            story.changeHealth { $0["timestamp"] = "2026-11-23T11:00:00Z" }
        },
        GateCase("production's is frozen", .healthTimestamps, .noGo, "production/backend-health") { story in
            story.changeCheck("backend-health", in: "production") {
                $0.newest?.observation?.json = GateStory.health(at: GateStory.now - .seconds(4000))
            }
        },
        GateCase("a naive time with microseconds", .healthTimestamps, .go) { story in
            story.changeHealth { $0["timestamp"] = "2026-11-23T11:59:39.123456" }
        },
        GateCase("no time", .healthTimestamps, .unknown, "which is no time") { story in
            story.changeHealth { $0["timestamp"] = "yesterday" }
        },
        GateCase("no times at all", .healthTimestamps, .skipped, "no health answer has a time") { story in
            for environment in ["staging", "production"] {
                story.changeCheck("backend-health", in: environment) {
                    $0.newest?.observation?.json = ["status": "healthy"]
                }
            }
        },
    ]

    private static func services(_ change: [String: JSONValue]) -> JSONValue {
        guard case .object(let members)? = GateStory.health(at: GateStory.now)["services"] else {
            return .null
        }
        return .object(members.merging(change) { _, new in new })
    }

    static let variables = [
        GateCase("one is missing", .variablesProduction, .noGo, "NODE_ENV=production") { story in
            story.changeVariables(of: "production") { $0.removeAll { $0.name == "NODE_ENV" } }
        },
        GateCase("DEBUG is on in production", .variablesProduction, .noGo, "DEBUG=false") { story in
            set("DEBUG", "true", "production", &story)
        },
        GateCase("those of the other side", .variablesStaging, .noGo, "ENVIRONMENT has another value") {
            story in
            set("ENVIRONMENT", "production", "staging", &story)
        },
        GateCase("a value that cannot be read", .variablesStaging, .unknown, "cannot be read back") { story in
            set("DEBUG", nil, "staging", &story)
        },
        GateCase("the provider does not answer", .variablesProduction, .unknown, "does not answer") { story in
            story.facts.production.sides[.backend]?.variables = GateStory.unknown()
        },
        GateCase("a file where no provider is asked", .variablesProduction, .go, "APP_URL") { story in
            story.facts.production.variableFile = story.facts.production.sides[.backend]?.variables
            story.facts.production.sides[.backend]?.variables = GateStory.unknown()
        },
        GateCase("a secret must only be there", .variablesProduction, .noGo, "JWT_SECRET=<its secret>") {
            story in
            story.facts.settings.production.variables["JWT_SECRET"] = .some(nil)
        },
        GateCase("nothing is asked for", .variablesStaging, .unknown, "names no variables") { story in
            story.facts.settings.staging?.variables = [:]
        },
        GateCase("one side has one more", .variableParity, .noGo, "NEW is at staging and not at production") {
            story in
            set("NEW", "1", "staging", &story)
        },
        GateCase("one more that does not matter", .variableParity, .go) { story in
            set("NEW", "1", "staging", &story)
            story.facts.settings.parity.ignored = ["NEW"]
        },
        GateCase("equal and is not", .variableParity, .noGo, "VITE_USE_AI_SDK_PAM is different") { story in
            set("VITE_USE_AI_SDK_PAM", "false", "staging", &story)
        },
        GateCase("different and is the same", .variableParity, .noGo, "NODE_ENV is the same") { story in
            set("NODE_ENV", "production", "staging", &story)
        },
        GateCase("cannot be compared", .variableParity, .unknown, "APP_URL cannot be compared") { story in
            set("APP_URL", nil, "staging", &story)
        },
        GateCase("another order and slashes", .originsProduction, .go) { story in
            let value = GateStory.origins.reversed().map { $0.uppercased() + "/" }.joined(separator: " , ")
            set("CORS_ORIGINS", value, "production", &story)
        },
        GateCase("a star", .originsProduction, .noGo, "a pattern with * lets strangers in") { story in
            set("CORS_ORIGINS", GateStory.origins.joined(separator: ",") + ",*", "production", &story)
        },
        GateCase("one too few", .originsStaging, .noGo, "https://wheelsandwins.com is missing") { story in
            set("CORS_ORIGINS", GateStory.origins.dropFirst().joined(separator: ","), "staging", &story)
        },
        GateCase("one too many", .originsStaging, .noGo, "https://evil.example must not be there") { story in
            set(
                "CORS_ORIGINS",
                GateStory.origins.joined(separator: ",") + ",https://evil.example",
                "staging",
                &story
            )
        },
        GateCase("none asked for", .originsStaging, .skipped, "no cors_origins") { story in
            story.facts.settings.staging?.origins = []
        },
    ]

    private static func set(_ name: String, _ value: String?, _ environment: String, _ story: inout GateStory)
    {
        story.changeVariables(of: environment) { variables in
            variables.removeAll { $0.name == name }
            variables.append(ProviderVariable(name, value: value.map { Secret($0) }))
        }
    }

    static let databases = [
        GateCase("paused", .databaseHealthy, .noGo, "is paused (INACTIVE)") { story in
            story.facts.staging?.database?.condition = GateStory.known(
                DatabaseCondition(project: "INACTIVE", isHealthy: false, isPaused: true)
            )
        },
        GateCase("a service is down", .databaseHealthy, .noGo, "db: UNHEALTHY") { story in
            story.facts.production.database?.condition = GateStory.known(
                DatabaseCondition(
                    project: "ACTIVE_HEALTHY",
                    isHealthy: false,
                    isPaused: false,
                    unhealthyServices: ["db: UNHEALTHY"]
                )
            )
        },
        GateCase("read-only", .databaseHealthy, .noGo, "is read-only") { story in
            story.facts.production.database?.condition = GateStory.known(
                DatabaseCondition(
                    project: "ACTIVE_HEALTHY",
                    isHealthy: true,
                    isPaused: false,
                    isReadOnly: true
                )
            )
        },
        GateCase("not configured", .databaseHealthy, .unknown, "nobody can be asked") { story in
            story.facts.production.database = nil
        },
        GateCase("no backup", .databaseBackup, .noGo, "no complete backup among 0") { story in
            story.facts.production.database?.backups = GateStory.known([])
        },
        GateCase("an old one", .databaseBackup, .noGo, "27h ago") { story in
            story.facts.production.database?.backups = GateStory.known([backup(hours: 27)])
        },
        GateCase("exactly as old as it may be", .databaseBackup, .go) { story in
            story.facts.production.database?.backups = GateStory.known([backup(hours: 26)])
        },
        GateCase("the newest has failed", .databaseBackup, .noGo, "is FAILED") { story in
            story.facts.production.database?.backups = GateStory.known([
                DatabaseBackup(at: GateStory.now - .seconds(3600), isComplete: false, status: "FAILED"),
                backup(hours: 30),
            ])
        },
        GateCase("one of tomorrow", .databaseBackup, .unknown, "a clock is wrong") { story in
            story.facts.production.database?.backups = GateStory.known([backup(hours: -5)])
        },
        GateCase("a failed one, and a good one before", .databaseBackup, .go, "is FAILED") { story in
            story.facts.production.database?.backups = GateStory.known([
                DatabaseBackup(at: GateStory.now, isComplete: false, status: "FAILED"), backup(hours: 2),
            ])
        },
        GateCase("staging lacks one", .migrationsStaging, .noGo, "lacks 1: 20261120000000") { story in
            story.facts.code.migrations = GateStory.known([
                "m/20261101000000_a.sql", "m/20261120000000_b.sql",
            ])
        },
        GateCase("staging has another", .migrationsStaging, .noGo, "has 1 that the candidate has not") {
            story in
            story.facts.staging?.database?.migrations = GateStory.known(["20261101000000", "20261122000000"])
        },
        GateCase("production lacks one", .migrationsProduction, .noGo, "no rollback of code undoes them") {
            story in
            story.facts.production.database?.migrations = GateStory.known([])
        },
        GateCase("they may not be asked", .migrationsStaging, .unknown, "supabase migration list") { story in
            story.facts.staging?.database?.migrations = .unknown(
                .forbidden("supabase: selected partners only")
            )
        },
        GateCase("no folder", .migrationsProduction, .skipped, "no folder of migrations") { story in
            story.facts.code.migrations = nil
        },
    ]

    private static func backup(hours: Int64) -> DatabaseBackup {
        DatabaseBackup(at: GateStory.now - .seconds(hours * 3600), isComplete: true, status: "COMPLETED")
    }
}
