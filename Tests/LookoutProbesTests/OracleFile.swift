import Foundation
import LookoutModel

/// A table of recorded browser verdicts beside the package, where there is one.
struct OracleFile {
    /// The cases of a file of `shared/data/oracle`; nil (after a line on standard output) if absent.
    ///
    /// Long work yields between the cases, so that tests with sockets keep their pace.
    static func cases(_ name: String) async throws -> [JSONValue]? {
        let path = sharedDirectory.appending(path: "data/oracle/\(name)")
        guard let data = try? Data(contentsOf: path) else {
            print("skipped: \(name) is not there")
            return nil
        }
        var cases: [JSONValue] = []
        for line in data.split(separator: UInt8(ascii: "\n")) {
            cases.append(try JSONValue(parsing: Array(line)))
            await Task.yield()
        }
        return cases
    }

    private static var sharedDirectory: URL {
        if let path = ProcessInfo.processInfo.environment["LOOKOUT_SHARED"] { return URL(filePath: path) }
        let package = URL(filePath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return package.deletingLastPathComponent().appending(path: "shared")
    }
}

extension JSONValue {
    var array: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    var object: [String: JSONValue]? {
        if case .object(let members) = self { members } else { nil }
    }

    var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    var int: Int? {
        if case .int(let value) = self { Int(value) } else { nil }
    }

    /// Nil for a missing member and for null.
    subscript(present key: String) -> JSONValue? {
        // A plain `nil` in an expression with values would be taken for JSON's null.
        guard let value = self[key], value != .null else { return Optional.none }
        return value
    }
}
