import LookoutConfiguration
import LookoutModel
import LookoutTestSupport
import Testing

@testable import LookoutDaemon

@Suite struct `What is kept of a configuration` {
    private let kept = KeptConfiguration(
        ConfigurationSources(
            main: FileText(path: "/etc/lookout/lookout.yaml", text: "a: \"b\\n\"\n# \u{1F600}\n"),
            rules: [FileText(path: "r.yaml", text: ""), FileText(path: "s.yaml", text: "x\r\n\ty")]
        ),
        adoptedAt: Timestamp(seconds: 1_800_000_000)
    )

    @Test func `it is read back as it was`() throws {
        let folder = try ScratchFolder("kept")
        defer { folder.remove() }
        let file = KeptConfigurationFile(in: folder.path)
        #expect(file.read() == nil)
        try file.keep(kept)
        #expect(file.read() == kept)
        try file.remove()
        #expect(file.read() == nil)
    }

    @Test(
        arguments: [
            "", "{}", "[]", "null",
            "{\"format\": 2, \"adopted_at\": \"2026-11-22T12:00:00Z\", \"main\": 1, \"rules\": []}",
            "{\"format\": 1, \"adopted_at\": \"now\", \"main\": {\"path\": \"a\", \"text\": \"b\"}, \"rules\": []}",
            "{\"format\": 1, \"adopted_at\": \"2026-11-22T12:00:00Z\", \"main\": {\"path\": \"a\"}, \"rules\": []}",
            "{\"format\": 1, \"adopted_at\": \"2026-11-22T12:00:00Z\", \"main\": {\"path\": \"a\", \"text\": \"b\"}, \"rules\": [1]}",
        ]
    )
    func `what is no such document counts as nothing`(text: String) throws {
        let folder = try ScratchFolder("kept")
        defer { folder.remove() }
        let file = KeptConfigurationFile(in: folder.path)
        try PrivateFile(path: file.path).replace(with: text)
        #expect(file.read() == nil)
    }

    @Test func `no beginning of the document passes for it`() throws {
        let bytes = Array(kept.document.jsonText.utf8)
        for length in 0..<bytes.count {
            let document = try? JSONValue(parsing: Array(bytes[..<length]))
            #expect(document.flatMap(KeptConfiguration.init(document:)) == nil)
        }
    }

    @Test(
        arguments: [
            ("/etc/lookout/lookout.yaml", true), ("/etc/lookout/other.yaml", false), ("lookout.yaml", false),
        ]
    )
    func `it belongs to one file`(path: String, belongs: Bool) {
        #expect(kept.isOf(path) == belongs)
    }

    @Test func `a relative path is the same file as the full one`() {
        let relative = KeptConfiguration(
            ConfigurationSources(main: FileText(path: "lookout.yaml", text: ""), rules: []),
            adoptedAt: .epoch
        )
        #expect(relative.isOf("./lookout.yaml"))
        #expect(relative.isOf(".//lookout.yaml"))
        #expect(!relative.isOf("../lookout.yaml"))
        #expect(KeptConfiguration(document: relative.document)?.isOf("lookout.yaml") == true)
        #expect(KeptConfiguration(document: relative.document)?.sources.main.path.hasPrefix("/") == true)
    }
}
