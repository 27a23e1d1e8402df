import Foundation
import GRDB
import LookoutSimulation
import LookoutTestSupport

/// The agent's `alerts.db`, as another program sees it.
struct OutboxFile {
    let path: String

    init(of world: DemoWorld) {
        path = world.folder.path("data/alerts.db")
    }

    /// The ids of all notices, whatever has become of them.
    var notices: Set<String> {
        get throws { try read { try Set(String.fetchAll($0, sql: "SELECT id FROM notices")) } }
    }

    /// How many attempts were counted, of all notices.
    var failedAttempts: Int {
        get throws {
            try read {
                try Int.fetchOne($0, sql: "SELECT COALESCE(SUM(failed_attempts), 0) FROM notices") ?? 0
            }
        }
    }

    /// How many notices of a severity wait for a receiver.
    func waiting(for receiver: String, severity: Int) throws -> Int {
        try read { database in
            try Int.fetchOne(
                database,
                sql: """
                    SELECT COUNT(*) FROM notices
                    WHERE status = 'waiting' AND CAST(receiver AS TEXT) = ? AND severity = ?
                    """,
                arguments: [receiver, severity]
            ) ?? 0
        }
    }

    /// Makes everything that waits as old as if it had waited so many seconds longer.
    func age(bySeconds seconds: Int64) throws {
        try queue().write { database in
            try database.execute(
                sql: "UPDATE notices SET created_at = created_at - ? WHERE status = 'waiting'",
                arguments: [seconds * 1_000_000]
            )
        }
    }

    /// The verdict of SQLite's own examination: `ok`.
    var integrity: String {
        get throws { try read { try String.fetchOne($0, sql: "PRAGMA integrity_check") ?? "" } }
    }

    /// Destroys all of the file but its first page, as a dying disk might.
    ///
    /// - Returns: Whether it did: not while somebody reads.
    func destroy() throws -> Bool {
        let queue = try queue()
        let (isBusy, size) = try queue.writeWithoutTransaction { database in
            let isBusy = try Int.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            return (isBusy ?? 1, try Int.fetchOne(database, sql: "PRAGMA page_size") ?? 4096)
        }
        try queue.close()
        guard isBusy == 0 else { return false }
        let handle = try FileHandle(forUpdating: URL(filePath: path))
        defer { try? handle.close() }
        let length = try handle.seekToEnd()
        try handle.seek(toOffset: UInt64(size))
        try handle.write(contentsOf: Data(repeating: 0x5A, count: Int(length) - size))
        return true
    }

    /// Holds the lock for writing until what is returned is let go of.
    func lock() throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        configuration.busyMode = .timeout(10)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
        return queue
    }

    private func queue() throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    private func read<Value>(_ value: (Database) throws -> Value) throws -> Value {
        try queue().read(value)
    }
}
