CREATE TABLE checks (
    id INTEGER PRIMARY KEY,
    environment TEXT NOT NULL,
    probe TEXT NOT NULL,
    UNIQUE (environment, probe)
) STRICT;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
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
