import LookoutModel

extension GateJudge {
    /// What is asked, as a statement that holds where the criterion is met.
    func title(of criterion: GateCriterion) -> String {
        let production = settings.production.name
        let staging = settings.staging?.name ?? "staging"
        let window = settings.gate.window.plainText
        return switch criterion {
        case .trigger: "the reason to deploy is named"
        case .emergencyReason: "the reason of the emergency is named"
        case .ownNetwork: "Lookout itself has a network"
        case .noOtherDeployment: "no other deployment is open"
        case .productionStatus: "it is known how \(production) is"
        case .stagingHealthy: "every check of \(staging) was well for \(window)"
        case .stagingStable: "\(staging) raised no alert and did not flap for \(window)"
        case .stagingServices: "\(staging) is healthy with all of its services"
        case .stagingCORS: "the frontend of \(staging) may ask its API (CORS)"
        case .stagingWebSocket: "the WebSocket of \(staging) opens"
        case .stagingPages: "the pages of \(staging) load in \(settings.watch.pageLimit.plainText)"
        case .stagingMarkers: "no emergency or demo marker and no foreign host shows on \(staging)"
        case .stagingBuild: "\(staging) runs what would be deployed, for \(window)"
        case .healthTimestamps: "the times in the health answers are current"
        case .variablesStaging: "the critical variables of \(staging) have their values"
        case .variablesProduction: "the critical variables of \(production) have their values"
        case .variableParity: "the variables of \(staging) and \(production) fit together"
        case .originsStaging: "CORS of \(staging) is set to exactly its origins"
        case .originsProduction: "CORS of \(production) is set to exactly its origins"
        case .databaseHealthy: "the databases are up"
        case .databaseBackup:
            "there is a backup of the database of \(production) not older than "
                + settings.gate.backupAge.plainText
        case .migrationsStaging: "all migrations are applied on \(staging)"
        case .migrationsProduction: "all migrations are applied on \(production)"
        case .changes: "it is known what would be deployed"
        case .hotfixesMerged: "\(staging) has everything that \(production) has"
        case .reviews: "the changes were reviewed"
        case .commitChecks: "the checks of the commit have passed"
        case .backupBranch: "a backup branch points at what is live"
        case .deployPath: "nothing stands in the way of the deploys"
        case .deployIdle: "no deploy is under way at the providers"
        case .configurationCurrent: "the configuration is as the providers have it"
        case .accessGitHub: "GitHub can be asked"
        case .accessNetlify: "Netlify can be asked"
        case .accessRender: "Render can be asked"
        case .accessSupabase: "Supabase can be asked"
        case .accessSentry: "Sentry can be asked"
        case .providerIncidents: "no provider has an incident"
        case .rollbackPlan: "it is written down how to go back"
        case .rollbackRehearsed: "going back was rehearsed"
        }
    }
}

extension Duration {
    /// The duration as people write it, in its largest units: `30m`, `1h30m`, `26h`.
    var plainText: String {
        let seconds = components.seconds
        if seconds < 60 {
            return inSeconds == Double(seconds) ? "\(seconds)s" : "\(Self.tenths(inSeconds)) s"
        }
        let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60)
        return (hours > 0 ? "\(hours)h" : "") + (minutes > 0 ? "\(minutes)m" : "")
            + (rest > 0 ? "\(rest)s" : "")
    }

    /// With one digit behind the point.
    static func tenths(_ number: Double) -> String {
        guard number.isFinite, abs(number) < 1e15 else { return "?" }
        let scaled = Int64((number * 10).rounded())
        return "\(scaled < 0 ? "-" : "")\(abs(scaled) / 10).\(abs(scaled) % 10)"
    }
}
