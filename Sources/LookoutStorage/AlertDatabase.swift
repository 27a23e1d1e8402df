/// The alerts and the outbox, in `alerts.db`.
///
/// A commit survives the loss of power. The file is never replaced: without it Lookout could not know
/// what people were told, so whatever is wrong with it is for the operator to decide.
package struct AlertDatabase: Sendable {
    package let alerts: SQLiteAlertStore

    /// Opens the database, creates it if it is missing, and reads it once to see that it is sound.
    ///
    /// Blocks for at most some seconds.
    ///
    /// - Parameter path: The file, in a folder that exists.
    /// - Returns: The open database.
    /// - Throws: If the file cannot be used for whatever reason; the message says what to do.
    package static func open(at path: String) throws(StorageError) -> AlertDatabase {
        let file = DatabaseFile(path: path, schema: .alerts, durability: .power, checksIntegrity: true)
        return AlertDatabase(alerts: SQLiteAlertStore(try file.open()))
    }

    /// Opens a database that is there for reading, also beside the agent that writes to it.
    ///
    /// - Parameter path: The file.
    /// - Returns: The database, all of whose writes throw.
    /// - Throws: If the file is missing, damaged, not ours, or of another version; it stays as it is.
    package static func openForReading(at path: String) throws(StorageError) -> AlertDatabase {
        let file = DatabaseFile(path: path, schema: .alerts, durability: .power)
        return AlertDatabase(alerts: SQLiteAlertStore(try file.openForReading()))
    }
}
