import FoundationEssentials
import LookoutAlerting
import LookoutHTTP
import LookoutModel
import LookoutSettings
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutReceivers

struct ExecReceiverTests {
    private static let fixture = ReceiverFixture(
        type: ExecReceiver.self,
        settings: ["command": ["/bin/true"]]
    )

    /// The verdict on a script of the shell, which the configuration may well run.
    private static func verdict(
        _ script: String,
        _ arguments: [String] = [],
        _ delivery: Delivery = DeliveryExamples.delivery("firing"),
        settings: [String: JSONValue] = [:]
    ) async throws -> SendVerdict {
        var settings = settings
        let words = ["/bin/sh", "-c", script, "sh"] + arguments
        settings["timeout"] = settings["timeout"] ?? "14s"
        settings["command"] = .array(words.map { .string($0) })
        var tools = ReceiverTools.forTest()
        tools.timekeeper = RealTimekeeper(from: Examples.fired)
        return try await fixture.receiver(.object(settings)).send(delivery, tools)
    }

    @Test(arguments: [
        (0, "accepted -"), (75, "retry -"), (1, "retry -"), (2, "retry -"), (69, "retry -"), (127, "retry -"),
        (255, "retry -"), (64, "broken"), (77, "broken"), (78, "broken"), (65, "rejected"),
    ])
    func `each exit status has its verdict`(status: Int, expected: String) async throws {
        let verdict = try await Self.verdict("exit $1", ["\(status)"])
        #expect(VerdictCase.summary(verdict) == expected)
    }

    @Test func `a program that dies of a signal or takes too long is tried again`() async throws {
        #expect(
            try await Self.verdict("kill -KILL $$")
                == .retry(after: nil, reason: "/bin/sh was ended by signal 9")
        )
        let late = try await Self.verdict("echo thinking; sleep 1000", settings: ["timeout": "200ms"])
        #expect(late == .retry(after: nil, reason: "/bin/sh was killed: it took longer than 0.2 s: thinking"))
    }

    @Test func `what it said last is the reason, without secrets and on one line`() async throws {
        let verdict = try await Self.verdict(
            "echo first; printf 'no route for %s\\033[31m\\n\\n' \"$TOKEN\" >&2; exit 3",
            settings: ["environment": ["TOKEN": "s3cretS3cret"]]
        )
        #expect(
            verdict
                == .retry(
                    after: nil,
                    reason: #"/bin/sh ended with status 3: no route for <secret>\u{1b}[31m"#
                )
        )
    }

    @Test func `what cannot be started is for a person to mend`() async throws {
        let settings: JSONValue = ["command": ["/nowhere/at/all"]]
        let verdict = try await Self.fixture.receiver(settings)
            .send(DeliveryExamples.delivery("firing"), .forTest())
        #expect(VerdictCase.summary(verdict) == "broken")
    }

    @Test(arguments: DeliveryExamples.names)
    func `it reads the facts as JSON`(sort: String) async throws {
        let folder = try ScratchFolder("exec")
        let file = folder.file("input")
        let delivery = DeliveryExamples.delivery(sort)
        #expect(try await Self.verdict("cat > \"$1\"", [file], delivery) == .delivered)
        let input = try [UInt8](Data(contentsOf: URL(filePath: file)))
        #expect(try JSONValue(parsing: input) == EventDocument(delivery, .forTest()).json)
        expectGolden(try JSONValue(parsing: input).prettyJSONText + "\n", "exec-\(sort).txt")
    }

    @Test func `hostile texts are nothing but text`() async throws {
        let folder = try ScratchFolder("exec")
        let file = folder.file("input")
        let verdict = try await Self.verdict("cat > \"$1\"", [file], DeliveryExamples.hostileDelivery())
        #expect(verdict == .delivered)
        let json = try JSONValue(parsing: [UInt8](Data(contentsOf: URL(filePath: file))))
        #expect(json["data"]?["summary"]?.string?.contains("$(id)") == true)
    }

    @Test(
        arguments: [
            ["command": []], ["command": ["true"]], ["command": ["./true"]], ["command": "true"],
            ["command": nil],
            ["command": ["/bin/echo", "a\0b"]], ["directory": "here"], ["environment": ["A=B": "x"]],
            ["environment": ["": "x"]], ["pass_environment": ["A=B"]], ["timeout": "1m"], ["timeout": "1ms"],
            ["shell": "/bin/sh"],
        ] as [JSONValue]
    )
    func `what cannot work is an error at its place`(change: JSONValue) {
        let faults = Self.fixture.faults(change)
        #expect(faults.count == 1, "\(faults)")
        #expect(faults.allSatisfy { $0.hasPrefix("lookout.yaml:3:5: error:") })
    }

    @Test func `it works without a network`() {
        #expect(ExecReceiver.traits.isLocal)
        #expect(!ExecReceiver.traits.isKeyed)
    }
}
