import ArgumentParser
import FoundationEssentials
import LookoutProbes
import LookoutReceivers
import LookoutRehearsal

/// `lookout rules test`: rule tests, in virtual time.
struct RulesTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Runs rule tests: samples, events and expectations on virtual time.",
        discussion: """
            A file holds tests in promtool's form and beyond it, see docs/rule-tests.md. Samples go the way that \
            they go in production: through the rules and the alerts to receivers, which a script answers for.
            Exit codes: 0 if all tests pass; 1 if one fails or the coverage is too low; 78 if a file or its rules \
            are wrong.
            """
    )

    @Argument(help: "Files with tests; patterns such as 'Rules/tests/*.yaml' are taken too.")
    var files: [String]

    @Option(
        name: .customLong("run"),
        help: "Only tests whose \"file/name\" matches this RE2 pattern; repeatable."
    )
    var patterns: [String] = []

    @Flag(name: .customLong("diff"), help: "Shows what was expected and what came as a difference.")
    var showsDifference = false

    @Flag(name: .customLong("debug"), help: "Shows everything that happened in each test.")
    var showsTimeline = false

    @Flag(name: .customLong("coverage"), help: "Lists the rules that fire in no test.")
    var showsCoverage = false

    @Option(name: .customLong("min-coverage"), help: "Fails if fewer rules, in percent, fire in some test.")
    var leastCoverage: Double?

    @Option(name: .customLong("junit"), help: "Writes the results to this file as JUnit XML.")
    var junitPath: String?

    func validate() throws {
        if files.isEmpty { throw ValidationError("name at least one file with tests") }
        if let leastCoverage, !(0...100).contains(leastCoverage) {
            throw ValidationError("--min-coverage is a percentage from 0 to 100")
        }
    }

    func run() async throws {
        let runner = try runner()
        let report = RuleTestReport(
            showsDifference: showsDifference,
            showsTimeline: showsTimeline,
            usesColor: StandardStreams.outputIsTerminal && ProcessEnvironment.variables["NO_COLOR"] == nil
        )
        var results: [RuleTestFileResult] = []
        for path in try paths() {
            let result = runner.run(path)
            StandardStreams.write(report.text(result))
            results.append(result)
        }
        StandardStreams.write(report.summary(results))
        let coverage = RuleCoverage(results)
        if showsCoverage || leastCoverage != nil { StandardStreams.write(coverage.text) }
        if let junitPath { try write(JUnitReport(results).text, to: junitPath) }
        try conclude(results, coverage)
    }

    private func runner() throws -> RuleTestRunner {
        do {
            return try RuleTestRunner(patterns: patterns, probes: .builtin, receivers: .builtin)
        } catch {
            throw ValidationError("--run: \(error)")
        }
    }

    /// The files, each once, patterns replaced by what matches them.
    private func paths() throws -> [String] {
        var paths: [String] = []
        for file in files {
            let matches = PathPattern(file).paths
            if matches.isEmpty {
                StandardStreams.writeError("\(file): error: there is no such file\n")
                throw ExitCode.configuration
            }
            for match in matches where !paths.contains(match) { paths.append(match) }
        }
        return paths
    }

    private func write(_ text: String, to path: String) throws {
        do {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        } catch {
            StandardStreams.writeError("\(path): error: the report cannot be written: \(error)\n")
            throw ExitCode.unavailable
        }
    }

    private func conclude(_ results: [RuleTestFileResult], _ coverage: RuleCoverage) throws {
        if results.contains(where: { !$0.isReadable }) { throw ExitCode.configuration }
        if results.contains(where: { !$0.isPassed }) { throw ExitCode(1) }
        if !patterns.isEmpty, results.allSatisfy(\.tests.isEmpty) {
            StandardStreams.writeError("--run: error: no test has such a name\n")
            throw ExitCode.usage
        }
        if let leastCoverage, coverage.percentage < leastCoverage {
            StandardStreams.writeError("error: the coverage is below \(leastCoverage) %\n")
            throw ExitCode(1)
        }
    }
}
