package import LookoutModel

/// What is known of the world now: the input of the course, each part with its age or its failure.
package struct CourseFacts: Sendable {
    /// What a hosting provider says of its part.
    package struct Host: Sendable {
        /// `netlify`, `render`.
        package var name: String
        package var live: Known<ProviderDeploy?>?
        /// The newest first.
        package var deploys: Known<[ProviderDeploy]>?
        /// Why nothing is deployed, as far as it was asked and is known.
        package var obstacles: [Obstacle]?
        /// When it last answered.
        package var answeredAt: Timestamp?
        /// Its newest failure, if it does not answer now.
        package var failure: ProviderFailure?

        package init(name: String) { self.name = name }
    }

    /// The configured parts; empty where no provider can be asked.
    package var hosts: [EnvironmentPart: Host] = [:]
    /// The newest move of the deployed branch.
    package var move: MainMove?
    /// Where the branch points; nil if there is no repository or it has not been asked.
    package var main: CommitID?
    /// The version that each check last saw.
    package var versions: [CheckID: String] = [:]
    /// The newest snapshot of the variables of a part.
    package var variables: [EnvironmentPart: VariableSnapshot] = [:]
    /// Alerts of the environment that fire, and those that ended lately.
    package var alerts: [WatchedAlert] = []
    /// Nil where there is no error tracker.
    package var issues: Known<[TrackedIssue]>?
    /// When the error tracker last answered.
    package var issuesAt: Timestamp?

    package init() {}
}

/// That the deployed branch points elsewhere, and how the two commits are related.
package struct MainMove: Hashable, Sendable {
    /// How the commits are related.
    package enum Kind: Hashable, Sendable {
        case forward
        /// Back at a commit that it pointed at before.
        case backward
        /// Forward in history, with the content of a commit that it pointed at before.
        case revert(to: CommitID)
        /// Git could not tell.
        case unknown
    }

    package var from: CommitID
    package var to: CommitID
    package var kind: Kind

    package init(from old: CommitID, to new: CommitID, kind: Kind) {
        self.from = old
        self.to = new
        self.kind = kind
    }
}
