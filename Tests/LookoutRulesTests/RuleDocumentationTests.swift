import CEL
import Foundation
import LookoutProbes
import LookoutProbing
import LookoutRules
import LookoutSettings
import Testing

/// What the documents say of rules, held against the code.
///
/// Tables between `<!-- generated: NAME -->` and
/// `<!-- end -->` are written anew with RECORD_GOLDEN=1.
@Suite struct RuleDocumentationTests {
    private static let vocabulary = RuleVocabulary(
        types: ProbeRegistry.builtin.types.map { ProbeTypeFacts(name: $0.name, facts: $0.facts) }
    )

    private func document(_ path: String) throws -> String {
        String(decoding: try RepositoryFile.read(path), as: UTF8.self)
    }

    private static func table(_ header: [String], _ rows: [[String]]) -> String {
        let lines = [header, header.map { _ in "---" }] + rows
        return lines.map { cells in
            let isRule = cells.allSatisfy { $0 == "---" }
            let escaped = cells.map { $0.replacing("|", with: "\\|") }
            return isRule ? "|\(escaped.joined(separator: "|"))|" : "| \(escaped.joined(separator: " | ")) |"
        }
        .joined(separator: "\n")
    }

    private static func keys<Root: Settings>(of type: Root.Type) -> String {
        table(["key", "meaning"], Root.fields.map { ["`\($0.key)`", $0.summary] })
    }

    /// Each generated table by document and name.
    private static let tables: [(document: String, name: String, text: String)] = [
        ("docs/rules.md", "keys", keys(of: RuleDefinition.self)),
        ("docs/rules.md", "match", keys(of: RuleMatch.self)),
        ("docs/rules.md", "slo", keys(of: ServiceLevelObjective.self)),
        (
            "docs/functions.md", "variables",
            table(
                ["variable", "type", "meaning", "rules about"],
                vocabulary.reference.map {
                    [
                        "`\($0.name)`", $0.type, $0.summary,
                        $0.scopes.count == 2 ? "both" : $0.scopes.map(\.rawValue).joined(),
                    ]
                }
            )
        ),
        ("docs/functions.md", "fields", fields),
        (
            "docs/functions.md", "functions",
            table(
                ["function", "gives", "meaning", "example"],
                HistoryFunctions.reference.map {
                    ["`\($0.signature)`", $0.result, $0.summary, "`\($0.example)`"]
                }
            )
        ),
    ]

    private static var fields: String {
        let variables = vocabulary.reference.map { (name: $0.name, fields: $0.fields) }
        return (variables + vocabulary.partReference).filter { !$0.fields.isEmpty }.map { part in
            "### \(part.name)\n\n"
                + table(
                    ["field", "type", "meaning"],
                    part.fields.map { ["`\($0.name)`", $0.type, $0.summary] }
                )
        }
        .joined(separator: "\n\n")
    }

    @Test func `the generated tables are those of the code`() throws {
        for (path, name, text) in Self.tables {
            let page = try document(path)
            let start = try #require(page.firstRange(of: "<!-- generated: \(name) -->\n"), "\(path): \(name)")
            let end = try #require(page[start.upperBound...].firstRange(of: "<!-- end -->"))
            let wanted = "\n\(text)\n\n"
            if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != nil {
                let changed = page[..<start.upperBound] + wanted + page[end.lowerBound...]
                try changed.write(toFile: "\(ShippedRules.root)/\(path)", atomically: true, encoding: .utf8)
                Issue.record("recorded; run again without RECORD_GOLDEN")
            } else {
                #expect(page[start.upperBound..<end.lowerBound] == wanted, "\(path): \(name)")
            }
        }
    }

    /// The examples of all tables of functions: what stands in backquotes in a row's last cell.
    private func examples() throws -> [String] {
        try document("docs/functions.md").split(separator: "\n").compactMap { line in
            guard line.hasPrefix("| `"), line.hasSuffix("` |") else { return nil }
            let cells = line.replacing("\\|", with: "\u{1}").split(separator: "|")
            guard let last = cells.dropLast(cells.last == "" ? 1 : 0).last else { return nil }
            let text = last.replacing("\u{1}", with: "|").drop { $0 == " " || $0 == "`" }
            return String(text.prefix { $0 != "`" })
        }
    }

    @Test func `every example compiles`() throws {
        let examples = try examples()
        #expect(examples.count >= HistoryFunctions.reference.count + 20)
        for example in examples {
            do throws(CompileError) {
                _ = try Self.vocabulary.environment(for: .check).compile(example)
            } catch {
                Issue.record("\(error)")
            }
        }
    }

    @Test func `every function is told of`() throws {
        let page = try document("docs/functions.md")
        for name in Self.vocabulary.environment(for: .check).functionNames {
            #expect(page.contains("`\(name)`") || page.contains("`\(name)("), "\(name)")
        }
    }

    @Test(arguments: ["docs/rules.md", "docs/coming-from.md"])
    func `every rule of the documents compiles`(path: String) throws {
        let blocks = try document(path).components(separatedBy: "```yaml\n").dropFirst()
            .compactMap { $0.components(separatedBy: "```").first }
            .filter { $0.hasPrefix("- id:") || $0.hasPrefix("groups:") }
        #expect(!blocks.isEmpty)
        for block in blocks {
            let text =
                block.hasPrefix("groups:")
                ? block
                : "groups:\n  - name: g\n    rules:\n"
                    + block.split(separator: "\n", omittingEmptySubsequences: false)
                    .map { "      \($0)\n" }.joined()
            let file = try RuleFixture.files([text])
            let (rules, diagnostics) = RuleCompiler(scope: RuleScope(types: Self.vocabulary.typesForTests))
                .compile(file)
            #expect(rules != nil, "\(diagnostics.sorted.map(\.rendered))\n\(text)")
        }
    }
}

extension RuleVocabulary {
    fileprivate var typesForTests: [ProbeTypeFacts] {
        ProbeRegistry.builtin.types.map { ProbeTypeFacts(name: $0.name, facts: $0.facts) }
    }
}
