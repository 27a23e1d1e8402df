import FoundationEssentials
import Glibc

/// A folder of its own for one run of the demo, gone when it ends.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        var template = Array(
            "\(ProcessEnvironment.variables["TMPDIR"] ?? "/tmp")/lookout-demo-XXXXXX".utf8CString
        )
        guard let made = mkdtemp(&template) else {
            throw CocoaError(.fileWriteUnknown)
        }
        path = String(cString: made)
    }

    /// Writes a file into the folder; its path.
    func write(_ text: String, to name: String) throws -> String {
        let file = "\(path)/\(name)"
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        return file
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}

/// A file that log lines are appended to, while the screen is taken.
final class LogFile: Sendable {
    private let descriptor: Int32

    init(path: String) throws {
        descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    func append(_ line: String) {
        let bytes = Array(line.utf8)
        _ = Glibc.write(descriptor, bytes, bytes.count)
    }

    deinit {
        close(descriptor)
    }
}
