package import LookoutModel

/// All that is known when somebody asks for the cause: the input of a diagnosis.
package struct Symptoms: Sendable {
    /// The newest run of a check.
    package struct CheckState: Sendable {
        package var check: CheckID
        package var probe: String
        package var outcome: Outcome
        package var statusCode: Int?
        package var version: String?
        package var observation: Observation?
        package var at: Timestamp

        package init(
            check: CheckID,
            probe: String,
            outcome: Outcome,
            statusCode: Int? = nil,
            version: String? = nil,
            observation: Observation? = nil,
            at time: Timestamp
        ) {
            self.check = check
            self.probe = probe
            self.outcome = outcome
            self.statusCode = statusCode
            self.version = version
            self.observation = observation
            self.at = time
        }
    }

    /// One side of the environment as its provider sees it.
    package struct Side: Sendable {
        package var service: Known<HostedService>
        package var live: Known<ProviderDeploy?>
        /// The newest first.
        package var deploys: Known<[ProviderDeploy]>
        /// Per text that was looked for in the log, how often it stands there since the deployment began.
        package var logHits: [String: Known<Int>]
        package var missingVariables: Known<[String]>
        package var wrongVariables: Known<[String]>
        package var changedVariables: [String]

        package init(
            service: Known<HostedService>,
            live: Known<ProviderDeploy?>,
            deploys: Known<[ProviderDeploy]>,
            logHits: [String: Known<Int>] = [:],
            missingVariables: Known<[String]>,
            wrongVariables: Known<[String]>,
            changedVariables: [String] = []
        ) {
            self.service = service
            self.live = live
            self.deploys = deploys
            self.logHits = logHits
            self.missingVariables = missingVariables
            self.wrongVariables = wrongVariables
            self.changedVariables = changedVariables
        }
    }

    package var now: Timestamp
    package var environment: String
    package var alerts: [WatchedAlert]
    package var checks: [CheckState]
    package var frontend: Side?
    package var backend: Side?
    package var database: Known<DatabaseCondition>
    package var incidents: [String: Known<ProviderIncident>]
    /// Whether Lookout itself has no network.
    package var isOffline: Bool
    /// When the newest deployment went live; nil if there is none to blame.
    package var deployedAt: Timestamp?
    /// The parts that the newest deployment changed.
    package var deployedParts: Set<EnvironmentPart>
    /// What should be live, by git.
    package var expectedCommit: CommitID?
    /// Migrations that came with the newest deployment.
    package var migrations: [String]
    /// Commits that were in the deployed branch before and are no longer in its history; unknown without git.
    package var lostCommits: Known<[Commit]>
    /// Real values for fixes: `backend.url`, `render.service`, `variable.APP_URL` (never a secret).
    package var values: [String: String]

    package init(
        now: Timestamp,
        environment: String,
        alerts: [WatchedAlert] = [],
        checks: [CheckState] = [],
        frontend: Side? = nil,
        backend: Side? = nil,
        database: Known<DatabaseCondition>,
        incidents: [String: Known<ProviderIncident>] = [:],
        isOffline: Bool = false,
        deployedAt: Timestamp? = nil,
        deployedParts: Set<EnvironmentPart> = [],
        expectedCommit: CommitID? = nil,
        migrations: [String] = [],
        lostCommits: Known<[Commit]> = .unknown(.notConfigured("git: no repository is configured")),
        values: [String: String] = [:]
    ) {
        self.now = now
        self.environment = environment
        self.alerts = alerts
        self.checks = checks
        self.frontend = frontend
        self.backend = backend
        self.database = database
        self.incidents = incidents
        self.isOffline = isOffline
        self.deployedAt = deployedAt
        self.deployedParts = deployedParts
        self.expectedCommit = expectedCommit
        self.migrations = migrations
        self.lostCommits = lostCommits
        self.values = values
    }
}
