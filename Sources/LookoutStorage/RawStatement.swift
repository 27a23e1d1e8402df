import GRDB
import GRDBSQLite

/// A prepared statement driven by SQLite's own calls, for rows by the million.
///
/// GRDB prepares, keeps and finalizes it. What this leaves out is the work that GRDB does for each row
/// and each argument, which costs more than SQLite's own; no transaction observer sees such a write.
struct RawStatement {
    private let statement: Statement
    private let handle: SQLiteStatement

    /// - Parameter statement: one that nobody else uses at the same time.
    init(_ statement: Statement) {
        self.statement = statement
        handle = statement.sqliteStatement
    }

    /// Goes to the next row; false if there is none, after which the next step begins anew.
    func step() throws -> Bool {
        let code = sqlite3_step(handle)
        if code == SQLITE_ROW { return true }
        // Only a reset statement can be bound again, and ends its read.
        sqlite3_reset(handle)
        if code == SQLITE_DONE { return false }
        // GRDB interrupts a read whose task was cancelled.
        if code & 0xFF == SQLITE_INTERRUPT { throw CancellationError() }
        throw DatabaseError(
            resultCode: ResultCode(rawValue: code),
            message: sqlite3_errmsg(sqlite3_db_handle(handle)).map { String(cString: $0) }
        )
    }

    /// Ends the reading before the last row.
    func reset() {
        sqlite3_reset(handle)
    }

    // MARK: Arguments, numbered from 1

    func bind(_ number: Int64, at index: Int32) {
        sqlite3_bind_int64(handle, index, number)
    }

    func bind(_ number: Int64?, at index: Int32) {
        if let number { bind(number, at: index) } else { sqlite3_bind_null(handle, index) }
    }

    /// Binds a text for the time of `body`, without a copy.
    func binding<Value>(_ text: String?, at index: Int32, _ body: () throws -> Value) rethrows -> Value {
        guard var text else {
            sqlite3_bind_null(handle, index)
            return try body()
        }
        return try text.withUTF8 { bytes in
            defer { sqlite3_bind_null(handle, index) }
            return try bytes.withMemoryRebound(to: CChar.self) { characters in
                // An empty buffer may have no address, which SQLite would take for NULL.
                guard let address = characters.baseAddress else {
                    return try "".withCString { empty in
                        sqlite3_bind_text(handle, index, empty, 0, nil)
                        return try body()
                    }
                }
                sqlite3_bind_text(handle, index, address, Int32(characters.count), nil)
                return try body()
            }
        }
    }

    /// Binds bytes for the time of `body`, without a copy.
    func binding<Value>(_ bytes: [UInt8], at index: Int32, _ body: () throws -> Value) rethrows -> Value {
        try bytes.withUnsafeBytes { bytes in
            defer { sqlite3_bind_null(handle, index) }
            if let address = bytes.baseAddress, !bytes.isEmpty {
                sqlite3_bind_blob(handle, index, address, Int32(bytes.count), nil)
            } else {
                sqlite3_bind_zeroblob(handle, index, 0)
            }
            return try body()
        }
    }

    // MARK: Columns of the current row, numbered from 0

    func int64(_ column: Int32) -> Int64 {
        sqlite3_column_int64(handle, column)
    }

    func optionalInt64(_ column: Int32) -> Int64? {
        let number = sqlite3_column_int64(handle, column)
        // NULL reads as 0, so only a 0 has to be looked at twice.
        return number == 0 && sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : number
    }

    /// The bytes of a text, which are valid until the next step; nil for NULL.
    func text(_ column: Int32) -> UnsafeBufferPointer<UInt8>? {
        guard let bytes = sqlite3_column_text(handle, column) else { return nil }
        return UnsafeBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(handle, column)))
    }

    /// A copy of the bytes of a blob; empty for NULL.
    func bytes(_ column: Int32) -> [UInt8] {
        guard let bytes = sqlite3_column_blob(handle, column) else { return [] }
        return [UInt8](UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(handle, column))))
    }
}
