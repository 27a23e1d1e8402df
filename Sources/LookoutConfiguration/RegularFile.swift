import Glibc

/// A file that is read whole, up to a limit.
struct RegularFile {
    /// Why a file could not be read, for people; the path is not repeated.
    struct ReadError: Error, Hashable {
        let message: String
    }

    let path: String
    /// The most bytes it may have.
    let limit: Int

    /// The file's bytes.
    ///
    /// Pipes, devices and directories are refused: they could hold up a reload for ever.
    func read() throws(ReadError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw ReadError.lastSystemError() }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw ReadError.lastSystemError() }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw ReadError(message: "it is a directory")
        default: throw ReadError(message: "it is not a regular file")
        }
        return try content(of: descriptor)
    }

    private func content(of descriptor: CInt) throws(ReadError) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= limit {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count == 0 { return bytes }
            if count > 0 {
                bytes += chunk[..<count]
            } else if errno != EINTR {
                throw ReadError.lastSystemError()
            }
        }
        throw ReadError(message: "it is larger than \(limit / 1024) KiB")
    }
}

extension RegularFile.ReadError {
    /// What the C library says of the call that has just failed.
    fileprivate static func lastSystemError() -> Self {
        Self(message: String(cString: strerror(errno)).lowercased())
    }
}
