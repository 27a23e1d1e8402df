import LookoutDeployments
import LookoutModel
import LookoutProviders

extension DocumentedClient {
    private static func supabase(
        _ name: String,
        _ fields: Set<String>,
        _ call: @escaping @Sendable (SupabaseProject) async throws -> Void
    ) -> DocumentedClient {
        DocumentedClient(
            document: "supabase",
            account: .supabase(token: Secret("t")),
            name: name,
            fields: Set(fields.map { "/v1/projects/{ref}\($0)" })
        ) { try await call(SupabaseProject(reference: "abcdefghijklmnopqrst", through: $0)) }
    }

    static let supabase = [
        supabase("access", [": status", ": organization_slug"]) { _ = try await $0.access() },
        supabase("condition", [": status", "/health: [0].name", "/health: [0].status"]) {
            _ = try await $0.condition()
        },
        supabase(
            "backups",
            [
                "/database/backups: backups", "/database/backups: backups.[0].status",
                "/database/backups: backups.[0].inserted_at", "/database/backups: pitr_enabled",
                "/database/backups: physical_backup_data",
                "/database/backups: physical_backup_data.latest_physical_backup_date_unix",
            ]
        ) { _ = try await $0.backups() },
        supabase("migrations", ["/database/migrations: [0].version"]) { _ = try await $0.migrations() },
    ]

    private static func sentry(
        _ name: String,
        _ fields: Set<String>,
        _ call: @escaping @Sendable (SentryProject) async throws -> Void
    ) -> DocumentedClient {
        DocumentedClient(
            document: "sentry",
            account: .sentry(token: Secret("t")),
            name: name,
            fields: Set(fields.map { "/api/0/organizations/{organization_id_or_slug}/\($0)" })
        ) {
            let project = SentryProject(
                organization: "acme",
                projects: ["web"],
                environment: "production",
                through: $0
            )
            try await call(project)
        }
    }

    static let sentry = [
        sentry("access", []) { _ = try await $0.access() },
        sentry(
            "issues",
            Set(
                [
                    "id", "shortId", "title", "level", "count", "userCount", "firstSeen", "lastSeen",
                    "permalink",
                ].map { "issues/: [0].\($0)" }
            )
        ) { _ = try await $0.issues(since: Timestamp(seconds: 1_789_990_000)) },
        sentry("release", ["releases/: [0].version"]) { _ = try await $0.release() },
    ]
}
