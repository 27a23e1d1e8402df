import GRDB
package import LookoutModel

extension SQLiteAlertStore {
    /// Commits something that means nothing, to see that what means something could be committed.
    ///
    /// Throws what a commit of alerts would throw now.
    package func proveCommit(at now: Timestamp) async throws {
        try await pool.finishWrite { db in
            try db.cachedStatement(
                sql:
                    "INSERT INTO pulse (id, at) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at"
            ).execute(arguments: [now.microseconds])
        }
    }
}
