import Foundation
import LookoutProbes
import LookoutReceivers
import LookoutRehearsal
import LookoutSettings
import LookoutTestSupport
import Testing

/// Runs rule tests for tests: files of the Fixtures folder, and files that a test writes.
enum RuleTestFixture {
    /// The folder of the test files that lie beside the tests.
    static let folder = SourceTree.realPath(#filePath).deletingLastPathComponent().appending(path: "Fixtures")
        .path

    static func runner(_ patterns: [String] = []) throws -> RuleTestRunner {
        try RuleTestRunner(patterns: patterns, probes: .builtin, receivers: .builtin)
    }

    /// A rule file for tests that write their own test file.
    static let rules = """
        groups:
          - name: example
            rules:
              - id: failing
                match: {probe: site}
                expr: sample.failed
                for: 1m
                keep_firing_for: 1m
                severity: 2
                summary: "{{ sample.message }}"
                labels: {team: core}
              - id: deep
                match: {probe: queue}
                expr: sample.json.depth > 5
                severity: 3
                summary: "{{ sample.json.depth }}"
        """

    /// Runs a test file that begins after its `rule_files`.
    static func run(_ text: String, patterns: [String] = []) throws -> RuleTestFileResult {
        try run(file: "rule_files: [rules.yaml]\n" + text, patterns: patterns)
    }

    /// Runs a whole test file.
    static func run(file text: String, patterns: [String] = []) throws -> RuleTestFileResult {
        let folder = try ScratchFolder("rule-tests")
        try folder.write(rules, to: "rules.yaml")
        try folder.write(text, to: "tests.yaml")
        return try runner(patterns).run(folder.file("tests.yaml"))
    }
}

extension RuleTestFileResult {
    /// Each failure as `line:column message`.
    var failures: [String] {
        tests.flatMap(\.failures).map { "\($0.position.line):\($0.position.column) \($0.message)" }
    }

    /// Each error of the file as `line:column message`.
    var errors: [String] {
        diagnostics.errors.map { error in
            error.position.map { "\($0.line):\($0.column) \(error.message)" } ?? error.message
        }
    }
}
