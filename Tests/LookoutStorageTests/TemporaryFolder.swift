import Foundation
import Testing

/// A folder of its own for one test, gone with the last reference to it.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "lookout-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path(percentEncoded: false)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    var names: Set<String> {
        get throws { Set(try FileManager.default.contentsOfDirectory(atPath: path)) }
    }

    func bytes(_ name: String) throws -> Data {
        try Data(contentsOf: URL(filePath: file(name)))
    }

    func write(_ bytes: some DataProtocol, to name: String) throws {
        try Data(bytes).write(to: URL(filePath: file(name)))
    }

    /// Overwrites part of a file in place, as a failing disk would.
    func overwrite(_ name: String, at offset: Int, with bytes: [UInt8]) throws {
        let handle = try FileHandle(forWritingTo: URL(filePath: file(name)))
        defer { try? handle.close() }
        try handle.seek(toOffset: UInt64(offset))
        try handle.write(contentsOf: bytes)
    }
}
