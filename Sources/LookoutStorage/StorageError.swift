/// Why a database could not be opened, read or written: a code from a closed set and words for people.
///
/// The message says what failed, on which file, and what to do; it holds neither SQL arguments nor
/// anything that was stored. The cause, where there is one, is SQLite's or the system's own error.
package struct StorageError: Error, Sendable {
    /// The closed set of reasons, which may be a metric label.
    package enum Code: String, CaseIterable, Hashable, Sendable {
        /// The folder of the database does not exist, or is not a folder.
        case folderMissing = "folder_missing"
        /// The file should be there and is not.
        case fileMissing = "file_missing"
        /// The system does not let this user read or write the file or its folder.
        case permissionDenied = "permission_denied"
        /// The file or its file system can be read only.
        case readOnly = "read_only"
        /// There is no room for what should be written.
        case diskFull = "disk_full"
        /// Another program holds a lock on the database.
        case locked
        /// Another Lookout uses the data folder.
        case inUse = "in_use"
        /// The file is an SQLite database whose content is damaged.
        case corrupt
        /// The file is no SQLite database at all.
        case notADatabase = "not_a_database"
        /// It is something else than our file: a folder, the database of another program, or the
        /// other one of Lookout's.
        case foreign
        /// The file was written by a newer version of Lookout.
        case newerVersion = "newer_version"
        /// The file was written by an older version of Lookout, or is empty, and is to be read only.
        case olderVersion = "older_version"
        /// The disk or the file system reported a fault.
        case inputOutput = "input_output"
        /// The system has no descriptors or no memory left for it.
        case outOfResources = "out_of_resources"
        /// What should be added is there already.
        case duplicate
        /// Anything else, such as a statement that should not have failed: a defect of Lookout's.
        case failed
    }

    package let code: Code
    /// The file or folder that this is about.
    package let path: String
    package let message: String
    package let cause: (any Error)?

    package init(_ code: Code, path: String, message: String, cause: (any Error)? = nil) {
        self.code = code
        self.path = path
        self.message = message
        self.cause = cause
    }
}

extension StorageError: CustomStringConvertible {
    package var description: String { message }
}
