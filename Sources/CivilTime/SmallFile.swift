internal import Glibc

/// Reads a file of a few pages.
enum SmallFile {
    /// The bytes of a regular file; nil when it cannot be read or is larger than the limit.
    static func read(_ path: String, limit: Int) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            let size = Int(exactly: status.st_size), size <= limit
        else { return nil }
        var count = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, initializedCount in
            while count < size {
                let step = Glibc.read(descriptor, buffer.baseAddress.map { $0 + count }, size - count)
                guard step > 0 else { break }
                count += step
            }
            initializedCount = count
        }
        return count == size ? bytes : nil
    }
}
