import ArgumentParser
import Foundation
import LookoutDeployments
import LookoutModel
import LookoutStatistics
import LookoutTestSupport
import Synchronization
import Testing

@testable import LookoutCommands

@Suite struct DeployAnalyzeTests {
    /// What an output wrote.
    private final class Paper: Sendable {
        private let parts = Mutex("")

        func write(_ text: String) { parts.withLock { $0 += text } }

        var text: String { parts.withLock { $0 } }
    }

    private static func tables(_ comparison: consuming RunComparison, showsEach: Bool = false) -> String {
        let paper = Paper()
        var output = AnalysisTables(showsEach: showsEach, write: paper.write)
        let policy = ComparisonPolicy.sharing(checks: comparison.checks.count)
        _ = comparison.write(to: &output, policy: policy)
        return paper.text
    }

    private static func document(_ comparison: consuming RunComparison) throws -> JSONValue {
        let paper = Paper()
        var output = AnalysisDocument(write: paper.write)
        let policy = ComparisonPolicy.sharing(checks: comparison.checks.count)
        _ = comparison.write(to: &output, policy: policy)
        return try JSONValue(parsing: Array(paper.text.utf8))
    }

    /// One check that is worse, one that is not, one that nobody asked after the change.
    private static func example(_ files: AnalysisFiles) throws -> RunComparison {
        try files.folder.write(
            AnalysisFiles.lines("production/api", 720, from: 1_755_600_000, level: 0.2, failing: 240, seed: 1)
                + AnalysisFiles.lines("production/web", 720, from: 1_755_600_000, level: 0.1, seed: 2)
                + AnalysisFiles.lines("production/chat", 90, from: 1_755_600_000, level: 0.1, seed: 3),
            to: "before.jsonl"
        )
        try files.folder.write(
            AnalysisFiles.lines("production/api", 180, from: 1_755_607_200, level: 0.4, failing: 20, seed: 4)
                + AnalysisFiles.lines("production/web", 180, from: 1_755_607_200, level: 0.1, seed: 5),
            to: "after.jsonl"
        )
        return RunComparison(
            before: try RunFile(files.baseline).runs,
            after: try RunFile(files.window).runs
        )
    }

    @Test func `the tables for people`() throws {
        let files = try AnalysisFiles()
        defer { files.folder.remove() }
        expectGolden(Self.tables(try Self.example(files)), "deploy-analyze.txt")
    }

    @Test func `every run has its line when asked for`() throws {
        let files = try AnalysisFiles()
        defer { files.folder.remove() }
        let text = Self.tables(try Self.example(files), showsEach: true)
        let api = text.split(separator: "\n").drop { $0 != "Check production/api" }
        let rows = api.dropFirst(2).prefix { !$0.hasPrefix("TEST") }
        #expect(rows.count == 180)
    }

    @Test func `the document is JSON with every look, and says what the tables say`() throws {
        let files = try AnalysisFiles()
        defer { files.folder.remove() }
        let document = AnswerRow(try Self.document(try Self.example(files)))
        let checks = AnswerRow.rows(document.value["checks"])
        #expect(checks.map { $0["check"] } == ["production/api", "production/chat", "production/web"])
        #expect(checks.map { $0["verdict"] } == ["regressed", "inconclusive", "pass"])
        #expect(checks.map { AnswerRow.rows($0.value["looks"]).count } == [180, 0, 180])
        #expect(document.member("summary")["verdict"] == "regressed")
        let tables = Self.tables(try Self.example(files))
        #expect(checks.allSatisfy { tables.contains(CheckAnalysisPage($0.value).text) })
    }

    @Test func `without a verdict by statistics there is JSON too`() throws {
        let timeouts = (0..<30).map { CheckSample(time: Double($0), isOK: false, seconds: nil) }
        let comparison = RunComparison(before: [:], after: ["a": timeouts], yesterday: [:])
        let document = AnswerRow(try Self.document(comparison))
        #expect(document.member("summary")["verdict"] == "inconclusive")
        let steady = (0..<70).map { CheckSample(time: Double($0 - 100), isOK: true, seconds: 0.1) }
        let slow = AnswerRow(try Self.document(RunComparison(before: ["a": steady], after: ["a": timeouts])))
        let ratio = AnswerRow.rows(slow.value["checks"])[0].member("latency").member("ratio")
        #expect(ratio["estimate"] == "Infinity" && ratio["lower"] == "Infinity")
    }

    @Test func `faults are told with file and line, several at once and not thousands`() throws {
        let files = try AnalysisFiles()
        defer { files.folder.remove() }
        let right = #"{"time": 1, "check": "c", "ok": true, "seconds": 0.1}"#
        try files.folder.write("\(right)\n\n  \r\n\(right)\r\n{}\n\(right)\nx", to: "before.jsonl")
        let failure = #expect(throws: RunFile.Failure.self) { _ = try RunFile(files.baseline) }
        let lines = failure?.description.split(separator: "\n").map(String.init) ?? []
        #expect(lines.count == 2)
        #expect(lines.first?.hasPrefix("\(files.baseline):5: `check` is missing") == true, "\(lines)")
        #expect(lines.last?.hasPrefix("\(files.baseline):7: this is not JSON") == true, "\(lines)")

        try files.folder.write(String(repeating: "x\n", count: 5_000), to: "after.jsonl")
        let many = #expect(throws: RunFile.Failure.self) { _ = try RunFile(files.window) }
        #expect(many?.description.split(separator: "\n").count == 11)

        let missing = #expect(throws: RunFile.Failure.self) { _ = try RunFile(files.folder.file("none")) }
        #expect(missing?.description.contains("cannot be read") == true)
    }

