import GRDB
import Glibc
import Testing

@testable import LookoutStorage

@Suite struct StorageErrorTests {
    @Test(arguments: [
        (ResultCode.SQLITE_FULL, StorageError.Code.diskFull),
        (.SQLITE_BUSY, .locked), (.SQLITE_BUSY_SNAPSHOT, .locked), (.SQLITE_LOCKED, .locked),
        (.SQLITE_READONLY, .readOnly), (.SQLITE_READONLY_DBMOVED, .readOnly),
        (.SQLITE_CANTOPEN, .permissionDenied), (.SQLITE_PERM, .permissionDenied),
        (.SQLITE_CORRUPT, .corrupt), (.SQLITE_CORRUPT_VTAB, .corrupt), (.SQLITE_NOTADB, .notADatabase),
        (.SQLITE_IOERR, .inputOutput), (.SQLITE_IOERR_FSYNC, .inputOutput),
        (.SQLITE_CONSTRAINT, .failed), (.SQLITE_NOMEM, .outOfResources), (.SQLITE_ERROR, .failed),
    ])
    func `each result code of SQLite has its code`(result: ResultCode, code: StorageError.Code) {
        let cause = DatabaseError(
            resultCode: result,
            message: "words",
            sql: "SELECT ?",
            arguments: ["secret"]
        )
        let error = StorageError(cause, while: .write, path: "/data/alerts.db")
        #expect(error.code == code)
        #expect(error.message.hasPrefix("cannot write to /data/alerts.db: "))
        #expect(error.message.contains("words"))
        #expect(!"\(error)".contains("secret"))
    }

    @Test(arguments: [
        (ENOENT, StorageError.Code.folderMissing), (ENOTDIR, .folderMissing), (EACCES, .permissionDenied),
        (EPERM, .permissionDenied), (EROFS, .readOnly), (ENOSPC, .diskFull), (EDQUOT, .diskFull),
        (EISDIR, .foreign), (EIO, .inputOutput), (EMFILE, .outOfResources),
    ])
    func `each errno has its code`(number: Int32, code: StorageError.Code) {
        #expect(StorageError(systemError: number, while: .open, path: "/data").code == code)
    }

    @Test func `an error that is one of ours already stays as it is`() {
        let inner = StorageError(.corrupt, path: "/a", message: "inner")
        #expect(StorageError(inner, while: .read, path: "/b").path == "/a")
    }

    @Test(arguments: StorageError.Code.allCases)
    func `every code says what is the matter and what to do`(code: StorageError.Code) {
        let error = StorageError(code, while: .open, path: "/data/history.db")
        #expect(error.message == "cannot open /data/history.db: \(code.reason); \(code.remedy)")
        #expect(!code.reason.isEmpty && !code.remedy.isEmpty)
        #expect(code.rawValue.utf8.allSatisfy { $0 == UInt8(ascii: "_") || (97...122).contains($0) })
    }
}
