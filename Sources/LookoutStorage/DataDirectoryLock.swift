import Glibc

/// The right to use a data folder, which one process has at a time.
///
/// Held by `flock(2)` on the file `lookout.lock`, so it ends with the process however that ends. The
/// file stays where it is: removing it would let a third process lock a new one beside the second.
package struct DataDirectoryLock: ~Copyable, Sendable {
    private let descriptor: Int32

    /// Takes the lock, or throws `.inUse` with the number of the process that holds it.
    package init(directory: String) throws(StorageError) {
        let path = directory + "/lookout.lock"
        // Closed on exec, or a program started by a receiver would hold the lock after we are gone.
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StorageError(systemError: errno, while: .lock, path: path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let number = errno
            defer { close(descriptor) }
            guard number == EWOULDBLOCK else {
                throw StorageError(systemError: number, while: .lock, path: path)
            }
            let holder = Self.holder(descriptor).map { "process \($0)" } ?? "a process"
            let detail = "another Lookout is using it (\(holder))"
            throw StorageError(.inUse, while: .lock, path: directory, detail: detail)
        }
        self.descriptor = descriptor
        Self.write(getpid(), to: descriptor)
    }

    deinit {
        close(descriptor)
    }

    /// The process number that the holder left in the file; nil if it has not yet.
    private static func holder(_ descriptor: Int32) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        let line = bytes.prefix(max(0, count)).prefix { $0 != UInt8(ascii: "\n") }
        return Int32(String(decoding: line, as: UTF8.self))
    }

    /// For people and for the other process's message only, so failing to write it is no error.
    private static func write(_ process: Int32, to descriptor: Int32) {
        let line = Array("\(process)\n".utf8)
        ftruncate(descriptor, 0)
        pwrite(descriptor, line, line.count, 0)
    }
}
