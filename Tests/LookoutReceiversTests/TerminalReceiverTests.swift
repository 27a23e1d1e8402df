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

    @Test func `a firing alert is a block`() {
        let expected = """
            [SEV1 FIRING] Backend is down – production/backend-health
              since        2026-11-22T12:00:00Z
              description  connection refused
              runbook      https://runbooks.example.org/backend


            """
        #expect(TerminalReceiver.block(of: Examples.notice(), showsColor: false) == expected)
    }

    @Test func `a resolved alert says for how long it fired`() {
        let expected = """
            [SEV2 RESOLVED] Backend is down – production/backend-health
              since        2026-11-22T12:00:00Z, resolved 2026-11-22T12:04:10Z after 4m 10s
              note         resolved because the rule is no longer configured
              description  connection refused
              runbook      https://runbooks.example.org/backend


            """
        let notice = Examples.notice(.resolved, severity: .major, resolution: .ruleRemoved)
        #expect(TerminalReceiver.block(of: notice, showsColor: false) == expected)
    }

    @Test func `an alert without words says its rule, and what is not known`() {
        let expected = """
            [SEV3 ESCALATED] backend-down
              since        2026-11-22T12:00:00Z
              note         unknown since 2026-11-22T12:00:00Z: no data
              description  one
                           two


            """
        let notice = Examples.notice(
            .escalated,
            severity: .minor,
            labels: [:],
            texts: AlertTexts(description: "one\r\ntwo"),
            blindness: Alert.Blindness(since: Examples.fired, reason: "no data")
        )
        #expect(TerminalReceiver.block(of: notice, showsColor: false) == expected)
    }

    @Test func `a block holds all that the rule says, and who takes care of it`() {
        let expected = """
            [SEV1 FIRING] Backend is down – production/backend-health
              since        2026-11-22T12:00:00Z
              note         unknown since 2026-11-22T12:00:00Z: Lookout is offline
              note         acknowledged by ada at 2026-11-22T12:00:00Z
              a very long name x
              dashboard    https://example.org/d
              labels       team=web,tier=1
              suggestion   roll back to the deployment before this one


            """
        let notice = Examples.notice(
            ruleLabels: ["team": "web", "tier": "1"],
            texts: AlertTexts(
                summary: "Backend is down",
                annotations: ["dashboard": "https://example.org/d", "a very long name": "x"],
                suggestion: .rollback
            ),
            blindness: Alert.Blindness(since: Examples.fired, reason: "Lookout is offline"),
            acknowledgement: Alert.Acknowledgement(by: "ada", at: Examples.fired)
        )
        #expect(TerminalReceiver.block(of: notice, showsColor: false) == expected)
    }

    @Test func `nothing is suggested about what is over`() {
        let texts = AlertTexts(summary: "down", suggestion: .rollback)
        let block = TerminalReceiver.block(of: Examples.notice(.resolved, texts: texts), showsColor: false)
        #expect(!block.contains("suggestion"))
    }

    @Test(arguments: [
        (Notice.Kind.firing, Severity.outage, "1;31"), (.firing, .major, "33"), (.deescalated, .minor, "36"),
        (.resolved, .outage, "32"),
    ])
    func `colour is on the headline alone`(kind: Notice.Kind, severity: Severity, code: String) {
        let notice = Examples.notice(kind, severity: severity)
        let plain = TerminalReceiver.block(of: notice, showsColor: false)
        let colored = TerminalReceiver.block(of: notice, showsColor: true)
        let headline = NoticeWords(notice: notice).headline
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
        let block = TerminalReceiver.block(of: notice, showsColor: false)
        let forbidden = block.unicodeScalars.filter {
            $0 != "\n"
                && ($0.value < 0x20 || (0x7F...0x9F).contains($0.value) || $0 == "\u{202E}"
                    || $0 == "\u{2028}")
        }
        #expect(forbidden.isEmpty)
        #expect(block.split(separator: "\n").count == 4)
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
        #expect(output.texts.values == [TerminalReceiver.block(of: Examples.notice(), showsColor: false)])
        let verdict = await Self.receiver.send(Examples.delivery(), .forTest())
        #expect(verdict == .retry(after: nil, reason: "standard output cannot be written: closed"))
    }

    @Test(arguments: [
        (0, "0s"), (-5, "0s"), (45, "45s"), (60, "1m"), (250, "4m 10s"), (3600, "1h"), (3601, "1h"),
        (11_100, "3h 5m"), (86_400, "1d"), (176_400, "2d 1h"),
    ])
    func `lengths of time are said in two units`(seconds: Int64, expected: String) {
        #expect(NoticeWords.length(.seconds(seconds)) == expected)
    }
}
