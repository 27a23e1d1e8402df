import Glibc
import LookoutModel

/// A database that cannot be used any more but may hold what someone wants to recover.
struct DamagedDatabase {
    let path: String

    /// Renames the file to `<path>.corrupt-<time>`, its log with it; returns the new name.
    func moveAside(now: Timestamp) throws(StorageError) -> String {
        let aside = freeName(now)
        guard rename(path, aside) == 0 else {
            throw StorageError(systemError: errno, while: .write, path: path)
        }
        // The log bears its database's name, so that SQLite finds it there; the index is rebuilt.
        rename(path + "-wal", aside + "-wal")
        unlink(path + "-shm")
        return aside
    }

    private func freeName(_ now: Timestamp) -> String {
        let name = "\(path).corrupt-\(Self.compactText(now))"
        var candidate = name
        var count = 1
        while access(candidate, F_OK) == 0 {
            count += 1
            candidate = "\(name)-\(count)"
        }
        return candidate
    }

    /// The second in ISO 8601's basic format, such as `20261122T124902Z`.
    private static func compactText(_ time: Timestamp) -> String {
        Timestamp(seconds: time.microseconds / 1_000_000).rfc3339.filter { $0 != "-" && $0 != ":" }
    }
}
