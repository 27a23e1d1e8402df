CREATE TABLE alerts (
    key TEXT NOT NULL PRIMARY KEY,
    rule TEXT NOT NULL,
    state TEXT NOT NULL,
    severity INTEGER NOT NULL,
    episode INTEGER NOT NULL,
    document TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
CREATE TABLE notices (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    receiver TEXT NOT NULL,
    alert TEXT NOT NULL,
    severity INTEGER NOT NULL,
    kind TEXT NOT NULL,
    document TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'delivered', 'dead')),
    failed_attempts INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER,
    lease_owner TEXT,
    lease_until INTEGER,
    last_reason TEXT,
    created_at INTEGER NOT NULL,
    settled_at INTEGER, episode INTEGER NOT NULL DEFAULT 0,
    CHECK ((lease_owner IS NULL) = (lease_until IS NULL)),
    CHECK ((status = 'waiting') = (settled_at IS NULL))
) STRICT;
CREATE INDEX notices_counted ON notices (receiver, status, created_at);
CREATE INDEX notices_of_episode ON notices (receiver, alert, episode)
    WHERE status <> 'waiting';
CREATE INDEX notices_settled ON notices (settled_at) WHERE status <> 'waiting';
CREATE INDEX notices_waiting ON notices (receiver, alert, sequence, severity)
    WHERE status = 'waiting';
CREATE TABLE sqlite_sequence(name,seq);
CREATE TABLE transitions (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    alert TEXT NOT NULL,
    episode INTEGER NOT NULL,
    from_state TEXT,
    to_state TEXT,
    severity INTEGER NOT NULL,
    cause TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX transitions_by_time ON transitions (at);
CREATE INDEX transitions_of_alert ON transitions (alert, sequence);
