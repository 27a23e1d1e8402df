import GRDB

extension Migration {
    /// Notices are found by their alert's episode: who was never told of one is not told of its end.
    static let alerts002Episodes = Migration("002-episodes") { db in
        try db.execute(
            sql: """
                ALTER TABLE notices ADD COLUMN episode INTEGER NOT NULL DEFAULT 0;
                UPDATE notices SET episode = json_extract(document, '$.alert.episode')
                    WHERE json_valid(document) AND json_type(document, '$.alert.episode') = 'integer';
                CREATE INDEX notices_of_episode ON notices (receiver, alert, episode)
                    WHERE status <> 'waiting';
                """
        )
    }
}
