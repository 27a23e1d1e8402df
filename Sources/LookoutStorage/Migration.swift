import GRDB

/// One step from an older form of a database to a newer one.
///
/// A migration that was released is never changed, since databases exist that ran it: what is
/// wrong with it is mended by the next one.
struct Migration: Sendable {
    /// The name under which the database remembers that the step was taken, such as `001-samples`.
    let name: String
    /// Makes the change, inside of a transaction.
    let apply: @Sendable (Database) throws -> Void

    init(_ name: String, _ apply: @escaping @Sendable (Database) throws -> Void) {
        self.name = name
        self.apply = apply
    }
}

/// What one kind of database file looks like: the mark that tells it from others, and its history.
struct DatabaseSchema: Sendable {
    /// `PRAGMA application_id`: four letters in the file's header that say whose it is.
    let applicationID: Int32
    /// All steps, the first one first.
    let migrations: [Migration]

    /// Takes the steps that the database lacks, each in a transaction of its own.
    ///
    /// With each step the header's `user_version` becomes the number of steps taken.
    func migrate(_ writer: some DatabaseWriter) throws {
        var migrator = DatabaseMigrator()
        for (version, migration) in zip(1..., migrations) {
            migrator.registerMigration(migration.name) { [applicationID] db in
                try db.execute(sql: "PRAGMA application_id = \(applicationID)")
                try db.execute(sql: "PRAGMA user_version = \(version)")
                try migration.apply(db)
            }
        }
        try migrator.migrate(writer)
    }
}
