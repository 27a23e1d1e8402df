import Foundation
import LookoutConfiguration
import LookoutSettings
import LookoutTestSupport
import Testing

/// A block of YAML in a document, with what it claims to be.
struct DocumentedYAML: CustomTestStringConvertible {
    /// What a block can be, told by its root.
    enum Kind: Hashable {
        /// Sections of a configuration.
        case configuration
        /// Entries of `probes`.
        case probes
        /// A rule file.
        case ruleFile
        /// Entries of `rules` in a group.
        case rules
        /// Some keys of one rule.
        case partOfRule
        /// A file of rule tests, or part of one: read by its own tests.
        case ruleTests
        /// A knowledge file: read by the tests of the diagnosis.
        case knowledge
    }

    /// From the root of the project on.
    let document: String
    /// Where its first line stands in the document.
    let line: Int
    let text: String

    var testDescription: String { "\(document):\(line)" }

    /// Every block of every document, the order that of the names.
    static func all() throws -> [DocumentedYAML] {
        let root = SourceTree.root()
        let names = ["README.md"] + (try pages(in: "docs", of: root)) + (try pages(in: "Rules", of: root))
        return try names.sorted().flatMap { name in
            blocks(in: try String(contentsOf: root.appending(path: name), encoding: .utf8), of: name)
        }
    }

    private static func pages(in folder: String, of root: URL) throws -> [String] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path())
        return names.filter { $0.hasSuffix(".md") }.map { "\(folder)/\($0)" }
    }

    /// Fenced blocks marked as YAML, and indented ones of a whole configuration as the front page has.
    private static func blocks(in text: String, of document: String) -> [DocumentedYAML] {
        var blocks: [DocumentedYAML] = []
        var lines: [Substring] = []
        var start: Int?
        var isIndented = false
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if let first = start {
                let ends = isIndented ? !(line.isEmpty || line.hasPrefix("    ")) : line == "```"
                if ends {
                    blocks.append(
                        DocumentedYAML(document: document, line: first, text: lines.joined(separator: "\n"))
                    )
                    (start, lines) = (nil, [])
                } else {
                    lines.append(isIndented ? line.dropFirst(4) : line)
                }
            } else if line == "```yaml" || line == "```yml" {
                (start, isIndented) = (index + 2, false)
            } else if line == "    environments:" {
                (start, isIndented, lines) = (index + 1, true, [line.dropFirst(4)])
            }
        }
        return blocks
    }

    /// Nil for what is nothing of ours.
    func kind(_ root: SettingsNode, sections: Set<String>, probeTypes: [String]) -> Kind? {
        switch root.content {
        case .mapping(let entries):
            let keys = Set(entries.map(\.key))
            if keys.isSubset(of: sections) { return .configuration }
            if keys == ["groups"] { return .ruleFile }
            if keys.isSubset(of: ["facts", "causes"]) { return .knowledge }
            if !keys.isDisjoint(with: ["tests", "input_samples"]) { return .ruleTests }
            return keys.contains("expr") ? .partOfRule : nil
        case .sequence(let nodes):
            if nodes.allSatisfy({ $0["id"] != nil }) { return .rules }
            return nodes.allSatisfy { node in probeTypes.contains { node[$0] != nil } } ? .probes : nil
        default: return nil
        }
    }
}

/// What a block of a document needs around it to be a whole configuration.
struct DocumentFrame {
    private var receivers: [String] = []
    private var intervals: [String] = []
    private let sections: Set<String>

    /// - Parameters:
    ///   - root: the block; what it names and does not define is defined by the frame.
    ///   - section: the one that it is the content of, if it has none itself.
    init(around root: SettingsNode, in section: String? = nil) {
        var sections: Set<String> = section.map { [$0] } ?? []
        if case .mapping(let entries) = root.content { sections = Set(entries.map(\.key)) }
        self.sections = sections
        collect(root)
    }

    /// The sections that the block lacks.
    var text: String {
        let parts = [
            (
                "environments",
                """
                environments:
                  production: &variables
                    variables:
                      {frontend: "https://a.example", backend: "https://b.example", other_backend: c.example}
                \(sections.contains("deployments") ? "  staging: *variables" : "")
                """
            ),
            ("probes", "probes: [{name: backend-health, http: {url: \"https://b.example/health\"}}]"),
            (
                "receivers",
                "receivers: [\(receivers.map { "{name: \($0), journal: {}}" }.joined(separator: ", "))]"
            ),
            (
                "time_intervals",
                "time_intervals: {\(intervals.map { "\($0): [{weekdays: [sunday]}]" }.joined(separator: ", "))}"
            ),
        ]
        return parts.filter { !sections.contains($0.0) }.map { $0.1 + "\n" }.joined()
    }

    private mutating func collect(_ node: SettingsNode) {
        switch node.content {
        case .mapping(let entries):
            for entry in entries {
                switch entry.key {
                case "receivers", "receiver", "fallback", "escalate_to": receivers += Self.names(entry.value)
                case "active", "mute", "time_intervals": intervals += Self.names(entry.value)
                default: break
                }
                collect(entry.value)
            }
        case .sequence(let nodes): for node in nodes { collect(node) }
        default: break
        }
        receivers = Array(Set(receivers)).sorted()
        intervals = Array(Set(intervals)).sorted()
    }

    private static func names(_ node: SettingsNode) -> [String] {
        switch node.content {
        case .scalar(let text, _): [text]
        case .sequence(let nodes):
            nodes.compactMap { if case .scalar(let text, _) = $0.content { text } else { nil } }
        default: []
        }
    }
}
