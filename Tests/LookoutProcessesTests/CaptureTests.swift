import LookoutModel
import LookoutTestSupport
import Testing

@testable import LookoutProcesses

/// What is kept of what a program says.
struct CaptureTests {
    private static func run(_ script: String, _ capture: ProgramPlan.Capture) async -> ProgramResult {
        let plan = ProgramPlan(
            path: "/bin/sh",
            arguments: ["-c", script],
            environment: ["PATH": "/usr/bin:/bin"],
            timeout: .seconds(600),
            capture: capture
        )
        return await ProgramRunner().run(plan, timekeeper: RealTimekeeper())
    }

    @Test func `the two streams are kept apart where that is asked`() async {
        let result = await Self.run("echo out; echo err >&2; echo more", .whole(output: 100, errors: 100))
        #expect(result.ending == .exited(0))
        #expect(String(decoding: result.output, as: UTF8.self) == "out\nmore\n")
        #expect(String(decoding: result.errors, as: UTF8.self) == "err\n")
    }

    @Test func `an answer is whole, however many pipes it fills`() async {
        let result = await Self.run(
            "head -c 1000000 /dev/zero; head -c 300000 /dev/zero >&2; echo end >&2",
            .whole(output: 1_000_000, errors: 10)
        )
        #expect(result.ending == .exited(0))
        #expect(result.output == Array(repeating: 0, count: 1_000_000))
        #expect(result.errors == Array(repeating: 0, count: 6) + Array("end\n".utf8))
    }

    @Test(arguments: ["head -c 1000001 /dev/zero", "yes"])
    func `one byte more than an answer may have ends the program`(script: String) async {
        let result = await Self.run(script, .whole(output: 1_000_000, errors: 10))
        #expect(result.ending == .saidTooMuch)
        #expect(result.output.count == 1_000_000)
    }

    @Test func `last words come from both streams`() async {
        let result = await Self.run("echo out; echo err >&2", .lastWords(6))
        #expect(result == ProgramResult(ending: .exited(0), output: Array("t\nerr\n".utf8)))
    }
}
