package import LookoutSettings

/// How an environment's services are set up at their providers; what is left out stays as it is.
package struct ScenarioSettings: Settings, Hashable {
    package static let fields: [Field<ScenarioSettings>] = [
        Field("of", \.environment, "The environment."),
        Field("netlify-locked", \.isLocked, "Whether publishing is pinned to what is published now."),
        Field("netlify-builds-stopped", \.buildsAreStopped, "Whether pushes build nothing."),
        Field("netlify-branch", \.netlifyBranch, "The branch whose builds are published."),
        Field("render-auto-deploy", \.autoDeploys, "Whether a push deploys by itself."),
        Field("render-branch", \.renderBranch, "The branch that is deployed."),
        Field(
            "render-suspended-by",
            \.suspenders,
            "Who has suspended the service; an empty list resumes it."
        ),
        Field("render-plan", \.plan, "The plan; a free service falls asleep."),
        Field("render-wakes", \.wakes, "Whether a service that sleeps wakes up at all."),
        Field("render-waking", \.waking, "How long it takes to wake up.", in: .zero...(.seconds(600))),
        Field("render-build-paths", \.buildPaths, "The globs of the files that trigger a build."),
        Field("github-protects-main", \.protectsMain, "Whether main refuses to be forced."),
    ]

    package var environment = ScenarioEnvironment.production
    package var isLocked: Bool?
    package var buildsAreStopped: Bool?
    package var netlifyBranch: String?
    package var autoDeploys: Bool?
    package var renderBranch: String?
    package var suspenders: [String]?
    package var plan: String?
    package var wakes: Bool?
    package var waking: Duration?
    package var buildPaths: [String]?
    package var protectsMain: Bool?

    package init() {}
}

/// How the database of an environment stands.
package struct ScenarioDatabase: Settings, Hashable {
    /// Supabase's words for a project.
    static let words = [
        "INACTIVE", "ACTIVE_HEALTHY", "ACTIVE_UNHEALTHY", "COMING_UP", "UNKNOWN", "GOING_DOWN", "INIT_FAILED",
        "REMOVED", "RESTORING", "UPGRADING", "PAUSING", "RESTORE_FAILED", "RESTARTING", "PAUSE_FAILED",
        "RESIZING",
    ]

    package static let fields: [Field<ScenarioDatabase>] = [
        Field("of", \.environment, "The environment."),
        Field("status", \.status, "Supabase's word for the project, such as INACTIVE."),
        Field(
            "unhealthy",
            \.unhealthy,
            "The services that are not healthy: db, auth, rest, …; none if it is empty."
        ),
        Field("read-only", \.isReadOnly, "Whether nothing can be written."),
        Field("newest-backup", \.newestBackup, "How long ago the newest backup was made."),
        Field("backups-fail", \.backupsFail, "Whether the newest backup has failed."),
    ]

    package var environment = ScenarioEnvironment.production
    package var status: String?
    package var unhealthy: [String]?
    package var isReadOnly: Bool?
    package var newestBackup: Duration?
    package var backupsFail: Bool?

    package init() {}

    package func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        if let status, !Self.words.contains(status) {
            context.error(
                "Supabase has no status \"\(status.shortened)\"",
                at: node["status"] ?? node,
                hint: Spelling.hint(for: status, among: Self.words)
            )
        }
        for service in unhealthy ?? [] where !SupabaseProjectState.services.contains(service) {
            context.error(
                "Supabase has no service \"\(service.shortened)\"",
                at: node["unhealthy"] ?? node,
                hint: Spelling.hint(for: service, among: SupabaseProjectState.services)
            )
        }
    }
}

/// What a provider says of itself on its status page.
package struct ScenarioIncident: Settings, Hashable {
    /// The words of statuspage.io.
    package enum Impact: String, CaseIterable, SettingsValue, Hashable {
        case none, minor, major, critical
    }

    package static let fields: [Field<ScenarioIncident>] = [
        Field("provider", \.provider, "netlify, render, github, supabase or sentry.", required: true),
        Field("impact", \.impact, "none, minor, major or critical."),
        Field("description", \.description, "What the page says."),
    ]

    package var provider = ProviderName.render
    package var impact = Impact.major
    package var description = "Elevated error rates"

    package init() {}

    package func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        if provider == .status {
            context.error("the status pages have no status page", at: node["provider"] ?? node)
        }
    }
}
