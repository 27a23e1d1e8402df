import Glibc
import LookoutTestSupport
import Testing

@testable import LookoutDaemon

@Suite struct `A file of the agent's user alone` {
    private let folder: ScratchFolder
    private let file: PrivateFile

    init() throws {
        folder = try ScratchFolder("private")
        file = PrivateFile(path: folder.file("file"))
    }

    @Test(arguments: [0, 1, 65_536, 200_001])
    func `a text is read back whole, whatever its size`(size: Int) throws {
        let text = String(repeating: "x", count: size)
        try file.replace(with: text)
        #expect(try file.text(limit: size) == text)
    }

    @Test func `the new text takes the place of the old one, and leaves no draft behind`() throws {
        try file.replace(with: String(repeating: "old", count: 1000))
        try file.replace(with: "new")
        #expect(try file.text(limit: 10) == "new")
        #expect(access(file.path + ".new", F_OK) != 0)
    }

    @Test func `what cannot be written leaves what was there`() throws {
        try file.replace(with: "old")
        // A directory in the draft's place cannot be unlinked, not even by root.
        try #require(mkdir(file.path + ".new", 0o700) == 0)
        #expect(throws: PrivateFile.Failure.self) { try file.replace(with: "new") }
        #expect(try file.text(limit: 10) == "old")
    }

    @Test func `more than expected is refused, and so is nothing`() throws {
        let missing = #expect(throws: PrivateFile.Failure.self) { try file.text(limit: 10) }
        #expect(missing?.isMissing == true)
        try file.replace(with: "12345")
        let large = #expect(throws: PrivateFile.Failure.self) { try file.text(limit: 4) }
        #expect(large?.number == EFBIG)
    }

    @Test func `removing is no failure where there is nothing`() throws {
        try file.remove()
        try file.replace(with: "text")
        try file.remove()
        #expect(access(file.path, F_OK) != 0)
    }
}
