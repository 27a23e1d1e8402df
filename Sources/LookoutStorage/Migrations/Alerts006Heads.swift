import GRDB

extension Migration {
    /// The first waiting notice of each subject at each receiver, by which the next delivery is found without
    /// looking at all that waits.
    ///
    /// It repeats what `notices` and `digests` say; `HeadRows` keeps it so. `held_until` is the time from which
    /// the notice may be sent, NULL for "at any time"; `free_at` is the same, and NULL once that time has come.
    static let alerts006Heads = Migration("006-heads") { db in
        try db.execute(
            sql: """
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
                CREATE INDEX heads_free ON heads (receiver, urgency, sequence) WHERE free_at IS NULL;
                CREATE INDEX heads_held ON heads (receiver, free_at) WHERE free_at IS NOT NULL;
                CREATE INDEX heads_freed ON heads (receiver, held_until)
                    WHERE free_at IS NULL AND held_until IS NOT NULL;
                CREATE INDEX heads_digestible ON heads (receiver, urgency, sequence) WHERE is_digestible;
                """
        )
        try HeadRows(db: db).rebuild()
    }
}
