import GRDB

extension Migration {
    /// What people announced is kept; the documents are `Announcement.document`.
    ///
    /// In `notices` the column `alert` has the announcement's topic, and `is_alone` keeps it out of digests.
    static let alerts005Announcements = Migration("005-announcements") { db in
        try db.execute(
            sql: """
                CREATE TABLE announcements (
                    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
                    at INTEGER NOT NULL,
                    document TEXT NOT NULL
                ) STRICT;
                CREATE INDEX announcements_by_time ON announcements (at);
                """
        )
    }
}
