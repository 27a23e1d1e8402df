import GRDB
import Glibc

/// A database file that is to be opened: where it is, what it should hold, and how safe writes are.
///
/// Opening looks before it touches. The file is first read through a read-only connection, so that a
/// file that is not ours, or that a newer version wrote, is refused with its bytes as they were.
struct DatabaseFile: Sendable {
    /// What a committed transaction survives, <https://www.sqlite.org/pragma.html#pragma_synchronous>.
    enum Durability: Int, Sendable {
        /// `NORMAL`: the end of the process, but the last commits may be lost with the power.
        case process = 1
        /// `FULL`: also the loss of power, at the price of an fsync a commit.
        case power = 2
    }

    let path: String
    let schema: DatabaseSchema
    let durability: Durability
    /// Whether opening reads the whole file to see that its structure is sound.
    var checksIntegrity = false
    /// How long to wait for a lock that another program holds, in seconds.
    var patience = 5.0

    /// Opens the database, creates it if it is missing, and brings it to the newest form.
    ///
    /// Blocks the calling thread: at most for the time that a lock, the check or a migration takes.
    func open() throws(StorageError) -> DatabasePool {
        try createIfMissing()
        do {
            try inspect()
            let pool = try DatabasePool(path: path, configuration: configuration)
            try schema.migrate(pool)
            try settleDurability(of: pool)
            return pool
        } catch {
            throw StorageError(error, while: .open, path: path)
        }
    }

    /// Opens the database for reading beside whoever writes to it: it is neither created nor changed.
    ///
    /// Throws also for one that lacks steps which `open()` would take.
    func openForReading() throws(StorageError) -> DatabasePool {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            guard errno == ENOENT else { throw StorageError(systemError: errno, while: .open, path: path) }
            throw StorageError(.fileMissing, while: .open, path: path)
        }
        close(descriptor)
        do {
            try inspect(demandsNewest: true)
            var configuration = Configuration()
            configuration.label = "lookout.storage.reading"
            configuration.readonly = true
            configuration.busyMode = .timeout(patience)
            // Several threads may go through the file at the same time, each along many of its branches.
            configuration.maximumReaderCount = max(5, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))) + 1)
            configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA cache_size = -65536") }
            return try DatabasePool(path: path, configuration: configuration)
        } catch {
            throw StorageError(error, while: .open, path: path)
        }
    }

    private var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "lookout.storage"
        configuration.busyMode = .timeout(patience)
        configuration.prepareDatabase { db in
            // Keeps the write-ahead log from staying as large as its largest moment.
            try db.execute(sql: "PRAGMA journal_size_limit = 67108864")
            // Debian's SQLite overwrites what is deleted with zeros; nothing secret is stored here.
            try db.execute(sql: "PRAGMA secure_delete = OFF")
            try db.execute(sql: "PRAGMA cache_size = -8192")
        }
        return configuration
    }

    /// Makes an empty file, which only this user can read, and learns from the system why it cannot.
    private func createIfMissing() throws(StorageError) {
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StorageError(systemError: errno, while: .open, path: path) }
        close(descriptor)
    }

    /// Throws unless the file is empty, or a sound database of this schema in this or an older form.
    private func inspect(demandsNewest: Bool = false) throws {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(patience)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? queue.close() }
        try queue.read { db in
            try refuseForeign(db)
            try refuseNewer(db)
            if demandsNewest { try refuseOlder(db) }
            if checksIntegrity { try refuseDamaged(db) }
        }
    }

    private func refuseForeign(_ db: Database) throws {
        let mark = try Int32.fetchOne(db, sql: "PRAGMA application_id")
        if mark == schema.applicationID { return }
        // Without our mark it must be new. A first start may have ended before the first migration.
        let tables =
            "SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE 'grdb_%'"
        guard mark == 0, try String.fetchOne(db, sql: tables) == nil else {
            throw StorageError(.foreign, while: .open, path: path)
        }
    }

    private func refuseNewer(_ db: Database) throws {
        let known = Set(schema.migrations.map(\.name))
        let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        let applied =
            try db.tableExists("grdb_migrations")
            ? String.fetchAll(db, sql: "SELECT identifier FROM grdb_migrations ORDER BY identifier") : []
        if let stranger = applied.first(where: { !known.contains($0) }) {
            let detail = "a newer version of Lookout wrote it (migration \(stranger.debugDescription))"
            throw StorageError(.newerVersion, while: .open, path: path, detail: detail)
        }
        guard version <= schema.migrations.count else {
            let detail =
                "a newer version of Lookout wrote it (form \(version), this one knows \(schema.migrations.count))"
            throw StorageError(.newerVersion, while: .open, path: path, detail: detail)
        }
    }

    private func refuseOlder(_ db: Database) throws {
        let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        guard version == schema.migrations.count else {
            throw StorageError(.olderVersion, while: .open, path: path)
        }
    }

    /// Asks SQLite for the first fault in the file's structure.
    private func refuseDamaged(_ db: Database) throws {
        let verdict = try String.fetchOne(db, sql: "PRAGMA quick_check(1)") ?? "no answer"
        guard verdict == "ok" else {
            let detail = "its content is damaged (\(verdict))"
            throw StorageError(.corrupt, while: .open, path: path, detail: detail)
        }
    }

    /// Sets `synchronous` on the one connection that writes, and sees that it holds.
    ///
    /// Not in `prepareDatabase`: `DatabasePool` sets NORMAL after that has run.
    private func settleDurability(of pool: DatabasePool) throws {
        let level = try pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA synchronous = \(durability.rawValue)")
            return try Int.fetchOne(db, sql: "PRAGMA synchronous")
        }
        guard level == durability.rawValue else {
            let detail = "SQLite does not accept PRAGMA synchronous = \(durability.rawValue)"
            throw StorageError(.failed, while: .open, path: path, detail: detail)
        }
    }
}
