import Foundation
import LookoutConfiguration
import LookoutTestSupport
import Testing

@Suite struct `Rule files of a configuration` {
    let fixture: LoaderFixture

    init() throws {
        fixture = try LoaderFixture()
    }

    private func load(_ patterns: String, below: String = "") throws -> (files: [String]?, messages: [String])
    {
        let text = "environments: {e: {}}\nprobes: [{name: p, echo: {}}]\nrules: {files: \(patterns)}\n"
        let (configuration, messages) = fixture.load(
            try fixture.directory.place("\(below)lookout.yaml", text)
        )
        return (
            configuration?.ruleFiles.map { $0.replacing("\(fixture.directory.path)/", with: "") }, messages
        )
    }

    private func rule(_ id: String) -> String {
        "groups: [{name: g, rules: [{id: \(id), expr: 'sample.message == \"\(id)\"', severity: 3, summary: s}]}]\n"
    }

    @Test func `a pattern finds its files in alphabetical order and each once`() throws {
        for name in ["b", "a", "c"] { try fixture.directory.place("R/\(name).yaml", rule(name)) }
        try fixture.directory.place("R/a.txt", "no rules")
        let (files, messages) = try load("[R/c.yaml, \"R/*.yaml\", \"R/[ab].yaml\"]")
        #expect(messages == [])
        #expect(files == ["R/c.yaml", "R/a.yaml", "R/b.yaml"])
    }

    @Test(arguments: ["a[b]c/", "a*b/", "a?b/", #"a\b/"#, "a b/", "é/"])
    func `the name of the directory is no pattern`(directory: String) throws {
        try fixture.directory.place("\(directory)rules.yaml", rule("a"))
        #expect(try load("[\"rule*.yaml\"]", below: directory).files == ["\(directory)rules.yaml"])
    }

    @Test func `an absolute pattern begins at the root`() throws {
        let path = try fixture.directory.place("x/rules.yaml", rule("a"))
        #expect(try load("[\"\(path)\"]").files == ["x/rules.yaml"])
    }

    @Test func `a file that is reached over two ways is read once`() throws {
        let path = try fixture.directory.place("R/a.yaml", rule("a"))
        try fixture.directory.place("S/b.yaml", rule("b"))
        try FileManager.default.createSymbolicLink(
            atPath: "\(fixture.directory.path)/S/c.yaml",
            withDestinationPath: path
        )
        let (files, messages) = try load("[\"R/*.yaml\", \"S/*.yaml\", \"S/../R/a.yaml\"]")
        #expect(messages == [])
        #expect(files == ["R/a.yaml", "S/b.yaml"])
    }

    @Test func `errors of all rule files are reported together`() throws {
        try fixture.directory.place("R/a.yaml", "groups: [")
        try fixture.directory.place("R/b.yaml", "groups: [{name: g, rulez: []}]")
        try fixture.directory.place("R/c.yaml/x", "")
        try fixture.directory.place("R/d.yaml", rule("same"))
        try fixture.directory.place("R/e.yaml", rule("same"))
        let (files, messages) = try load("[\"R/*.yaml\"]")
        #expect(files == nil)
        #expect(messages.contains("error: R/c.yaml cannot be read: it is a directory"))
        for place in ["R/a.yaml:", "R/b.yaml:1:20:", "R/e.yaml:1:"] {
            #expect(messages.contains { $0.hasPrefix(place) })
        }
    }
}
