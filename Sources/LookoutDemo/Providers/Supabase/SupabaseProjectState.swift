package import LookoutModel

/// One project at Supabase.
package struct SupabaseProjectState: Sendable {
    /// A backup as the list shows it.
    package struct Backup: Hashable, Sendable {
        package var id: Int
        package var at: Timestamp
        /// `COMPLETED`, `FAILED`, `PENDING`, `REMOVED`, `ARCHIVED`, `CANCELLED`.
        package var status: String

        package init(id: Int, at time: Timestamp, status: String = "COMPLETED") {
            self.id = id
            self.at = time
            self.status = status
        }
    }

    /// A migration that was applied.
    package struct Migration: Hashable, Sendable {
        package var version: String
        package var name: String

        package init(_ version: String, _ name: String) {
            self.version = version
            self.name = name
        }
    }

    /// Twenty small letters.
    package let reference: String
    package let name: String
    /// Supabase's word for it, such as `ACTIVE_HEALTHY` or `PAUSING`.
    package var status = "ACTIVE_HEALTHY"
    /// The services that are not healthy, with their errors.
    package var unhealthy: [String: String] = [:]
    package var backups: [Backup] = []
    package var migrations: [Migration] = []
    /// Whether the caller is one of the partners that may list migrations.
    package var listsMigrations = false
    package var isReadOnly = false
    /// The key that the project's own gateway asks for.
    package var publicKey = "anon-key"

    package init(reference: String, name: String) {
        self.reference = reference
        self.name = name
    }

    /// Whether programs can reach the database.
    package var hasDatabase: Bool {
        ["ACTIVE_HEALTHY", "UPGRADING", "RESIZING"].contains(status) && unhealthy["db"] == nil
    }
}
