import Foundation
import LookoutTestSupport
import Testing

@testable import LookoutDeployments

/// What the documents say of the gate, held against the code.
@Suite struct `Documents about the gate` {
    /// `Tests/LookoutDeploymentsTests/Gate` is a folder deeper than most.
    private func rows(_ path: String) throws -> [[String]] {
        let root = SourceTree.root().deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: path), encoding: .utf8)
        return text.split(separator: "\n").filter { $0.hasPrefix("| ") }.map { line in
            line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
    }

    @Test func `every criterion is in the table, with what may be overridden`() throws {
        let words: [GateCriterion.Overriding: String] = [
            .allowed: "yes", .whenUnknown: "unknown only", .never: "never",
        ]
        let rows = try rows("docs/deployments.md").filter { $0.count == 3 }
        let table = Dictionary(rows.map { ($0[0], $0[2]) }, uniquingKeysWith: { first, _ in first })
        for criterion in GateCriterion.allCases {
            #expect(table["`\(criterion.rawValue)`"] == words[criterion.overriding], "\(criterion.rawValue)")
        }
    }

    @Test func `every requirement is listed once, and those of the gate name their criterion`() throws {
        let rows = try rows("docs/requirements.md").filter { $0.count == 4 && Int($0[0]) != nil }
        #expect(rows.compactMap { Int($0[0]) } == Array(1...61))
        for criterion in GateCriterion.allCases {
            for number in criterion.requirements {
                let row = try #require(rows.first { Int($0[0]) == number })
                let isNamed =
                    row[2].contains("`\(criterion.rawValue)`") || row[2].contains("--emergency")
                    || number == 61
                #expect(isNamed, "\(number): \(criterion.rawValue)")
            }
        }
    }

    @Test func `the page of a provider says what nobody can answer without it`() throws {
        for provider in ["github", "netlify", "render", "supabase"] {
            let root = SourceTree.root().deletingLastPathComponent()
            let page = try String(
                contentsOf: root.appending(path: "docs/providers/\(provider).md"),
                encoding: .utf8
            )
            for name in GateJudge.disabled(without: provider) {
                #expect(page.contains("`\(name)`"), "\(provider): \(name)")
            }
        }
    }
}
