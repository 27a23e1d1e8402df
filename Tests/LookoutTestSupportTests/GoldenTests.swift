import FoundationEssentials
import LookoutTestSupport
import Testing

@Suite struct `Golden texts` {
    @Test func `a recorded text passes`() {
        expectGolden("one\ntwo\n", "two-lines.txt")
    }

    @Test func `a text that differs fails and shows the line`() {
        withKnownIssue {
            expectGolden("one\nthree\n", "two-lines.txt", isRecording: false)
        } matching: { issue in
            issue.comments.contains { $0.rawValue.contains("line 2 differs") }
        }
    }

    @Test func `a missing recording fails`() {
        withKnownIssue { expectGolden("", "never-recorded.txt", isRecording: false) }
    }

    @Test func `recording writes the text and fails`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "golden-\(UInt64.random(in: 0...UInt64.max))"
        )
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let test = folder.appending(path: "SomeTests.swift").path()
        withKnownIssue { expectGolden("new", "a.txt", isRecording: true, filePath: test) }
        expectGolden("new", "a.txt", isRecording: false, filePath: test)
    }

    @Test(arguments: [
        ("a\nb", "a\nc", 2), ("a", "a\n", 2), ("", "x", 1), ("e\u{301}", "\u{E9}", 1), ("a\nb\nc", "a\nb", 3),
    ])
    func `names the first line that differs`(expected: String, actual: String, line: Int) throws {
        #expect(try #require(GoldenDifference(expected: expected, actual: actual)).line == line)
    }

    @Test func `equal texts have no difference`() {
        #expect(GoldenDifference(expected: "a\nb\n", actual: "a\nb\n") == nil)
    }

    @Test func `the root of the package is found through symbolic links`() {
        let manifest = SourceTree.root().appending(path: "Package.swift")
        #expect(FileManager.default.fileExists(atPath: manifest.path()))
        #expect(SourceTree.realPath(manifest.path()).path() == manifest.path())
    }
}
