import Glibc
package import LookoutModel

/// The samples, in `history.db`: useful, but nothing that an alert hangs on.
///
/// A commit survives the end of the process; the loss of power may take the last ones. A file that
/// is damaged is moved aside, so that Lookout starts whatever has become of it.
package struct HistoryDatabase: Sendable {
    package let samples: SQLiteSampleStore
    /// What was moved aside to make room for an empty database; nil normally.
    package let replaced: Replacement?

    /// A damaged database that was moved aside at opening, to be told to the operator.
    package struct Replacement: Sendable {
        /// Where the damaged file is now.
        package let path: String
        package let reason: StorageError
    }

    /// Opens the database, creates it if it is missing, replaces it if it is damaged.
    ///
    /// Blocks for at most some seconds.
    ///
    /// - Parameters:
    ///   - path: The file, in a folder that exists.
    ///   - now: The time that names a file that is moved aside.
    /// - Returns: The open database, and what was moved aside for it.
    /// - Throws: If the file cannot be used and is not damaged: it is of a newer version or another
    ///   program, locked, or the disk or folder does not allow it.
    package static func open(at path: String, now: Timestamp) throws(StorageError) -> HistoryDatabase {
        let suspicion = Suspicion(of: path)
        do throws(StorageError) {
            if suspicion.isRaised {
                let detail = "its content is damaged (met while it was last in use)"
                throw StorageError(.corrupt, while: .open, path: path, detail: detail)
            }
            return HistoryDatabase(samples: try openStore(at: path), replaced: nil)
        } catch {
            guard error.code == .corrupt || error.code == .notADatabase else { throw error }
            let aside = try DamagedDatabase(path: path).moveAside(now: now)
            suspicion.clear()
            let replacement = Replacement(path: aside, reason: error)
            return HistoryDatabase(samples: try openStore(at: path), replaced: replacement)
        }
    }

    /// Opens a database that is there for reading in bulk, also beside the agent that writes to it.
    ///
    /// - Parameter path: The file.
    /// - Returns: The archive of its samples.
    /// - Throws: If the file is missing, damaged, not ours, or of another version; it stays as it is.
    package static func openArchive(at path: String) throws(StorageError) -> SQLiteSampleArchive {
        let file = DatabaseFile(path: path, schema: .history, durability: .process)
        return SQLiteSampleArchive(try file.openForReading())
    }

    private static func openStore(at path: String) throws(StorageError) -> SQLiteSampleStore {
        let pool = try DatabaseFile(path: path, schema: .history, durability: .process).open()
        do {
            return try SQLiteSampleStore(pool, suspicion: Suspicion(of: path))
        } catch {
            throw StorageError(error, while: .read, path: path)
        }
    }
}
