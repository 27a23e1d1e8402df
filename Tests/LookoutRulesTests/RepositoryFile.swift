import Foundation

/// A file of this repository.
enum RepositoryFile {
    /// Reads it; the path begins at the package's root.
    static func read(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: "\(ShippedRules.root)/\(path)")))
    }
}
