import Glibc
import LookoutDeployments
import LookoutModel

/// A folder of Lookout's own, in which git keeps copies: made, locked and removed.
struct GitFolder: Sendable {
    private static let pauseForLock = Duration.milliseconds(50)

    let path: String

    /// Makes the folder, or one in it, and those above; only Lookout may look into what it makes.
    func make(_ name: String = "") throws(ProviderFailure) {
        var built = ""
        for part in "\(path)/\(name)".split(separator: "/") {
            built += "/\(part)"
            if mkdir(built, 0o700) != 0, errno != EEXIST {
                throw .unexpected("git: the folder \(Self.shown(built)) cannot be made: \(Self.systemReason)")
            }
        }
    }

    /// Writes a small file, over what was there.
    func write(_ text: String, to name: String, isProgram: Bool = false) throws(ProviderFailure) {
        let path = "\(path)/\(name)"
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, isProgram ? 0o700 : 0o600)
        guard file >= 0 else {
            throw .unexpected("git: \(Self.shown(path)) cannot be written: \(Self.systemReason)")
        }
        defer { close(file) }
        let bytes = Array(text.utf8)
        guard Glibc.write(file, bytes, bytes.count) == bytes.count else {
            throw .unexpected("git: \(Self.shown(path)) cannot be written: \(Self.systemReason)")
        }
    }

    /// Holds a lock that ends with the process, across everything that Lookout runs on this machine.
    func withLock<Result>(
        _ name: String,
        for patience: Duration,
        timekeeper: any Timekeeper,
        _ body: () async throws(ProviderFailure) -> Result
    ) async throws(ProviderFailure) -> Result {
        try make()
        let file = open("\(path)/\(name).lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw .unexpected(
                "git: the folder \(Self.shown(path)) cannot be written to: \(Self.systemReason)"
            )
        }
        defer { close(file) }
        let deadline = timekeeper.now.monotonic + patience
        while flock(file, LOCK_EX | LOCK_NB) != 0 {
            guard timekeeper.now.monotonic < deadline else {
                throw .unreachable("git: something else has been busy with \(Self.shown(path)) for too long")
            }
            do {
                try await timekeeper.sleep(for: Self.pauseForLock)
            } catch {
                throw .unreachable("git: Lookout is stopping")
            }
        }
        return try await body()
    }

    /// Removes what is there under a name, with all that is in it; links are not followed.
    func remove(_ name: String) {
        Self.remove(Array("\(path)/\(name)".utf8CString))
    }

    /// Names of files are bytes, whatever a repository has put there.
    private static func remove(_ path: [CChar]) {
        if unlink(path) == 0 || errno == ENOENT { return }
        for name in names(in: path) {
            remove(Array(path.dropLast()) + [CChar(UInt8(ascii: "/"))] + name)
        }
        rmdir(path)
    }

    private static func names(in path: [CChar]) -> [[CChar]] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [[CChar]] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { characters in
                characters.withMemoryRebound(to: CChar.self, capacity: 256) { start in
                    Array(UnsafeBufferPointer(start: start, count: strlen(start) + 1))
                }
            }
            let text = name.dropLast()
            if text != [46] && text != [46, 46] { names.append(name) }
        }
        return names
    }

    private static var systemReason: String {
        strerror(errno).map { String(cString: $0) } ?? "error \(errno)"
    }

    private static func shown(_ path: String) -> String { PlainText.line(path, atMost: 200) }
}
