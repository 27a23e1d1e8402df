CREATE TABLE alerts (
    key TEXT NOT NULL PRIMARY KEY,
    rule TEXT NOT NULL,
    state TEXT NOT NULL,
    severity INTEGER NOT NULL,
    episode INTEGER NOT NULL,
    document TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE announcements (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    document TEXT NOT NULL
) STRICT;
CREATE INDEX announcements_by_time ON announcements (at);
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
CREATE TABLE deployments (
    id TEXT NOT NULL PRIMARY KEY,
    began_at INTEGER NOT NULL,
    is_open INTEGER NOT NULL,
    count INTEGER NOT NULL,
    summary TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX deployments_by_time ON deployments (began_at, id);
CREATE INDEX deployments_open ON deployments (began_at, id) WHERE is_open;
CREATE TABLE digests (
    id TEXT NOT NULL PRIMARY KEY,
    receiver TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'delivered', 'dead', 'split')),
    form TEXT NOT NULL DEFAULT 'full' CHECK (form IN ('full', 'plain')),
    failed_attempts INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER,
    lease_owner TEXT,
    lease_until INTEGER,
    last_reason TEXT,
    created_at INTEGER NOT NULL,
    settled_at INTEGER,
    CHECK ((lease_owner IS NULL) = (lease_until IS NULL)),
    CHECK ((status = 'waiting') = (settled_at IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX digests_settled ON digests (settled_at) WHERE status <> 'waiting';
CREATE INDEX digests_waiting ON digests (receiver) WHERE status = 'waiting';
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
CREATE TABLE heads (
    receiver TEXT NOT NULL,
    alert TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    urgency INTEGER NOT NULL,
    digest TEXT,
    is_digestible INTEGER NOT NULL,
    held_until INTEGER,
    free_at INTEGER,
    PRIMARY KEY (receiver, alert)
) STRICT, WITHOUT ROWID;
CREATE INDEX heads_digestible ON heads (receiver, urgency, sequence) WHERE is_digestible;
CREATE INDEX heads_free ON heads (receiver, urgency, sequence) WHERE free_at IS NULL;
CREATE INDEX heads_freed ON heads (receiver, held_until)
    WHERE free_at IS NULL AND held_until IS NOT NULL;
CREATE INDEX heads_held ON heads (receiver, free_at) WHERE free_at IS NOT NULL;
CREATE TABLE notes (
    sequence INTEGER PRIMARY KEY,
    incident INTEGER NOT NULL,
    at INTEGER NOT NULL,
    document TEXT NOT NULL
) STRICT;
CREATE INDEX notes_of_incident ON notes (incident, at);
CREATE TABLE notices (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    receiver TEXT NOT NULL,
    alert TEXT NOT NULL,
    episode INTEGER NOT NULL,
    severity INTEGER NOT NULL,
    kind TEXT NOT NULL,
    document TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'waiting'
        CHECK (status IN ('waiting', 'delivered', 'dead', 'superseded')),
    form TEXT NOT NULL DEFAULT 'full' CHECK (form IN ('full', 'plain')),
    tried TEXT NOT NULL DEFAULT 'no' CHECK (tried IN ('no', 'unclear', 'refused')),
    is_alone INTEGER NOT NULL DEFAULT 0,
    digest TEXT,
    reference TEXT,
    failed_attempts INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER,
    lease_owner TEXT,
    lease_until INTEGER,
    last_reason TEXT,
    created_at INTEGER NOT NULL,
    settled_at INTEGER,
    CHECK ((lease_owner IS NULL) = (lease_until IS NULL)),
    CHECK ((status = 'waiting') = (settled_at IS NULL))
) STRICT;
CREATE INDEX notices_by_time ON notices (created_at);
CREATE INDEX notices_counted ON notices (receiver, status, created_at);
CREATE INDEX notices_leased ON notices (lease_owner) WHERE lease_owner IS NOT NULL;
CREATE INDEX notices_of_alert ON notices (alert, sequence);
CREATE INDEX notices_of_digest ON notices (digest) WHERE digest IS NOT NULL;
CREATE INDEX notices_of_episode ON notices (receiver, alert, episode) WHERE status <> 'waiting';
CREATE INDEX notices_settled ON notices (settled_at) WHERE status <> 'waiting';
CREATE INDEX notices_waiting ON notices (receiver, alert, sequence, severity)
    WHERE status = 'waiting';
CREATE TABLE pulse (id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER NOT NULL) STRICT;
CREATE TABLE receivers (
    name TEXT NOT NULL PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('resting', 'broken')),
    at INTEGER NOT NULL,
    reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE silences (
    id TEXT NOT NULL PRIMARY KEY,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    document TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX silences_by_end ON silences (ends_at);
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
CREATE TABLE variable_snapshots (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    environment TEXT NOT NULL,
    part TEXT NOT NULL,
    at INTEGER NOT NULL,
    document TEXT NOT NULL
) STRICT;
CREATE INDEX variable_snapshots_by_place ON variable_snapshots (environment, part, at);
