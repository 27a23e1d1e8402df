import Glibc

/// The file of the data directory that holds the key of variables: made once, readable by its owner only.
package struct VariableKeyFile: Hashable, Sendable {
    /// Why there is no key, for people; names the file.
    package struct Failure: Error, Hashable, Sendable {
        package let message: String
    }

    package let path: String

    package init(_ path: String) {
        self.path = path
    }

    /// The key; a new one where there is none yet.
    ///
    /// A file that is no key is refused and not replaced: with another key every variable would seem to have changed.
    package func load() throws(Failure) -> VariableKey {
        if let key = try read() { return key }
        try create()
        guard let key = try read() else { throw Failure(message: "\(path): the key was removed just now") }
        return key
    }

    /// Nil where there is no file.
    private func read() throws(Failure) -> VariableKey? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw failure("cannot be read")
        }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: VariableKey.byteCount + 1)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        guard count >= 0 else { throw failure("cannot be read") }
        guard let key = VariableKey(Array(bytes[..<count])) else {
            throw Failure(
                message:
                    "\(path) is not a key of \(VariableKey.byteCount) bytes; restore it, or remove it and all"
                    + " variables count as seen for the first time"
            )
        }
        return key
    }

    /// Writes the key aside and gives it its name at once, so that nobody reads half of it; who comes second yields.
    private func create() throws(Failure) {
        let aside = "\(path).\(getpid())"
        unlink(aside)
        let descriptor = open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("cannot be written") }
        defer {
            close(descriptor)
            unlink(aside)
        }
        // The system's generator reads from the kernel.
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<VariableKey.byteCount).map { _ in UInt8.random(in: .min ... .max, using: &generator)
        }
        guard
            write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0
        else { throw failure("cannot be written") }
        guard link(aside, path) == 0 || errno == EEXIST else { throw failure("cannot be written") }
    }

    private func failure(_ what: String) -> Failure {
        Failure(message: "\(path) \(what): \(String(cString: strerror(errno)).lowercased())")
    }
}
