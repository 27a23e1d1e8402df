/// What the gate asks, a case a question; checklist items come on top, as `checklist-` and their id.
package enum GateCriterion: String, CaseIterable, Hashable, Sendable {
    case trigger
    case emergencyReason = "emergency-reason"
    case ownNetwork = "own-network"
    case noOtherDeployment = "no-other-deployment"
    case productionStatus = "production-status"
    case stagingHealthy = "staging-healthy"
    case stagingStable = "staging-stable"
    case stagingServices = "staging-services"
    case stagingCORS = "staging-cors"
    case stagingWebSocket = "staging-websocket"
    case stagingPages = "staging-pages"
    case stagingMarkers = "staging-markers"
    case stagingBuild = "staging-build"
    case healthTimestamps = "health-timestamps"
    case variablesStaging = "variables-staging"
    case variablesProduction = "variables-production"
    case variableParity = "variable-parity"
    case originsStaging = "origins-staging"
    case originsProduction = "origins-production"
    case databaseHealthy = "database-healthy"
    case databaseBackup = "database-backup"
    case migrationsStaging = "migrations-staging"
    case migrationsProduction = "migrations-production"
    case changes
    case hotfixesMerged = "hotfixes-merged"
    case reviews
    case commitChecks = "commit-checks"
    case backupBranch = "backup-branch"
    case deployPath = "deploy-path"
    case deployIdle = "deploy-idle"
    case configurationCurrent = "configuration-current"
    case accessGitHub = "access-github"
    case accessNetlify = "access-netlify"
    case accessRender = "access-render"
    case accessSupabase = "access-supabase"
    case accessSentry = "access-sentry"
    case providerIncidents = "provider-incidents"
    case rollbackPlan = "rollback-plan"
    case rollbackRehearsed = "rollback-rehearsed"

    /// What may be done about a criterion that is not met.
    package enum Overriding: Hashable, Sendable {
        /// A person may go on in spite of it, whatever was found.
        case allowed
        /// A person may go on only where nobody can say: what was found is mended in a minute.
        case whenUnknown
        /// It is met by a word of the same person, so there is nothing to override.
        case never
    }

    package var overriding: Overriding {
        switch self {
        case .trigger, .emergencyReason: .never
        case .backupBranch, .rollbackPlan, .noOtherDeployment: .whenUnknown
        default: .allowed
        }
    }

    /// Whether the shortened gate of an emergency asks it too.
    ///
    /// What remains takes seconds, and what it finds would make the emergency worse.
    package var isAskedInEmergency: Bool {
        switch self {
        case .trigger, .emergencyReason, .ownNetwork, .noOtherDeployment, .productionStatus,
            .variablesProduction, .originsProduction, .databaseHealthy, .migrationsProduction, .changes,
            .backupBranch, .deployPath, .deployIdle, .accessGitHub, .accessNetlify, .accessRender,
            .accessSupabase, .accessSentry, .providerIncidents, .rollbackPlan, .rollbackRehearsed:
            true
        default: false
        }
    }

    /// The numbers of the requirements that it fulfils (`docs/requirements.md`).
    package var requirements: [Int] {
        switch self {
        case .trigger: [19]
        case .emergencyReason: [49]
        case .ownNetwork: [48, 61]
        case .noOtherDeployment: [28]
        case .productionStatus: [17]
        case .stagingHealthy: [3, 20]
        case .stagingStable: [20]
        case .stagingServices: [3, 4, 5, 23]
        case .stagingCORS: [11]
        case .stagingWebSocket: [12]
        case .stagingPages: [14]
        case .stagingMarkers: [13]
        case .stagingBuild: [15, 21]
        case .healthTimestamps: [6]
        case .variablesStaging: [8]
        case .variablesProduction: [8, 9]
        case .variableParity: [55]
        case .originsStaging, .originsProduction: [10]
        case .databaseHealthy: [18, 44]
        case .databaseBackup: [18]
        case .migrationsStaging, .migrationsProduction: [22]
        case .changes: [27]
        case .hotfixesMerged: [27, 50]
        case .reviews, .commitChecks: [21]
        case .backupBranch: [25, 26, 56]
        case .deployPath: [15, 28]
        case .deployIdle: [28]
        case .configurationCurrent: [59]
        case .accessGitHub, .accessNetlify, .accessRender, .accessSupabase, .accessSentry: [24]
        case .providerIncidents: [24]
        case .rollbackPlan, .rollbackRehearsed: [56]
        }
    }
}

extension GateCriterion {
    /// How the ids of checklist items begin.
    package static let checklistPrefix = "checklist-"

    /// Why an override of a finding does not count; nil if it does.
    package static func refusal(
        of override: GateReport.Override,
        for verdict: GateReport.Verdict?
    ) -> String? {
        if override.by.allSatisfy(\.isWhitespace) { return "an override needs the name of a person" }
        if override.reason.allSatisfy(\.isWhitespace) { return "an override needs a reason" }
        guard let verdict else { return "the gate has no such criterion" }
        if override.criterion.hasPrefix(checklistPrefix) { return "tick the item by name instead" }
        switch GateCriterion(rawValue: override.criterion)?.overriding {
        case .allowed: return nil
        case .whenUnknown: return verdict == .noGo ? "this cannot be overridden; do what it asks for" : nil
        case .never: return "this cannot be overridden; say it instead"
        case nil: return "the gate has no such criterion"
        }
    }
}
