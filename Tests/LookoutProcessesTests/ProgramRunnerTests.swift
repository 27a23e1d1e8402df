import FoundationEssentials
import Glibc
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutProcesses

/// Programs of this machine, really run.
struct ProgramRunnerTests {
    private static func run(
        _ script: String,
        _ arguments: [String] = [],
        _ change: (inout ProgramPlan) -> Void = { _ in }
    ) async -> ProgramResult {
        var plan = ProgramPlan(path: "/bin/sh", arguments: ["-c", script, "sh"] + arguments)
        plan.environment = ["PATH": "/usr/bin:/bin"]
        // Only so that a broken test ends, however busy the machine is.
        plan.timeout = .seconds(600)
        change(&plan)
        return await ProgramRunner().run(plan, timekeeper: RealTimekeeper())
    }

    private static func text(_ result: ProgramResult) -> String {
        String(decoding: result.output, as: UTF8.self)
    }

    /// Whether a process still does anything: one that nobody has reaped does not.
    private static func isAlive(_ identifier: String) -> Bool {
        let status = try? String(contentsOf: URL(filePath: "/proc/\(identifier)/stat"), encoding: .utf8)
        return status.map { !$0.contains(") Z ") && !$0.contains(") X ") } ?? false
    }

    @Test(arguments: [0, 1, 64, 65, 75, 127, 255] as [Int32])
    func `the exit status is the program's`(status: Int32) async {
        #expect(await Self.run("exit $1", ["\(status)"]).ending == .exited(status))
    }

    @Test func `a signal is told from a status`() async {
        #expect(await Self.run("kill -TERM $$").ending == .signalled(SIGTERM))
    }

    @Test func `the input arrives whole, and more than a pipe holds`() async {
        let result = await Self.run("wc -c; wc -c < /dev/stdin") {
            $0.input = Array(repeating: 65, count: 300_000)
        }
        #expect(Self.text(result).split(whereSeparator: \.isWhitespace).first == "300000")
    }

    @Test func `a program that does not read its input is none the worse`() async {
        let result = await Self.run("exit 0") { $0.input = Array(repeating: 65, count: 300_000) }
        #expect(result == ProgramResult(ending: .exited(0)))
    }

    @Test func `arguments are handed over as they are`() async {
        let hostile = ["$(id)", "`id`", "; id", "a  b", "", "*", "\n"]
        let result = await Self.run(#"for a in "$@"; do printf '<%s>' "$a"; done"#, hostile)
        #expect(Self.text(result) == hostile.map { "<\($0)>" }.joined())
    }

    @Test func `it sees the environment that it is given, and no other`() async {
        var plan = ProgramPlan(path: "/usr/bin/env")
        plan.environment = ["A": "1", "B": "x=y z"]
        let result = await ProgramRunner().run(plan, timekeeper: RealTimekeeper())
        #expect(Self.text(result) == "A=1\nB=x=y z\n")
    }

    @Test func `it inherits no descriptors, no blocked signals and no ignored ones`() async throws {
        let result = await Self.run(
            "ls /proc/self/fd | tr '\\n' ' '; grep -E 'Sig(Blk|Ign)' /proc/self/status | cut -f2 | tr '\\n' ' '"
        )
        let words = Self.text(result).split(separator: " ")
        #expect(words.dropLast() == ["0", "1", "2", "3", "0000000000000000"])
        // glibc keeps the first two real-time signals, 32 and 33, for itself.
        let ignored = try #require(words.last.flatMap { UInt64($0, radix: 16) })
        #expect(ignored & ~0x1_8000_0000 == 0)
    }

    @Test func `it runs where it is told to`() async {
        #expect(Self.text(await Self.run("pwd") { $0.directory = "/usr" }) == "/usr\n")
    }

    @Test func `the end of what it says is kept, however much that is`() async {
        let result = await Self.run("head -c 1000000 /dev/zero | tr '\\0' x; echo; echo last words; exit 3")
        #expect(result.ending == .exited(3))
        #expect(result.output.count == 4096)
        #expect(Self.text(result).hasSuffix("x\nlast words\n"))
    }

    @Test func `after its time it is killed, with all that it has started`() async throws {
        let result = await Self.run("trap '' TERM; sleep 1000 & echo $$ $!; while :; do sleep 1000; done") {
            $0.timeout = .milliseconds(300)
        }
        #expect(result.ending == .timedOut)
        let identifiers = Self.text(result).split(whereSeparator: \.isWhitespace)
        try #require(identifiers.count == 2)
        for identifier in identifiers {
            try await eventually("\(identifier) is gone") { !Self.isAlive(String(identifier)) }
        }
    }

    @Test func `one that never stops talking is killed as well`() async {
        #expect(await Self.run("yes") { $0.timeout = .milliseconds(200) }.ending == .timedOut)
    }

    @Test func `what it leaves behind neither delays nor outlives it`() async throws {
        let result = await Self.run("sleep 1000 & echo $!; exit 0")
        #expect(result.ending == .exited(0))
        let identifier = Self.text(result).filter { !$0.isWhitespace }
        try await eventually("\(identifier) is gone") { !Self.isAlive(identifier) }
    }

    @Test func `cancelling kills it`() async throws {
        let folder = try ScratchFolder("program")
        let file = folder.file("pid")
        let ending = try await withThrowingTaskGroup(of: ProgramResult.Ending.self) { group in
            group.addTask {
                await Self.run("echo $$ > $1.part; mv $1.part $1; sleep 1000", [file]) {
                    $0.timeout = .seconds(600)
                }
                .ending
            }
            try await eventually("it has started") { access(file, F_OK) == 0 }
            group.cancelAll()
            return try await group.next()
        }
        #expect(ending == .cancelled)
        let identifier = try String(contentsOf: URL(filePath: file), encoding: .utf8).filter {
            !$0.isWhitespace
        }
        try await eventually("\(identifier) is gone") { !Self.isAlive(identifier) }
    }

    @Test func `what cannot be started says why`() async throws {
        let folder = try ScratchFolder("program")
        try folder.write("not a program", to: "text")
        let cases: [(String, String?, Int32)] = [
            ("/nowhere/at/all", nil, ENOENT), (folder.file("text"), nil, EACCES),
            ("/bin/true", "/nowhere/at/all", ENOENT), ("/", nil, EACCES),
        ]
        for (path, directory, code) in cases {
            let plan = ProgramPlan(path: path, directory: directory)
            let result = await ProgramRunner().run(plan, timekeeper: RealTimekeeper())
            #expect(result.ending == .unstartable(code))
        }
    }

    @Test func `two hundred runs leave no descriptors open`() async throws {
        let runner = ProgramRunner()
        func openDescriptors() throws -> Int {
            try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
        }
        let before = try openDescriptors()
        for _ in 0..<100 {
            _ = await runner.run(ProgramPlan(path: "/bin/true"), timekeeper: RealTimekeeper())
            _ = await runner.run(ProgramPlan(path: "/nowhere"), timekeeper: RealTimekeeper())
        }
        // Other tests open and close theirs meanwhile; a leak of ours would be 200 and more.
        #expect(try openDescriptors() < before + 150)
    }
}
