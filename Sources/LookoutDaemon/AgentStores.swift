import FoundationEssentials
import Logging
import LookoutAlerting
import LookoutConfiguration
import LookoutModel
import LookoutStorage

/// The data directory with its lock and its two databases.
final class AgentStores: Sendable {
    let alerts: SQLiteAlertStore
    /// What people say about alerts; in the same file.
    let operations: SQLiteOperationsStore
    let samples: SQLiteSampleStore
    /// Reads the alerts beside the store that writes them.
    let audit: SQLiteAuditSource
    private let lock: DataDirectoryLock

    /// Makes the directory if it is missing, takes its lock, opens the databases.
    ///
    /// A damaged history is moved aside, which is logged; everything else that is wrong throws.
    init(directory: String, now: Timestamp, logger: Logger) throws(AgentError) {
        try Self.make(directory)
        do throws(StorageError) {
            lock = try DataDirectoryLock(directory: directory)
            alerts = try AlertDatabase.open(at: "\(directory)/alerts.db").alerts
            operations = SQLiteOperationsStore(alerts) { try TextPattern(compiling: $0) }
            audit = try SQLiteAuditSource(path: "\(directory)/alerts.db")
            let history = try HistoryDatabase.open(at: "\(directory)/history.db", now: now)
            samples = history.samples
            if let replaced = history.replaced {
                logger.error(
                    "the history was damaged and is started anew; alerts are not touched by this",
                    metadata: ["error": "\(replaced.reason)", "kept": "\(replaced.path)"]
                )
            }
        } catch {
            throw AgentError(.storage, "\(error)")
        }
    }

    /// The silences that are in force or lie ahead.
    func silences(at now: Timestamp) async throws(AgentError) -> [Silence] {
        do {
            return try await operations.silences(endingAfter: now)
        } catch {
            throw AgentError(.storage, "the stored silences cannot be read: \(error)")
        }
    }

    private static func make(_ directory: String) throws(AgentError) {
        do {
            try FileManager.default.createDirectory(
                atPath: directory,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw AgentError(
                .storage,
                "the data directory \(directory) cannot be made; set `data_directory` to one that this user may write"
            )
        }
    }
}
