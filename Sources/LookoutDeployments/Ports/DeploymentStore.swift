package import LookoutModel
package import LookoutStatistics

/// Where deployments are kept: the port that the SQLite adapter fulfils.
package protocol DeploymentStore: Sendable {
    /// Appends to what is known of a deployment, in one transaction with the number it follows on.
    ///
    /// Throws `DeploymentConflict` where somebody else has appended since, and nothing is stored then.
    func append(
        _ events: [DeploymentEvent],
        to id: DeploymentID,
        after count: Int
    ) async throws
    /// In their order; empty if there is no such deployment.
    func events(of id: DeploymentID) async throws -> [DeploymentEvent]
    /// The newest first.
    func deployments(limit: Int, before time: Timestamp?) async throws -> [DeploymentID]
    /// A line each, the newest first; those that began before a time.
    func summaries(limit: Int, before time: Timestamp?) async throws -> [DeploymentSummary]
    /// Those that are not closed, the oldest first.
    func openDeployments() async throws -> [DeploymentID]
    /// Keeps the runs that a verdict rests on, so that it can be worked out again when the history is gone.
    func keep(_ runs: [CheckID: ComparedRuns], of id: DeploymentID) async throws
    func runs(of id: DeploymentID) async throws -> [CheckID: ComparedRuns]
    /// The newest snapshot of variables of an environment's part before a time.
    func variables(of place: VariablePlace, before time: Timestamp) async throws -> VariableSnapshot?
    func keep(_ snapshot: VariableSnapshot) async throws
}

/// Somebody else has appended to the deployment since it was read.
package struct DeploymentConflict: Error, Hashable, Sendable {
    package init() {}
}

/// The runs of one check that a verdict was worked out from.
package struct ComparedRuns: Hashable, Sendable {
    package var baseline: [CheckSample]
    package var window: [CheckSample]

    package init(baseline: [CheckSample], window: [CheckSample]) {
        self.baseline = baseline
        self.window = window
    }
}

/// The runs of checks, as the history has them.
package protocol RunHistory: Sendable {
    /// The conclusive runs of the checks that started in the range, in their order.
    func runs(of checks: [CheckID], in range: Range<Timestamp>) async throws -> [CheckID: [CheckSample]]
}
