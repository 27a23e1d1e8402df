import FoundationEssentials
import LookoutDiagnosis
import LookoutSettings
import LookoutTestSupport
import Testing

/// The page about diagnoses against what the program reads.
@Suite struct KnowledgeDocumentationTests {
    private func page() throws -> String {
        let place = SourceTree.root().appending(path: "docs/diagnosis.md")
        return String(decoding: try Data(contentsOf: place), as: UTF8.self)
    }

    @Test func `The example of the page is a sound knowledge file`() throws {
        let parts = try page().split(separator: "```yaml\n")
        let example = try #require(parts.dropFirst().first?.split(separator: "```").first)
        let (knowledge, errors) = try KnowledgeFixture.compile(String(example))
        #expect(errors == [])
        #expect(knowledge?.causeNames == ["queue-stuck"])
    }

    @Test func `The page has every key of a cause`() throws {
        let page = try page()
        for key in CauseSettings.fields.map(\.key) + EvidenceSettings.fields.map(\.key)
            + FixSettings.fields.map(\.key)
        {
            #expect(page.contains("`\(key)`"), "\(key)")
        }
    }
}
