import GRDB
import Glibc

/// What was being done to a file when it failed: the first words of the message.
enum StorageOperation: String, Sendable {
    case open
    case read
    case write = "write to"
    case lock
}

extension StorageError {
    /// The error for a code: the operation, the file, what is the matter, what to do.
    init(
        _ code: Code,
        while operation: StorageOperation,
        path: String,
        detail: String? = nil,
        cause: (any Error)? = nil
    ) {
        let reason = detail ?? code.reason
        let message = "cannot \(operation.rawValue) \(path): \(reason); \(code.remedy)"
        self.init(code, path: path, message: message, cause: cause)
    }

    /// The error for whatever GRDB threw; an error that is a `StorageError` already stays as it is.
    init(_ error: any Error, while operation: StorageOperation, path: String) {
        switch error {
        case let error as StorageError:
            self = error
        case let error as DatabaseError:
            let code = Code(error.resultCode)
            let number = error.extendedResultCode.rawValue
            // SQLite's own words, never the statement's arguments.
            let words = error.message ?? "no message"
            let detail = "\(code.reason) (SQLite error \(number): \(words))"
            self.init(code, while: operation, path: path, detail: detail, cause: error)
        default:
            let detail = "\(Code.failed.reason) (\(type(of: error)))"
            self.init(.failed, while: operation, path: path, detail: detail, cause: error)
        }
    }

    /// The error for a failed system call.
    init(systemError number: Int32, while operation: StorageOperation, path: String) {
        let code = Code(systemError: number)
        let detail = "\(code.reason) (\(String(cString: strerror(number))))"
        self.init(code, while: operation, path: path, detail: detail)
    }
}

extension StorageError.Code {
    /// The code for a result code of SQLite, <https://www.sqlite.org/rescode.html>.
    init(_ resultCode: ResultCode) {
        self =
            switch resultCode.primaryResultCode {
            case .SQLITE_FULL: .diskFull
            case .SQLITE_BUSY, .SQLITE_LOCKED: .locked
            case .SQLITE_READONLY: .readOnly
            case .SQLITE_PERM, .SQLITE_AUTH, .SQLITE_CANTOPEN: .permissionDenied
            case .SQLITE_CORRUPT: .corrupt
            case .SQLITE_NOTADB: .notADatabase
            case .SQLITE_IOERR, .SQLITE_PROTOCOL, .SQLITE_NOLFS: .inputOutput
            case .SQLITE_NOMEM: .outOfResources
            default: .failed
            }
    }

    /// The code for an `errno`.
    init(systemError number: Int32) {
        self =
            switch number {
            case ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG: .folderMissing
            case EACCES, EPERM: .permissionDenied
            case EROFS: .readOnly
            case ENOSPC, EDQUOT, EFBIG: .diskFull
            case EISDIR: .foreign
            case EMFILE, ENFILE, ENOMEM: .outOfResources
            case EBUSY, ETXTBSY: .locked
            default: .inputOutput
            }
    }

    /// What is the matter, in a few words.
    var reason: String {
        switch self {
        case .folderMissing: "its folder does not exist"
        case .fileMissing: "it does not exist"
        case .permissionDenied: "access is not permitted"
        case .readOnly: "it is read-only"
        case .diskFull: "the disk is full"
        case .locked: "another program has locked it"
        case .inUse: "another Lookout is using it"
        case .corrupt: "its content is damaged"
        case .notADatabase: "it is not an SQLite database"
        case .foreign: "it is something else than this database of Lookout's"
        case .newerVersion: "a newer version of Lookout wrote it"
        case .olderVersion: "it is empty, or an older version of Lookout wrote it"
        case .inputOutput: "the disk or file system reported a fault"
        case .outOfResources: "the system has no descriptors or memory left"
        case .duplicate: "it is there already"
        case .failed: "an unexpected error"
        }
    }

    /// What to do about it.
    var remedy: String {
        switch self {
        case .folderMissing: "create the folder or correct the path"
        case .fileMissing: "correct the path, or let the agent run, which creates it"
        case .permissionDenied: "let the user that runs Lookout read and write the file and its folder"
        case .readOnly: "make the file and its file system writable"
        case .diskFull: "make room on the disk"
        case .locked: "end the program that holds it, such as a backup or an open sqlite3 shell"
        case .inUse: "stop the other one, or give this one a data folder of its own"
        case .corrupt, .notADatabase:
            "restore it from a backup, or move it away and Lookout begins with an empty one"
        case .foreign: "correct the path, or move that away"
        case .newerVersion: "run that version again, or move the file away to begin with an empty one"
        case .olderVersion: "start this version's agent once, which brings it up to date"
        case .inputOutput: "look for disk errors in the system's journal"
        case .outOfResources: "raise the limits of the service, such as LimitNOFILE"
        case .duplicate, .failed: "please report this"
        }
    }
}
