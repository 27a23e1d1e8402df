package import LookoutAlerting
import LookoutModel
package import LookoutProbing
package import LookoutSettings

/// Runs files of rule tests.
package struct RuleTestRunner: Sendable {
    /// Which tests run, by `file/test`; all if there is no pattern.
    private let patterns: [RegularPattern]
    private let reader: RuleTestReader

    /// - Parameters:
    ///   - patterns: regular expressions (RE2) of which one must be found in `file/test name`.
    ///   - probes: the probe types whose facts samples may have.
    ///   - receivers: the receiver types that configurations may use.
    /// - Throws: What is wrong with a pattern, for people.
    package init(patterns: [String], probes: ProbeRegistry, receivers: ReceiverRegistry) throws {
        self.patterns = try patterns.map { try RegularPattern($0) }
        reader = RuleTestReader(probes: probes, receivers: receivers)
    }

    /// Reads a file and runs its tests, one after the other.
    package func run(_ path: String) -> RuleTestFileResult {
        let (file, diagnostics) = reader.read(path)
        guard let file else {
            return RuleTestFileResult(path: path, diagnostics: diagnostics, tests: [], skipped: 0, rules: [:])
        }
        let chosen = file.tests.filter { test in
            patterns.isEmpty || patterns.contains { $0.isFound(in: "\(path)/\(test.name)") }
        }
        return RuleTestFileResult(
            path: path,
            diagnostics: diagnostics,
            tests: chosen.map(result),
            skipped: file.tests.count - chosen.count,
            rules: file.rules
        )
    }

    private func result(_ test: RuleTest) -> RuleTestResult {
        do {
            return RuleTestJudgement(test: test, record: try RuleTestRun(test).record()).result
        } catch {
            let failure = RuleTestFailure(
                position: test.position,
                message: "the test could not be run: \(error)"
            )
            return RuleTestResult(
                name: test.name,
                position: test.position,
                failures: [failure],
                firedRules: [],
                sampleCount: 0,
                length: test.length,
                timeline: []
            )
        }
    }
}

/// What became of one file of tests.
package struct RuleTestFileResult: Sendable {
    package let path: String
    /// What is wrong with the file or with the rules; with errors no test has run.
    package let diagnostics: Diagnostics
    package let tests: [RuleTestResult]
    /// How many tests no pattern chose.
    package let skipped: Int
    /// The rules that the file is about, by id.
    package let rules: [String: SourcePosition]

    /// Whether the file and its rules could be read.
    package var isReadable: Bool { !diagnostics.hasErrors }
    /// Whether everything came about as expected.
    package var isPassed: Bool { isReadable && tests.allSatisfy(\.isPassed) }
}
