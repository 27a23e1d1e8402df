import GRDB

extension Migration {
    /// One row that is written now and then, to see that a commit reaches the disk.
    static let alerts004Pulse = Migration("004-pulse") { db in
        try db.execute(
            sql: "CREATE TABLE pulse (id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER NOT NULL) STRICT"
        )
    }
}
