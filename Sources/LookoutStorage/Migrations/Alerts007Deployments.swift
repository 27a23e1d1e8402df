import GRDB

extension Migration {
    /// Deployments as their events, which are only ever appended; the documents are those of `Documented`.
    ///
    /// `deployments` repeats what the events add up to, so that a list need not read them. `deployment_runs`
    /// holds what a verdict rests on, by `RunBlob`. Snapshots of variables hold digests, never a value.
    static let alerts007Deployments = Migration("007-deployments") { db in
        try db.execute(
            sql: """
                CREATE TABLE deployments (
                    id TEXT NOT NULL PRIMARY KEY,
                    began_at INTEGER NOT NULL,
                    is_open INTEGER NOT NULL,
                    count INTEGER NOT NULL,
                    summary TEXT NOT NULL
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX deployments_by_time ON deployments (began_at, id);
                CREATE INDEX deployments_open ON deployments (began_at, id) WHERE is_open;
                CREATE TABLE deployment_events (
                    deployment TEXT NOT NULL,
                    number INTEGER NOT NULL,
                    at INTEGER NOT NULL,
                    kind TEXT NOT NULL,
                    document TEXT NOT NULL,
                    PRIMARY KEY (deployment, number)
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE deployment_runs (
                    deployment TEXT NOT NULL,
                    check_id TEXT NOT NULL,
                    baseline BLOB NOT NULL,
                    window BLOB NOT NULL,
                    PRIMARY KEY (deployment, check_id)
                ) STRICT;
                CREATE TABLE variable_snapshots (
                    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
                    environment TEXT NOT NULL,
                    part TEXT NOT NULL,
                    at INTEGER NOT NULL,
                    document TEXT NOT NULL
                ) STRICT;
                CREATE INDEX variable_snapshots_by_place ON variable_snapshots (environment, part, at);
                """
        )
    }
}
