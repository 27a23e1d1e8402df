package import LookoutModel
package import LookoutStatistics

/// All that the gate judges by, collected at one time; what could not be asked says why.
package struct GateFacts: Sendable {
    /// One part of an environment as its provider has it.
    package struct Side: Sendable {
        package var service: Known<HostedService>
        package var live: Known<ProviderDeploy?>
        /// The newest first.
        package var deploys: Known<[ProviderDeploy]>
        /// Paths that differ between what is live and the candidate; nil where no commit is known.
        package var changesToCandidate: Known<[String]>?
        package var variables: Known<[ProviderVariable]>

        package init(
            service: Known<HostedService>,
            live: Known<ProviderDeploy?>,
            deploys: Known<[ProviderDeploy]>,
            changesToCandidate: Known<[String]>? = nil,
            variables: Known<[ProviderVariable]>
        ) {
            self.service = service
            self.live = live
            self.deploys = deploys
            self.changesToCandidate = changesToCandidate
            self.variables = variables
        }
    }

    /// An environment's database as its provider has it.
    package struct Database: Sendable {
        package var condition: Known<DatabaseCondition>
        package var backups: Known<[DatabaseBackup]>
        package var migrations: Known<[String]>

        package init(
            condition: Known<DatabaseCondition>,
            backups: Known<[DatabaseBackup]>,
            migrations: Known<[String]>
        ) {
            self.condition = condition
            self.backups = backups
            self.migrations = migrations
        }
    }

    /// An environment as Lookout and its providers see it.
    package struct Surroundings: Sendable {
        package var checks: Known<[ObservedCheck]>
        /// The conclusive runs within the gate's window.
        package var runs: Known<[CheckID: [CheckSample]]>
        /// Those that fire, and those that fired within the window.
        package var alerts: Known<[WatchedAlert]>
        /// By part; those without a provider are missing.
        package var sides: [EnvironmentPart: Side] = [:]
        package var database: Database?
        /// From a file, where the configuration names one.
        package var variableFile: Known<[ProviderVariable]>?

        package init(
            checks: Known<[ObservedCheck]>,
            runs: Known<[CheckID: [CheckSample]]>,
            alerts: Known<[WatchedAlert]>
        ) {
            self.checks = checks
            self.runs = runs
            self.alerts = alerts
        }
    }

    /// The repository and its host.
    package struct Code: Sendable {
        package var main: Known<CommitID>
        package var candidate: Known<CommitID>
        /// What would be deployed, newest first.
        package var commits: Known<[Commit]>
        /// What main has and the candidate has not.
        package var onlyOnMain: Known<[Commit]>
        package var changedFiles: Known<[String]>
        package var backups: Known<[String: CommitID]>
        /// The files of the folder of migrations in the candidate; nil where none is configured.
        package var migrations: Known<[String]>?
        package var reviews: Known<[ChangeReview]>
        package var checks: Known<CommitChecks>

        package init(unknown failure: ProviderFailure) {
            (main, candidate) = (.unknown(failure), .unknown(failure))
            (commits, onlyOnMain) = (.unknown(failure), .unknown(failure))
            (changedFiles, backups) = (.unknown(failure), .unknown(failure))
            (reviews, checks) = (.unknown(failure), .unknown(failure))
        }
    }

    /// What a token turned out to be good for.
    package struct Access: Sendable {
        /// `github`, `netlify`, `render`, `supabase`, `sentry`.
        package var provider: String
        package var environment: String?
        package var result: Known<ProviderAccess>

        package init(provider: String, environment: String?, result: Known<ProviderAccess>) {
            self.provider = provider
            self.environment = environment
            self.result = result
        }
    }

    package var now: Timestamp
    package var settings: DeploymentSettings
    package var request: GateRequest
    package var outage: NetworkOutage?
    package var production: Surroundings
    package var staging: Surroundings?
    package var code: Code
    package var access: [Access] = []
    package var incidents: [String: Known<ProviderIncident>] = [:]
    /// Deployments that are not closed; nil where there is no store to ask.
    package var openDeployments: Known<[DeploymentID]>?
    package var rollback: Known<RollbackPlan>
    /// Whether the plan's git commands worked in a throw-away clone.
    package var rehearsal: Known<Bool>

    package init(
        now: Timestamp,
        settings: DeploymentSettings,
        request: GateRequest,
        outage: NetworkOutage? = nil,
        production: Surroundings,
        staging: Surroundings? = nil,
        code: Code,
        rollback: Known<RollbackPlan>,
        rehearsal: Known<Bool>
    ) {
        self.now = now
        self.settings = settings
        self.request = request
        self.outage = outage
        self.production = production
        self.staging = staging
        self.code = code
        self.rollback = rollback
        self.rehearsal = rehearsal
    }
}
