import Foundation
import LookoutModel

/// The conformance data: our own lies beside the tests, what comes from others in the shared folder.
enum SharedData {
    /// Our own file of expressions.
    static func own(_ name: String) throws -> [ConformanceCase] {
        try cases(at: folder.appending(path: "Resources/\(name)"))
    }

    /// A file of the shared folder, nil where there is none.
    static func shared(_ name: String) throws -> [ConformanceCase]? {
        let root =
            ProcessInfo.processInfo.environment["LOOKOUT_SHARED"].map { URL(filePath: $0) }
            ?? folder.appending(path: "../../../shared").standardized
        let file = root.appending(path: "data/cel/\(name)")
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        return try cases(at: file)
    }

    /// The folder of the tests, with symbolic links resolved.
    static let folder = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()

    private static func cases(at file: URL) throws -> [ConformanceCase] {
        try Data(contentsOf: file).split(separator: UInt8(ascii: "\n")).map {
            try ConformanceCase(JSONValue(parsing: Array($0)))
        }
    }
}
