package import FoundationEssentials

/// Where the package's own files are, for tests that read them.
package enum SourceTree {
    /// The folder with `Package.swift`, found from a test file `Tests/<Target>/<File>.swift`.
    package static func root(from filePath: String = #filePath) -> URL {
        realPath(filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
    }

    /// The folder of data shared by several projects; nil if there is none.
    ///
    /// It is `LOOKOUT_SHARED`, or `shared` beside the package. Tests without their data say that
    /// they were skipped, and pass.
    package static func shared(from filePath: String = #filePath) -> URL? {
        let named = ProcessInfo.processInfo.environment["LOOKOUT_SHARED"].map { URL(filePath: $0) }
        let folder = named ?? root(from: filePath).deletingLastPathComponent().appending(path: "shared")
        return FileManager.default.fileExists(atPath: folder.path()) ? folder : nil
    }

    /// The path without symbolic links.
    package static func realPath(_ path: String) -> URL {
        URL(filePath: path).resolvingSymlinksInPath()
    }
}
