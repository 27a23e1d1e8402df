import Foundation
import LookoutConfiguration
import LookoutDemo
import LookoutSettings
import LookoutTestSupport
import Testing

@testable import LookoutScenarios

/// The scenarios that Lookout comes with, played as `lookout demo --scenario` plays them.
struct ShippedScenarioTests {
    private static let root = SourceTree.root()

    private static let names: [String] = {
        let folder = root.appending(path: "examples/scenarios").path
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return files.filter { $0.hasSuffix(".yaml") }.sorted()
    }()

    private static func play(_ name: String) async throws -> ScenarioReport {
        let path = root.appending(path: "examples/scenarios/\(name)").path
        let scenario = try Scenario.read(try YAMLReader(file: path).readFile().get().root).get()
        let rules = root.appending(path: "Rules").path
        do {
            return try await ScenarioRunner(scenario, rules: rules).run()
        } catch let diagnostics as Diagnostics {
            Issue.record("\(diagnostics.errors.map(\.rendered).joined(separator: "\n"))")
            throw diagnostics
        }
    }

    @Test func `there are scenarios`() {
        #expect(Self.names.count >= 9)
    }

    @Test(arguments: names)
    func `what comes of a scenario is what its file says`(name: String) async throws {
        let report = try await Self.play(name)
        #expect(report.unmet.isEmpty, "\(report.text)")
    }

    @Test func `the scenario of the documentation is one`() throws {
        let page = try String(contentsOf: Self.root.appending(path: "docs/scenarios.md"), encoding: .utf8)
        let block = try #require(page.components(separatedBy: "```yaml scenario\n").dropFirst().first)
        let text = try #require(block.components(separatedBy: "```").first)
        let root = try YAMLReader(file: "docs/scenarios.md").read(Array(text.utf8)).get().root
        let scenario = try Scenario.read(root).get()
        #expect(scenario.timeline.count == 2 && scenario.expectations.count == 1)
    }
}
