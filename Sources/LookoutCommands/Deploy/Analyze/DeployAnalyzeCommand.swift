import ArgumentParser
import LookoutDeployments

/// `lookout deploy analyze`: the judgement of a watch on runs from files.
struct DeployAnalyzeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analyze",
        abstract: "Judges runs after a change against runs before it, from files.",
        discussion: """
            A file holds a run a line, in any order:
              {"time": "2026-11-23T20:00:00Z", "check": "production/api", "ok": true, "seconds": 0.123}
            `time` is RFC 3339 or seconds since 1970; `seconds` is null where it is not known, which of a failed \
            run means a timeout. More in docs/deploy-analyze.md.

            Examples:
              lookout deploy analyze --baseline before.jsonl --window after.jsonl
              lookout deploy analyze --baseline before.jsonl --window - --json < after.jsonl

            Exit codes: 0 pass; 1 regressed; 2 inconclusive; 64 usage; 65 a file is wrong or cannot be read.
            """
    )

    @Option(help: ArgumentHelp("The runs before the change; - is standard input.", valueName: "file"))
    var baseline: String

    @Option(help: ArgumentHelp("The runs after it; - is standard input.", valueName: "file"))
    var window: String

    @Option(
        help: ArgumentHelp(
            "The runs of the same hour a day before, for the report; the verdict does not look at them.",
            valueName: "file"
        )
    )
    var yesterday: String?

    @OptionGroup(title: "Policy") var policy: PolicyOptions

    @Flag(help: "Shows ln E after every run, not only at about ten of them.")
    var each = false

    @Flag(help: "Prints JSON, with ln E after every run.")
    var json = false

    func validate() throws {
        guard [baseline, window, yesterday].count(where: { $0 == "-" }) <= 1 else {
            throw ValidationError("only one of the files can be standard input")
        }
    }

    func run() throws {
        let comparison = RunComparison(
            before: try Self.read(baseline).runs,
            after: try Self.read(window).runs,
            yesterday: try yesterday.map { try Self.read($0).runs }
        )
        guard !comparison.checks.isEmpty else {
            StandardStreams.writeError("lookout: neither \(baseline) nor \(window) has a run\n")
            throw ExitCode.dataError
        }
        let policy = policy.policy(checks: comparison.checks.count)
        let word: WatchVerdict.Word
        if json {
            var output = AnalysisDocument(write: StandardStreams.write)
            word = comparison.write(to: &output, policy: policy).word
        } else {
            var output = AnalysisTables(showsEach: each, write: StandardStreams.write)
            word = comparison.write(to: &output, policy: policy).word
        }
        if word != .pass { throw ExitCode(word) }
    }

    private static func read(_ path: String) throws -> RunFile {
        do throws(RunFile.Failure) { return try RunFile(path) } catch {
            StandardStreams.writeError("lookout: \(error)\n")
            throw ExitCode.dataError
        }
    }
}

extension ExitCode {
    /// 0 pass, 1 regressed, 2 inconclusive.
    init(_ word: WatchVerdict.Word) {
        self =
            switch word {
            case .pass: .allWell
            case .regressed: ExitCode(1)
            case .inconclusive: ExitCode(2)
            }
    }
}
