import GRDB
package import LookoutDeployments
package import LookoutModel

/// Deployments, the runs that their verdicts rest on, and snapshots of variables, in `alerts.db`.
///
/// Each write is one transaction and on the disk when its method returns, and is finished even if the
/// task is cancelled. All errors are `StorageError`s but for the `CancellationError` of a read and
/// `DeploymentConflict`.
package final class SQLiteDeploymentStore: DeploymentStore {
    private let pool: DatabasePool

    package init(_ alerts: SQLiteAlertStore) {
        pool = alerts.pool
    }

    package func append(_ events: [DeploymentEvent], to id: DeploymentID, after count: Int) async throws {
        guard !events.isEmpty else { return }
        let isStored = try await pool.finishWrite { [path = pool.path] db in
            guard try DeploymentRow.count(id, db) == count else { return false }
            try DeploymentRow.append(events, to: id, after: count, db, path: path)
            return true
        }
        if !isStored { throw DeploymentConflict() }
    }

    package func events(of id: DeploymentID) async throws -> [DeploymentEvent] {
        try await pool.snapshotRead { [path = pool.path] db in
            try DeploymentRow.events(of: id, db, path: path)
        }
    }

    package func deployments(limit: Int, before time: Timestamp?) async throws -> [DeploymentID] {
        try await pool.snapshotRead { db in
            try DeploymentRow.ids(
                "SELECT id FROM deployments WHERE began_at < ? ORDER BY began_at DESC, id DESC LIMIT ?",
                [time?.microseconds ?? .max, max(0, limit)],
                db
            )
        }
    }

    package func summaries(limit: Int, before time: Timestamp?) async throws -> [DeploymentSummary] {
        try await pool.snapshotRead { [path = pool.path] db in
            try DeploymentRow.summaries(limit: limit, before: time, db, path: path)
        }
    }

    package func openDeployments() async throws -> [DeploymentID] {
        try await pool.snapshotRead { db in
            try DeploymentRow.ids("SELECT id FROM deployments WHERE is_open ORDER BY began_at, id", [], db)
        }
    }

    package func keep(_ runs: [CheckID: ComparedRuns], of id: DeploymentID) async throws {
        try await pool.finishWrite { db in
            for (check, compared) in runs { try DeploymentRunsRow.save(compared, of: check, in: id, db) }
        }
    }

    package func runs(of id: DeploymentID) async throws -> [CheckID: ComparedRuns] {
        try await pool.snapshotRead { [path = pool.path] db in
            try DeploymentRunsRow.fetchAll(of: id, db, path: path)
        }
    }

    package func variables(
        of place: VariablePlace,
        before time: Timestamp
    ) async throws -> VariableSnapshot? {
        try await pool.snapshotRead { [path = pool.path] db in
            try VariableSnapshotRow.newest(of: place, before: time, db, path: path)
        }
    }

    package func keep(_ snapshot: VariableSnapshot) async throws {
        try await pool.finishWrite { db in try VariableSnapshotRow.insert(snapshot, db) }
    }
}
