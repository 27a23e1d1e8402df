import Glibc

/// A small file of the data directory that only the agent's user (and root) can read.
struct PrivateFile {
    /// Why the system refused; `number` is the errno.
    struct Failure: Error, CustomStringConvertible {
        let number: CInt

        var description: String { String(cString: strerror(number)).lowercased() }
        var isMissing: Bool { number == ENOENT || number == ENOTDIR }
        var isForbidden: Bool { number == EACCES || number == EPERM }

        /// Of the call that has just failed.
        static var last: Failure { Failure(number: errno) }
    }

    let path: String

    /// Puts a text in the place of what was there: whole or not at all, and on the disk when this returns.
    func replace(with text: String) throws(Failure) {
        let draft = path + ".new"
        unlink(draft)
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let descriptor = open(draft, flags, 0o600)
        guard descriptor >= 0 else { throw .last }
        do throws(Failure) {
            defer { close(descriptor) }
            try Self.write(Array(text.utf8), to: descriptor)
            guard rename(draft, path) == 0 else { throw .last }
        } catch {
            unlink(draft)
            throw error
        }
        try syncDirectory()
    }

    /// What is in it; larger than the limit, in bytes, is refused with `EFBIG`.
    func text(limit: Int) throws(Failure) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
        guard descriptor >= 0 else { throw .last }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= limit {
            let count = read(descriptor, &chunk, chunk.count)
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            if count > 0 {
                bytes += chunk[..<count]
            } else if errno != EINTR {
                throw .last
            }
        }
        throw Failure(number: EFBIG)
    }

    /// Removes it; that it is not there is no failure.
    func remove() throws(Failure) {
        guard unlink(path) != 0 else { return try syncDirectory() }
        let failure = Failure.last
        if !failure.isMissing { throw failure }
    }

    private static func write(_ bytes: [UInt8], to descriptor: CInt) throws(Failure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw .last
            }
        }
        guard fsync(descriptor) == 0 else { throw .last }
    }

    /// Makes the new name last through a loss of power.
    private func syncDirectory() throws(Failure) {
        let directory = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let descriptor = open(directory.isEmpty ? "/" : directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .last }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .last }
    }
}
