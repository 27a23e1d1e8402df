import GRDB

extension Migration {
    /// The checks with a small number each, and their samples clustered by check and time.
    ///
    /// Times and durations are whole microseconds; NULL stands for a phase that did not take place.
    /// `outcome` is a code of `SampleRow`, `failure` the raw value of a `FailureClass`.
    static let history001Samples = Migration("001-samples") { db in
        try db.execute(
            sql: """
                CREATE TABLE checks (
                    id INTEGER PRIMARY KEY,
                    environment TEXT NOT NULL,
                    probe TEXT NOT NULL,
                    UNIQUE (environment, probe)
                ) STRICT;

                CREATE TABLE samples (
                    check_id INTEGER NOT NULL,
                    started_at INTEGER NOT NULL,
                    outcome INTEGER NOT NULL,
                    failure TEXT,
                    message TEXT,
                    dns INTEGER,
                    connect INTEGER,
                    tls INTEGER,
                    first_byte INTEGER,
                    transfer INTEGER,
                    total INTEGER NOT NULL,
                    attempts INTEGER NOT NULL,
                    status INTEGER,
                    version TEXT,
                    PRIMARY KEY (check_id, started_at)
                ) STRICT, WITHOUT ROWID;
                """
        )
    }
}
