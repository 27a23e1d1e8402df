import Glibc
import LookoutModel

/// The records as files for people: one a deployment, and the history of all.
///
/// A file is replaced as a whole, so that a reader or a crash never sees half of one.
package struct RecordFolder: Sendable {
    package static let historyName = "DEPLOYMENT_HISTORY.md"

    private let path: String

    /// - Parameter path: a folder that exists.
    package init(_ path: String) {
        self.path = path
    }

    /// Writes the record of a deployment to `<id>.md`.
    package func write(_ record: DeploymentRecord, of id: DeploymentID) throws(RecordFileError) {
        try replace("\(id.text).md", with: record.markdown)
    }

    /// Writes the history document of all deployments.
    package func writeHistory(_ records: [DeploymentRecord]) throws(RecordFileError) {
        try replace(Self.historyName, with: DeploymentRecord.history(records))
    }

    private func replace(_ name: String, with text: String) throws(RecordFileError) {
        let place = "\(path)/\(name)"
        var template = Array("\(path)/.\(name).XXXXXX".utf8CString)
        let file = mkstemp(&template)
        guard file >= 0 else { throw RecordFileError("cannot create a file beside", place, errno) }
        _ = fcntl(file, F_SETFD, FD_CLOEXEC)
        let temporary = template.withUnsafeBufferPointer { $0.baseAddress.map(String.init(cString:)) ?? "" }
        do throws(RecordFileError) {
            try Self.fill(file, with: text, place)
            guard rename(temporary, place) == 0 else { throw RecordFileError("cannot replace", place, errno) }
        } catch {
            unlink(temporary)
            throw error
        }
        syncFolder()
    }

    /// Writes, makes it readable as other files are, and waits until it is on the disk; closes it in any case.
    private static func fill(_ file: Int32, with text: String, _ place: String) throws(RecordFileError) {
        var bytes = Array(text.utf8)[...]
        var fault: Int32 = 0
        while !bytes.isEmpty, fault == 0 {
            let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count >= 0 { bytes.removeFirst(count) } else if errno != EINTR { fault = errno }
        }
        if fault == 0, fchmod(file, 0o644) != 0 || fsync(file) != 0 { fault = errno }
        if close(file) != 0, fault == 0 { fault = errno }
        if fault != 0 { throw RecordFileError("cannot write", place, fault) }
    }

    /// The new name is on the disk too; a file system that cannot do that does not make the record wrong.
    private func syncFolder() {
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }
}

/// A record could not be written to its file; the store still has it.
package struct RecordFileError: Error, Hashable, CustomStringConvertible {
    package let description: String

    init(_ words: String, _ path: String, _ code: Int32) {
        description = "\(words) \(PlainText.line(path)): \(String(cString: strerror(code)))"
    }
}
