import GRDB

extension Migration {
    /// Notices may be superseded or told in a digest, in plain words, and below an earlier message; and
    /// what receivers asked for, silences and notes are kept.
    ///
    /// `notices` is built anew because SQLite cannot change a `CHECK`. Its `tried` says whether somebody may
    /// have seen the notice: `no`, `unclear`, or `refused`, which is a clear no. Times are whole
    /// microseconds; the documents of silences and notes are `Silence.document` and `IncidentNote.document`.
    static let alerts003Digests = Migration("003-digests") { db in
        try db.execute(sql: rebuiltNotices + digests + receivers + operations)
    }

    private static let rebuiltNotices = """
        DROP INDEX notices_waiting;
        DROP INDEX notices_counted;
        DROP INDEX notices_settled;
        DROP INDEX notices_of_episode;
        ALTER TABLE notices RENAME TO old_notices;
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
        INSERT INTO notices (
            sequence, id, receiver, alert, episode, severity, kind, document, status, tried, failed_attempts,
            due_at, lease_owner, lease_until, last_reason, created_at, settled_at
        )
        SELECT sequence, id, receiver, alert, episode, severity, kind, document, status,
            IIF(lease_owner IS NOT NULL, 'unclear', IIF(last_reason IS NOT NULL, 'refused', 'no')),
            failed_attempts, due_at, lease_owner, lease_until, last_reason, created_at, settled_at
        FROM old_notices;
        DELETE FROM sqlite_sequence WHERE name = 'notices';
        INSERT INTO sqlite_sequence (name, seq)
            SELECT 'notices', seq FROM sqlite_sequence WHERE name = 'old_notices';
        DROP TABLE old_notices;
        CREATE INDEX notices_waiting ON notices (receiver, alert, sequence, severity)
            WHERE status = 'waiting';
        CREATE INDEX notices_counted ON notices (receiver, status, created_at);
        CREATE INDEX notices_settled ON notices (settled_at) WHERE status <> 'waiting';
        CREATE INDEX notices_of_episode ON notices (receiver, alert, episode) WHERE status <> 'waiting';
        CREATE INDEX notices_of_alert ON notices (alert, sequence);
        CREATE INDEX notices_by_time ON notices (created_at);
        CREATE INDEX notices_of_digest ON notices (digest) WHERE digest IS NOT NULL;
        CREATE INDEX notices_leased ON notices (lease_owner) WHERE lease_owner IS NOT NULL;

        """

    private static let digests = """
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
        CREATE INDEX digests_waiting ON digests (receiver) WHERE status = 'waiting';
        CREATE INDEX digests_settled ON digests (settled_at) WHERE status <> 'waiting';

        """

    private static let receivers = """
        CREATE TABLE receivers (
            name TEXT NOT NULL PRIMARY KEY,
            state TEXT NOT NULL CHECK (state IN ('resting', 'broken')),
            at INTEGER NOT NULL,
            reason TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        """

    private static let operations = """
        CREATE TABLE silences (
            id TEXT NOT NULL PRIMARY KEY,
            starts_at INTEGER NOT NULL,
            ends_at INTEGER NOT NULL,
            document TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX silences_by_end ON silences (ends_at);

        CREATE TABLE notes (
            sequence INTEGER PRIMARY KEY,
            incident INTEGER NOT NULL,
            at INTEGER NOT NULL,
            document TEXT NOT NULL
        ) STRICT;
        CREATE INDEX notes_of_incident ON notes (incident, at);
        """
}
