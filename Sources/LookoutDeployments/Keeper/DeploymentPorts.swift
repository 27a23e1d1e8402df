/// Whom a deployment keeper asks and tells; what is not configured is nil.
package struct DeploymentPorts: Sendable {
    package var store: any DeploymentStore
    package var history: any RunHistory
    package var environment: any EnvironmentObserver
    package var repository: (any GitRepository)?
    /// Who publishes the parts of the environment.
    package var hosts: [EnvironmentPart: any HostingProvider] = [:]
    package var tracker: (any ErrorTracker)?
    /// By which values of variables are known again; without it they are not looked at.
    package var variableKey: VariableKey?
    package var announcer: (any DeploymentAnnouncing)?
    package var symptoms: (any SymptomCollecting)?
    package var diagnostician: (any Diagnostician)?
    package var planner: (any RollbackPlanning)?
    package var records: (any RecordKeeping)?

    package init(
        store: any DeploymentStore,
        history: any RunHistory,
        environment: any EnvironmentObserver
    ) {
        self.store = store
        self.history = history
        self.environment = environment
    }
}
