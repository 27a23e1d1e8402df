package import LookoutDeployments
package import LookoutModel

/// What the local API does with deployments: the port that the daemon fulfils.
///
/// Called from any task, many at a time. What changes something is on the disk when it returns, and has done
/// nothing where it throws: `DeploymentRefusal` says what the caller did wrong, anything else what the agent
/// could not do.
package protocol DeploymentControl: Sendable {
    /// The environment that deployments go to, where a caller does not say.
    var environment: String { get }

    /// A line each, the newest first; those that began before a time.
    func deployments(limit: Int, before time: Timestamp?) async throws -> [DeploymentSummary]

    /// All that is stored of a deployment, in its order; empty if there is none of this name.
    func events(of id: DeploymentID) async throws -> [DeploymentEvent]

    /// What speaks against a deployment while it is watched; empty if it is not.
    func concerns(about id: DeploymentID) async -> [WatchVerdict.Reason]

    /// The runs that a verdict rests on.
    func runs(of id: DeploymentID) async throws -> [CheckID: ComparedRuns]

    /// Does what a person asks for; `id` is nil for `start`.
    func perform(_ request: DeploymentRequest, on id: DeploymentID?) async throws -> Deployment

    /// Judges the gate now, and makes the backup branch where that is asked for and allowed.
    func preflight(_ request: GateRequest, createsBackup: Bool) async throws -> Preflight.Result
}
