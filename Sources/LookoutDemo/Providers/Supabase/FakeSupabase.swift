package import LookoutModel

/// Supabase's management API (`/v1/projects/…`), and each project's own `/auth/v1/health`.
package struct FakeSupabase: RoutedProvider {
    package static let name = ProviderName.supabase
    static let unauthorizedWords = "JWT could not be decoded"
    static let forbiddenWords = "Forbidden resource"

    package var account: FakeAccount
    package var budget = RequestBudget(limit: 120, window: .seconds(60))
    package var faults: Set<ProviderFaultKind> = []
    package var projects: [SupabaseProjectState]

    package init(account: FakeAccount, projects: [SupabaseProjectState]) {
        self.account = account
        self.projects = projects
    }

    package mutating func advance(to now: Timestamp) {}

    /// A project's gateway takes another key, which its own route looks at.
    func isOpen(_ call: ProviderCall) -> Bool { call.path == "/auth/v1/health" }

    static let routes: [ProviderRoute<FakeSupabase>] = [
        ProviderRoute("GET", "auth/v1/health") { supabase, call throws(ProviderRefusal) in
            let key = call.header("apikey")
            guard supabase.projects.contains(where: { $0.publicKey == key }) else {
                throw ProviderRefusal(401, "No API key found in request")
            }
            // The handler returns constants: it says nothing of the database.
            return .json(
                200,
                [
                    "version": "v2.40.1", "name": "GoTrue",
                    "description": "GoTrue is a user registration and authentication API",
                ]
            )
        },
        ProviderRoute("GET", "v1/projects") { supabase, _ in
            .json(200, .array(supabase.projects.map(\.document)))
        },
        ProviderRoute("GET", "v1/projects/:ref") { supabase, call throws(ProviderRefusal) in
            .json(200, try supabase.project(call).document)
        },
        ProviderRoute("GET", "v1/projects/:ref/health") { supabase, call throws(ProviderRefusal) in
            let project = try supabase.project(call)
            let names = call.items("services")
            guard !names.isEmpty else { throw ProviderRefusal(400, "services: Required") }
            for name in names where !SupabaseProjectState.services.contains(name) {
                throw ProviderRefusal(400, "services: Invalid enum value '\(name)'")
            }
            return .json(200, .array(names.map(project.health)))
        },
        ProviderRoute("GET", "v1/projects/:ref/database/backups") { supabase, call throws(ProviderRefusal) in
            .json(200, try supabase.project(call).backupDocument)
        },
        ProviderRoute("GET", "v1/projects/:ref/database/migrations") {
            supabase,
            call throws(ProviderRefusal) in
            let project = try supabase.project(call)
            guard project.listsMigrations else {
                throw ProviderRefusal(403, "This endpoint is only available to selected partner OAuth apps")
            }
            let rows = project.migrations.map { migration -> JSONValue in
                ["version": .string(migration.version), "name": .string(migration.name)]
            }
            return .json(200, .array(rows))
        },
        ProviderRoute("GET", "v1/projects/:ref/readonly") { supabase, call throws(ProviderRefusal) in
            let isReadOnly = try supabase.project(call).isReadOnly
            return .json(
                200,
                ["enabled": .bool(isReadOnly), "override_enabled": false, "override_active_until": ""]
            )
        },
    ]

    func project(_ call: ProviderCall) throws(ProviderRefusal) -> SupabaseProjectState {
        guard let project = projects.first(where: { $0.reference == call.captures[0] }) else {
            throw .notFound("Project not found")
        }
        return project
    }

    func reply(to refusal: ProviderRefusal, of call: ProviderCall) -> DemoReply {
        .json(refusal.status, ["message": .string(refusal.message)])
    }

    func budgetHeaders(at now: Timestamp) -> [(name: String, value: String)] { [] }

    func exhaustedHeaders(at now: Timestamp) -> [(name: String, value: String)] {
        [("retry-after", String(((budget.reset(at: now) - now).microseconds + 999_999) / 1_000_000))]
    }
}

extension SupabaseProjectState {
    static let services = [
        "auth", "db", "db_postgres_user", "pooler", "realtime", "rest", "storage", "pg_bouncer",
    ]

    var document: JSONValue {
        [
            "id": .string(reference), "ref": .string(reference), "organization_id": "wheelsandwins",
            "organization_slug": "wheelsandwins", "name": .string(name), "region": "us-east-1",
            "created_at": "2024-11-02T08:00:00Z", "status": .string(status),
            "database": [
                "host": .string("db.\(reference).supabase.co"), "version": "15.8.1.085",
                "postgres_engine": "15", "release_channel": "ga",
            ],
        ]
    }

    func health(of service: String) -> JSONValue {
        let isDown = status == "INACTIVE" || unhealthy[service] != nil
        let isComing = ["COMING_UP", "RESTORING", "RESTARTING"].contains(status)
        let document: JSONValue = [
            "name": .string(service), "healthy": .bool(!isDown && !isComing),
            "status": isDown ? "UNHEALTHY" : isComing ? "COMING_UP" : "ACTIVE_HEALTHY",
            "error": JSONValue(unhealthy[service]),
        ]
        return document.withoutNulls
    }

    var backupDocument: JSONValue {
        let completed = backups.filter { $0.status == "COMPLETED" }.map(\.at.microseconds)
        var physical: [String: JSONValue] = [:]
        if let first = completed.min(), let last = completed.max() {
            physical["earliest_physical_backup_date_unix"] = .int(first / 1_000_000)
            physical["latest_physical_backup_date_unix"] = .int(last / 1_000_000)
        }
        return [
            "region": "us-east-1", "walg_enabled": true, "pitr_enabled": false,
            "backups": .array(
                backups.sorted { $0.at > $1.at }
                    .map {
                        [
                            "id": JSONValue($0.id), "is_physical_backup": true, "status": .string($0.status),
                            "inserted_at": .string($0.at.rfc3339),
                        ]
                    }
            ),
            "physical_backup_data": .object(physical),
        ]
    }
}
