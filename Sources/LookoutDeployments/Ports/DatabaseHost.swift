package import LookoutModel

/// Who runs the database (Supabase).
package protocol DatabaseHost: Sendable {
    var name: String { get }
    func access() async throws(ProviderFailure) -> ProviderAccess
    func condition() async throws(ProviderFailure) -> DatabaseCondition
    /// Newest first.
    func backups() async throws(ProviderFailure) -> [DatabaseBackup]
    /// The versions of the migrations that were applied, oldest first.
    func migrations() async throws(ProviderFailure) -> [String]
}

/// How a database project stands.
package struct DatabaseCondition: Hashable, Sendable {
    /// The word of the provider for the project, such as `ACTIVE_HEALTHY` or `INACTIVE`.
    package var project: String
    package var isHealthy: Bool
    package var isPaused: Bool
    /// Why, service by service: `db: UNHEALTHY`.
    package var unhealthyServices: [String]
    package var isReadOnly: Bool?

    package init(
        project: String,
        isHealthy: Bool,
        isPaused: Bool,
        unhealthyServices: [String] = [],
        isReadOnly: Bool? = nil
    ) {
        self.project = project
        self.isHealthy = isHealthy
        self.isPaused = isPaused
        self.unhealthyServices = unhealthyServices
        self.isReadOnly = isReadOnly
    }
}

/// A backup of a database.
package struct DatabaseBackup: Hashable, Sendable {
    package var at: Timestamp
    package var isComplete: Bool
    /// The provider's word for its state.
    package var status: String

    package init(at time: Timestamp, isComplete: Bool, status: String) {
        self.at = time
        self.isComplete = isComplete
        self.status = status
    }
}
