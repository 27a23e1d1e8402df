import LookoutModel

/// How a course follows deployments of one environment.
package struct CoursePolicy: Sendable {
    package var environment: String
    /// The branch that is deployed; deploys of others are none of ours.
    package var branch: String
    package var watch: DeploymentSettings.Watch
    /// Whether the deployed branch is looked at.
    package var hasRepository: Bool
    package var hasErrorTracker: Bool
    /// A provider has so long to begin after a push, before it is asked why it does not.
    package var beginning: Duration = .seconds(3 * 60)
    /// What comes within this belongs together where no commit tells.
    package var joining: Duration = .seconds(10 * 60)
    /// Old and new answers mix for so long after a backend says that it is live.
    package var mixing: Duration = .seconds(60)
    /// A rollback must have held for so long.
    package var recovery: Duration = .seconds(5 * 60)
    /// A deployment that nobody ends is over after this.
    package var longest: Duration = .seconds(24 * 3600)

    package init(
        environment: String,
        branch: String,
        watch: DeploymentSettings.Watch,
        hasRepository: Bool,
        hasErrorTracker: Bool
    ) {
        self.environment = environment
        self.branch = branch
        self.watch = watch
        self.hasRepository = hasRepository
        self.hasErrorTracker = hasErrorTracker
    }
}
