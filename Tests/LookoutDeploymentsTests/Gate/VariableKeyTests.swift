import Foundation
import LookoutModel
import LookoutTestSupport
import Testing

@testable import LookoutDeployments

@Suite struct `Remembering variables without their values` {
    private func key(_ byte: UInt8) throws -> VariableKey {
        try #require(VariableKey([UInt8](repeating: byte, count: VariableKey.byteCount)))
    }

    private let place = VariablePlace(environment: "production", part: .backend)

    @Test func `equal values of a name are known again, with the key only`() throws {
        let (one, other) = (try key(1), try key(2))
        let digest = one.digest(of: Secret("v"), named: "A")
        #expect(digest == one.digest(of: Secret("v"), named: "A"))
        #expect(digest != one.digest(of: Secret("w"), named: "A"))
        #expect(digest != one.digest(of: Secret("v"), named: "B"))
        #expect(digest != other.digest(of: Secret("v"), named: "A"))
        #expect(digest.utf8.count == 64)
    }

    @Test func `a name and a value cannot be shifted into one another`() throws {
        let key = try key(7)
        #expect(key.digest(of: Secret("B"), named: "A") != key.digest(of: Secret(""), named: "AB"))
    }

    @Test func `snapshots tell what changed, and nothing where a value cannot be read`() throws {
        let key = try key(3)
        func snapshot(_ values: [String: String?]) -> VariableSnapshot {
            let variables = values.map { ProviderVariable($0.key, value: $0.value.map { Secret($0) }) }
            return key.snapshot(of: variables, at: place, on: .epoch)
        }
        let before = snapshot(["A": "1", "B": "1", "C": nil, "D": "1"])
        let after = snapshot(["A": "1", "B": "2", "C": "3", "E": "1"])
        #expect(before.changes(to: after) == VariableChanges(added: ["E"], removed: ["D"], changed: ["B"]))
        #expect(!"\(before)".contains("\"1\""))
    }

    @Test func `the file is made once, for its owner only, and read again`() throws {
        let folder = try ScratchFolder("key")
        defer { folder.remove() }
        let file = VariableKeyFile(folder.file("variables.key"))
        let first = try file.load().digest(of: Secret("v"), named: "A")
        #expect(try file.load().digest(of: Secret("v"), named: "A") == first)
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["variables.key"])
        let second = try VariableKeyFile(folder.file("other.key")).load()
        #expect(second.digest(of: Secret("v"), named: "A") != first)
    }

    @Test func `a file that is no key is refused and kept`() throws {
        let folder = try ScratchFolder("key")
        defer { folder.remove() }
        try folder.write("too short", to: "k")
        let failure = #expect(throws: VariableKeyFile.Failure.self) {
            try VariableKeyFile(folder.file("k")).load()
        }
        #expect(failure?.message.contains("is not a key of 32 bytes") == true)
        #expect(try String(contentsOfFile: folder.file("k"), encoding: .utf8) == "too short")
    }

    @Test func `a key is never shown`() throws {
        var shown = ""
        dump(try key(65), to: &shown)
        #expect(!"\(try key(65)) \(shown)".contains("65"))
    }
}