    @Test(arguments: [
        ["--alpha", "0"], ["--alpha", "nan"], ["--margin", "0.9"], ["--failure-floor", "1"],
        ["--share", "2"], ["--suspicion", "1"], ["--warm-up=-1"], ["--power", "1"],
        ["--latency-tolerance", "inf"], ["--failure-tolerance=-0.1"], ["--least-to-pass", "0"],
    ])
    func `a policy that makes no sense is refused`(options: [String]) {
        let files = ["deploy", "analyze", "--baseline", "b", "--window", "w"]
        #expect(throws: (any Error).self) { _ = try LookoutCommand.parseAsRoot(files + options) }
    }

    @Test func `both files cannot be standard input`() throws {
        #expect(throws: (any Error).self) {
            _ = try LookoutCommand.parseAsRoot(["deploy", "analyze", "--baseline", "-", "--window", "-"])
        }
        _ = try LookoutCommand.parseAsRoot(["deploy", "analyze", "--baseline", "-", "--window", "w"])
    }

    @Test func `the budget is shared among the checks unless a share is given`() throws {
        let command = try PolicyOptions.parse([])
        #expect(command.policy(checks: 4) == .sharing(checks: 4))
        let given = try PolicyOptions.parse(["--share", "0.5", "--alpha", "0.02", "--warm-up", "5"])
        #expect(given.policy(checks: 4).share == 0.5)
        #expect(given.policy(checks: 4).alpha == 0.02)
        #expect(given.policy(checks: 4).warmUp == 5)
    }

    @Test func `the exit codes are those of the help`() {
        #expect(ExitCode(WatchVerdict.Word.pass).rawValue == 0)
        #expect(ExitCode(WatchVerdict.Word.regressed).rawValue == 1)
        #expect(ExitCode(WatchVerdict.Word.inconclusive).rawValue == 2)
        #expect(throws: ExitCode.dataError) {
            try DeployAnalyzeCommand.parse(["--baseline", "/none", "--window", "/none"]).run()
        }
    }

    /// The scripts of the research over the same files; they know no clusters in the tail.
    @Test(arguments: [(level: 0.2, failing: 0), (level: 0.26, failing: 15)])
    func `ln E after each run is what the research's Python computes`(level: Double, failing: Int) throws {
        guard let python = TestProgram(named: "python3"),
            let scripts = SourceTree.shared()?.appending(path: "data/statistics").path(),
            FileManager.default.fileExists(atPath: scripts)
        else {
            print("skipped: python3 and the research's data/statistics are needed (LOOKOUT_SHARED)")
            return
        }
        let files = try AnalysisFiles()
        defer { files.folder.remove() }
        guard (try? python.run(["-c", "import numpy, scipy"], log: files.folder.file("import.txt"))) != nil
        else {
            print("skipped: python3 has no numpy and scipy (packages python3-numpy, python3-scipy)")
            return
        }
        try files.folder.write(
            AnalysisFiles.lines("c", 400, from: 0, level: 0.2, failing: 130, seed: 11),
            to: "before.jsonl"
        )
        try files.folder.write(
            AnalysisFiles.lines("c", 180, from: 4_000, level: level, failing: failing, seed: 12),
            to: "after.jsonl"
        )
        let log = files.folder.file("reference.txt")
        let script = SourceTree.realPath(#filePath).deletingLastPathComponent().appending(
            path: "reference.py"
        )
        try python.run([script.path(), scripts, files.baseline, files.window, "1.1"], log: log)
        let text = try String(contentsOfFile: log, encoding: .utf8)
        let expected = text.split(separator: "\n").map { $0.split(separator: " ").compactMap { Double($0) } }
            .filter { $0.count == 3 }

        let comparison = RunComparison(
            before: try RunFile(files.baseline).runs,
            after: try RunFile(files.window).runs
        )
        let document = AnswerRow(try Self.document(comparison))
        let looks = AnswerRow.rows(AnswerRow.rows(document.value["checks"])[0].value["looks"])
        #expect(looks.count == 180 && expected.count == 180)
        for (look, numbers) in zip(looks, expected) {
            let found = [
                look.member("latency").value["ln_e"], look.member("failures").value["ln_e"],
                look.member("tail").value["ln_e_independent"],
            ]
            for (value, number) in zip(found, numbers) {
                let value = try #require(value?.measured)
                #expect(abs(value - number) <= 1e-9 * max(1, abs(number)), "run \(look["run"])")
            }
        }
    }
}
