import ArgumentParser
import LookoutConfiguration
import LookoutStorage

/// The databases that the agent keeps, opened for reading; it may run meanwhile.
struct StoredHistory {
    let samples: SQLiteSampleArchive
    private let directory: String

    /// Opens the samples; says why and ends with 69 if they cannot be read.
    init(_ directory: String) throws {
        self.directory = directory
        do throws(StorageError) {
            samples = try HistoryDatabase.openArchive(at: "\(directory)/history.db")
        } catch {
            StandardStreams.writeError("lookout: \(error)\n")
            throw ExitCode.unavailable
        }
    }

    /// What is known of the alerts, or why nothing is.
    var alerts: Result<AlertDatabase, StorageError> {
        Result { () throws(StorageError) in try AlertDatabase.openForReading(at: "\(directory)/alerts.db") }
    }
}

/// Runs work on stored data; says why and ends with 69 if that cannot be read.
func readingStore<Value>(_ work: () async throws -> Value) async throws -> Value {
    do {
        return try await work()
    } catch let error as StorageError {
        StandardStreams.writeError("lookout: \(error)\n")
        throw ExitCode.unavailable
    }
}
