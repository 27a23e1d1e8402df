import Foundation
import LookoutAlerting
import LookoutConfiguration
import LookoutModel
import LookoutProbes
import LookoutProbing
import LookoutReceivers
import LookoutSettings
import LookoutTestSupport
import Testing

/// Whoever copies a block of YAML out of a document gets a configuration that works.
@Suite struct `YAML of the documents` {
    private static let sections: Set<String> = {
        let schema = ConfigurationSchema(probes: .builtin, receivers: .builtin).json
        guard case .object(let properties)? = schema["properties"] else { return [] }
        return Set(properties.keys)
    }()

    @Test(arguments: try DocumentedYAML.all())
    func `a block is what it claims to be`(block: DocumentedYAML) throws {
        let root = try YAMLReader(file: block.document).read(Array(block.text.utf8)).get().root
        let kind = block.kind(root, sections: Self.sections, probeTypes: ProbeRegistry.builtin.names)
        switch try #require(kind, "it is no configuration, no rules, no rule tests and no part of them") {
        case .configuration: try expectSound(block.text + "\n" + DocumentFrame(around: root).text)
        case .probes:
            try expectSound(
                "probes:\n" + indented(block.text, by: 2) + DocumentFrame(around: root, in: "probes").text
            )
        case .ruleFile: try expectSound(rules: block.text)
        case .rules:
            try expectSound(rules: "groups:\n  - name: g\n    rules:\n" + indented(block.text, by: 6))
        case .partOfRule:
            let rule = "id: r\nseverity: 3\nsummary: s\nrunbook: docs/runbooks.md#r\n" + block.text
            try expectSound(rules: "groups:\n  - name: g\n    rules:\n      -\n" + indented(rule, by: 8))
        case .ruleTests, .knowledge: break
        }
    }

    @Test func `there are blocks of every kind`() throws {
        let kinds = try DocumentedYAML.all().compactMap { block in
            block.kind(
                try YAMLReader(file: block.document).read(Array(block.text.utf8)).get().root,
                sections: Self.sections,
                probeTypes: ProbeRegistry.builtin.names
            )
        }
        #expect(
            Set(kinds) == [.configuration, .probes, .ruleFile, .rules, .partOfRule, .ruleTests, .knowledge]
        )
    }

    @Test(arguments: ReceiverRegistry.builtin.names)
    func `the page of a receiver has a block that configures it`(type: String) throws {
        let blocks = try DocumentedYAML.all().filter { $0.document == "docs/receivers/\(type).md" }
        let shown = try blocks.contains { block in
            let root = try YAMLReader(file: block.document).read(Array(block.text.utf8)).get().root
            guard case .sequence(let receivers)? = root["receivers"]?.content else { return false }
            return receivers.contains { $0[type] != nil }
        }
        #expect(shown)
    }

    private func expectSound(_ text: String, rules: String? = nil) throws {
        let folder = try ScratchFolder("documented")
        defer { folder.remove() }
        if let rules { try folder.place("rules.yaml", rules) }
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("Rules"),
            withDestinationPath: SourceTree.root().appending(path: "Rules").path()
        )
        let path = try folder.place("lookout.yaml", text)
        let loader = ConfigurationLoader(
            probes: .builtin,
            receivers: .builtin,
            secrets: PlaceholderSecrets(),
            stateDirectory: nil
        )
        let (configuration, diagnostics) = loader.load(path)
        #expect(configuration != nil)
        let errors = diagnostics.errors.map { $0.rendered.replacing("\(folder.path)/", with: "") }
        #expect(errors == [], "of\n\(rules ?? text)")
    }

    private func expectSound(rules: String) throws {
        let frame = DocumentFrame(
            around: SettingsNode(.null, at: SourcePosition(file: "", line: 1, column: 1))
        )
        try expectSound(frame.text + "rules: {files: [rules.yaml]}\n", rules: rules)
    }

    private func indented(_ text: String, by columns: Int) -> String {
        let indentation = String(repeating: " ", count: columns)
        return text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { "\(indentation)\($0)\n" }.joined()
    }
}
