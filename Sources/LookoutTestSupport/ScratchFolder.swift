import Foundation
import Synchronization

/// A new folder for temporary files, removed with all that is in it when the process exits or
/// `remove` is called.
package struct ScratchFolder: Sendable {
    package let path: String

    package init(_ name: String) throws {
        let url = FileManager.default.temporaryDirectory
            .appendingPathComponent("\(name)-\(UUID().uuidString)", isDirectory: true)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
        Self.removeAtExit(path)
    }

    package func file(_ name: String) -> String {
        "\(path)/\(name)"
    }

    package func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: file(name)))
    }

    package func remove() {
        try? FileManager.default.removeItem(atPath: path)
    }

    private static let leftovers = Mutex<[String]>([])

    private static func removeAtExit(_ path: String) {
        let isFirst = leftovers.withLock { paths in
            paths.append(path)
            return paths.count == 1
        }
        guard isFirst else { return }
        atexit {
            for path in ScratchFolder.leftovers.withLock({ $0 }) {
                try? FileManager.default.removeItem(atPath: path)
            }
        }
    }
}
