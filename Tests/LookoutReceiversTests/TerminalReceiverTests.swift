import LookoutAlerting
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutReceivers

struct TerminalReceiverTests {
    private static let receiver = ConfiguredReceiver(
        name: "screen",
        TerminalReceiver(name: "screen", settings: .init())
    )

    private static func block(of notice: Notice, showsColor: Bool = false, link: String = "") -> String {
        let message = Message(Examples.delivery(notice), timeZone: "UTC", externalURL: link)
        return TerminalReceiver.block(of: message, showsColor: showsColor)
    }

    @Test(arguments: DeliveryExamples.names)
    func `each sort of message is a block`(sort: String) {
        let message = Message(
            DeliveryExamples.delivery(sort),
            timeZone: "Europe/Berlin",
            externalURL: "https://lookout.example.org"
        )
        expectGolden(TerminalReceiver.block(of: message, showsColor: false), "terminal-\(sort).txt")
    }

    @Test func `an alert without words says its rule, and what is not known`() {
        let expected = """
            [SEV3 ESCALATED] backend-down
              Worse than told before: now severity 3.
              one
              two
              Since            2026-11-22 12:00:00 UTC, for 0s
              Unknown          since 2026-11-22 12:00:00 UTC: no data
              Rule             backend-down
              Acknowledge      lookout ack 6d4f9b0d0c5d-4
              Silence          lookout silence add --for 1h 'rule="backend-down"'
              Episode          6d4f9b0d0c5d-4


            """
        let notice = Examples.notice(
            .escalated,
            severity: .minor,
            labels: [:],
            texts: AlertTexts(description: "one\r\ntwo"),
            blindness: Alert.Blindness(since: Examples.fired, reason: "no data")
        )
        let episode = "\(notice.subjectKey.prefix(12))-4"
        #expect(Self.block(of: notice) == expected.replacing("6d4f9b0d0c5d-4", with: episode))
    }

    @Test(arguments: [
        (Notice.Kind.firing, Severity.outage, "1;31"), (.firing, .major, "33"), (.deescalated, .minor, "36"),
        (.resolved, .outage, "32"),
    ])
    func `colour is on the headline alone`(kind: Notice.Kind, severity: Severity, code: String) {
        let notice = Examples.notice(kind, severity: severity)
        let plain = Self.block(of: notice)
        let colored = Self.block(of: notice, showsColor: true)
        let headline = Message(notice).title
        #expect(colored.hasPrefix("\u{1B}[\(code)m\(headline)\u{1B}[0m\n"))
        #expect(plain.hasPrefix(headline))
        #expect(colored.dropFirst(colored.count - plain.count).hasSuffix(plain.dropFirst(headline.count)))
    }

    @Test func `a hostile page cannot drive the terminal`() {
        let hostile = "\u{1B}[2J\u{1B}]0;owned\u{7}\u{9B}31m\u{202E}txt\u{2028}x\u{0}\r\t\u{FEFF}"
        let notice = Examples.notice(
            labels: ["environment": hostile],
            texts: AlertTexts(summary: hostile, description: hostile, runbook: hostile)
        )
        let block = Self.block(of: notice)
        let forbidden = block.unicodeScalars.filter {
            $0 != "\n"
                && ($0.value < 0x20 || (0x7F...0x9F).contains($0.value) || $0 == "\u{202E}"
                    || $0 == "\u{2028}")
        }
        #expect(forbidden.isEmpty)
        #expect(block.split(separator: "\n").count == 8)
        #expect(
            block.contains(#"\u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}31m\u{202e}txt\u{2028}x\u{0}\r\t\u{feff}"#)
        )
    }

    @Test func `words of all scripts stay as they are`() {
        let text = "Zürich – 東京 👩‍👩‍👧 می‌خواهم"
        #expect(PlainText.line(text) == text)
    }

    @Test func `writes to standard output, and tries again if nobody reads`() async {
        let output = RecordedOutput()
        #expect(await Self.receiver.send(Examples.delivery(), .forTest(output: output)) == .delivered)
        #expect(
            output.texts.values == [Self.block(of: Examples.notice(), link: "https://lookout.example.org")]
        )
        let verdict = await Self.receiver.send(Examples.delivery(), .forTest())
        #expect(verdict == .retry(after: nil, reason: "standard output cannot be written: closed"))
    }

    @Test(arguments: [
        (0, "0s"), (-5, "0s"), (45, "45s"), (60, "1m"), (250, "4m 10s"), (3600, "1h"), (3601, "1h"),
        (11_100, "3h 5m"), (86_400, "1d"), (176_400, "2d 1h"),
    ])
    func `lengths of time are said in two units`(seconds: Int64, expected: String) {
        #expect(Lengths.text(.seconds(seconds)) == expected)
    }
}
