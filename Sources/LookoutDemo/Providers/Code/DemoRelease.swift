package import LookoutModel

/// What one side of an environment serves: a commit, with the variables that it was built or started with.
package struct DemoRelease: Hashable, Sendable {
    /// The provider's id of the deploy.
    package var deploy: String
    package var revision: DemoRevision
    package var variables: [String: String]
    /// Since when users get it.
    package var since: Timestamp

    package init(deploy: String, revision: DemoRevision, variables: [String: String], since: Timestamp) {
        self.deploy = deploy
        self.revision = revision
        self.variables = variables
        self.since = since
    }
}

/// A push as the hosting providers hear of it.
struct DemoPush: Sendable {
    let branch: String
    let revision: DemoRevision
    /// The files that differ from what the branch pointed at before.
    let changedFiles: [String]
}
