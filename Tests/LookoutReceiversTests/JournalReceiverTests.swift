import LookoutAlerting
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutReceivers

struct JournalReceiverTests {
    private static func line(of notice: Notice) -> String {
        JournalReceiver.lines(of: Message(Examples.delivery(notice), timeZone: "UTC", externalURL: ""))
    }

    @Test(arguments: DeliveryExamples.names)
    func `each sort of message is lines with a priority`(sort: String) {
        let message = Message(
            DeliveryExamples.delivery(sort),
            timeZone: "UTC",
            externalURL: "https://lookout.example.org"
        )
        let lines = JournalReceiver.lines(of: message)
        #expect(lines.split(separator: "\n").count == (sort == "digest" ? 4 : 1))
        expectGolden(lines, "journal-\(sort).txt")
    }

    @Test(arguments: [
        (Notice.Kind.firing, Severity.outage, "<2>"), (.escalated, .major, "<3>"),
        (.deescalated, .minor, "<4>"),
        (.firing, .minor, "<4>"), (.resolved, .outage, "<5>"),
    ])
    func `the priority is that of the severity`(kind: Notice.Kind, severity: Severity, prefix: String) {
        #expect(Self.line(of: Examples.notice(kind, severity: severity)).hasPrefix(prefix))
    }

    @Test func `lines in texts cannot forge lines in the journal`() {
        let texts = AlertTexts(summary: "a\n<0>forged", description: "b\r\n<0>forged")
        let line = Self.line(of: Examples.notice(texts: texts))
        #expect(line.split(whereSeparator: \.isNewline).count == 1)
        #expect(line.hasPrefix("<2>[SEV1] a\\n<0>forged"))
    }

    @Test func `a huge description is cut`() {
        let texts = AlertTexts(summary: "big", description: String(repeating: "x", count: 1 << 20))
        #expect(Self.line(of: Examples.notice(texts: texts)).utf8.count < 5000)
    }

    @Test func `writes to standard error`() async {
        let receiver = ConfiguredReceiver(name: "log", JournalReceiver(name: "log", settings: .init()))
        let output = RecordedOutput()
        #expect(await receiver.send(Examples.delivery(), .forTest(errorOutput: output)) == .delivered)
        #expect(output.texts.values == [JournalReceiver.lines(of: Message(Examples.delivery(), .forTest()))])
    }
}
