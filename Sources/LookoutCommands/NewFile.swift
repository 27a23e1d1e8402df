import ArgumentParser
import Glibc

/// A file that a command writes for a person, and that must not exist before.
enum NewFile {
    /// Writes the file whole; ends the command with 73 if it cannot, which includes that it exists.
    static func write(_ text: String, to path: String) throws {
        guard let file = fopen(path, "wxe") else { throw failure(path) }
        let bytes = Array(text.utf8)
        let written = fwrite(bytes, 1, bytes.count, file)
        guard fclose(file) == 0, written == bytes.count else { throw failure(path) }
    }

    private static func failure(_ path: String) -> ExitCode {
        StandardStreams.writeError("error: \(path) cannot be written: \(String(cString: strerror(errno)))\n")
        return ExitCode.cannotCreate
    }
}
