import Foundation
import LookoutConfiguration
import LookoutModel
import LookoutProbes
import LookoutProbing
import LookoutReceivers
import LookoutSettings
import LookoutTestSupport
import Testing

/// What the documents say of the configuration, held against the code.
@Suite struct `Documents about the configuration` {
    private func document(_ path: String) throws -> String {
        try String(contentsOf: SourceTree.root().appending(path: path), encoding: .utf8)
    }

    /// The part of the probes' document about one type.
    private func section(_ type: String) throws -> String {
        let sections = try document("docs/probes.md").components(separatedBy: "\n## ")
        return try #require(sections.first { $0.hasPrefix("\(type)\n") }, "no section on \(type)")
    }

    @Test(arguments: ProbeRegistry.builtin.names)
    func `every key and fact of a probe type is in its section`(name: String) throws {
        let section = try section(name)
        let type = try #require(ProbeRegistry.builtin.type(named: name))
        guard case .object(let properties) = type.settingsShape else {
            Issue.record("the settings of \(name) are no mapping")
            return
        }
        for key in properties.map(\.key) + type.facts.map(\.name) {
            #expect(section.contains("| `\(key)`"), "\(key) is not told of")
        }
    }

    @Test(arguments: ProbeRegistry.builtin.names)
    func `the example of a probe type loads`(name: String) throws {
        let example = try section(name).components(separatedBy: "```yaml\n").dropFirst()
            .compactMap { $0.components(separatedBy: "```").first }.joined()
        #expect(!example.isEmpty)
        let folder = try ScratchFolder("documents")
        let path = try folder.place(
            "lookout.yaml",
            """
            environments:
              production:
                variables:
                  {frontend: "https://a.example", backend: "https://b.example", other_backend: c.example}
            probes:
            \(example.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n"))
            """
        )
        let loader = ConfigurationLoader(
            probes: .builtin,
            receivers: .builtin,
            secrets: SystemSecrets { $0 == "HEALTH_TOKEN" ? "t" : nil },
            stateDirectory: nil
        )
        let (configuration, diagnostics) = loader.load(path)
        #expect(diagnostics.errors.map(\.rendered) == [])
        #expect(configuration?.checks.count == 1)
    }

    @Test func `the schema beside the example is what the program prints`() throws {
        let schema = ConfigurationSchema(probes: .builtin, receivers: .builtin).json.prettyJSONText + "\n"
        let path = SourceTree.root().appending(path: "examples/lookout.schema.json")
        if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != nil {
            try schema.write(to: path, atomically: true, encoding: .utf8)
            Issue.record("recorded; run again without RECORD_GOLDEN")
        }
        #expect(try document("examples/lookout.schema.json") == schema)
    }
}
