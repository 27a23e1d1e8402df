package import LookoutModel

/// All that a rollback plan is made from; what could not be found out is in it as unknown.
package struct RollbackFacts: Sendable {
    /// One side of the environment at its provider.
    package struct Host: Sendable {
        /// `netlify` or `render`: whose commands are written.
        package var provider: String
        /// The site or the service as the configuration names it.
        package var id: String
        /// The address of the provider's API, as it is configured, without a slash at its end.
        package var api: String
        package var service: Known<HostedService>
        package var live: Known<ProviderDeploy?>
        /// Newest first, as `HostingProvider.deploys` gives them.
        package var deploys: Known<[ProviderDeploy]>
        /// What is different from the last snapshot with which all was well.
        package var changes: Known<VariableChanges>
        /// The values that the configuration wants, by name; never a secret.
        package var values: [String: String]

        package init(
            provider: String,
            id: String,
            api: String,
            service: Known<HostedService>,
            live: Known<ProviderDeploy?>,
            deploys: Known<[ProviderDeploy]>,
            changes: Known<VariableChanges>,
            values: [String: String] = [:]
        ) {
            self.provider = provider
            self.id = id
            self.api = api
            self.service = service
            self.live = live
            self.deploys = deploys
            self.changes = changes
            self.values = values
        }
    }

    /// The repository.
    package struct Git: Sendable {
        /// The branch that is deployed, such as `main`.
        package var branch: String
        /// What it points at now; nil inside if the remote has no such branch.
        package var head: Known<CommitID?>
        /// What it pointed at before the deployment, as the deployment's events tell (`mainMoved`); nil if they do not.
        package var before: CommitID?
        /// Its first-parent history, newest first, from `GitRepository.mainline`.
        package var mainline: Known<[Commit]>
        /// The backup branches of the remote with their commits.
        package var backups: Known<[String: CommitID]>
        /// The commits from `before` to `head`, newest first.
        package var changes: Known<[Commit]>
        /// Nil inside if nothing protects the branch; unknown where no code host is configured.
        package var protection: Known<BranchProtection?>

        package init(
            branch: String,
            head: Known<CommitID?>,
            before: CommitID?,
            mainline: Known<[Commit]>,
            backups: Known<[String: CommitID]>,
            changes: Known<[Commit]>,
            protection: Known<BranchProtection?>
        ) {
            self.branch = branch
            self.head = head
            self.before = before
            self.mainline = mainline
            self.backups = backups
            self.changes = changes
            self.protection = protection
        }
    }

    package var now: Timestamp
    package var environment: String
    /// When the deployment began (its first event); nil where the plan is made before there is one.
    package var began: Timestamp?
    /// Nil if nothing is configured for that side.
    package var frontend: Host?
    package var backend: Host?
    package var git: Git?
    /// The migrations that came with the deployment.
    package var migrations: Known<[String]>
    /// The likeliest first.
    package var diagnoses: [Diagnosis]
    /// Nil while it is not judged, and before a deployment.
    package var verdict: WatchVerdict?
    package var alerts: [WatchedAlert]
    /// The parts that the deployment published anew.
    package var deployedParts: Set<EnvironmentPart>
    /// Which part a check looks at; a check that is not in it speaks for no side.
    package var parts: [CheckID: EnvironmentPart]
    /// Commits that were rolled back or judged worse before: never a target.
    package var badCommits: Set<CommitID>

    package init(
        now: Timestamp,
        environment: String,
        began: Timestamp? = nil,
        frontend: Host? = nil,
        backend: Host? = nil,
        git: Git? = nil,
        migrations: Known<[String]>,
        diagnoses: [Diagnosis] = [],
        verdict: WatchVerdict? = nil,
        alerts: [WatchedAlert] = [],
        deployedParts: Set<EnvironmentPart> = [],
        parts: [CheckID: EnvironmentPart] = [:],
        badCommits: Set<CommitID> = []
    ) {
        self.now = now
        self.environment = environment
        self.began = began
        self.frontend = frontend
        self.backend = backend
        self.git = git
        self.migrations = migrations
        self.diagnoses = diagnoses
        self.verdict = verdict
        self.alerts = alerts
        self.deployedParts = deployedParts
        self.parts = parts
        self.badCommits = badCommits
    }
}
