import LookoutAlerting
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutReceivers

struct JournalReceiverTests {
    @Test func `a notice is one line with a priority`() {
        let expected = """
            <2>[SEV1 FIRING] Backend is down – production/backend-health: connection refused \
            (rule backend-down, episode 4, since 2026-11-22T12:00:00Z)

            """
        #expect(JournalReceiver.line(of: Examples.notice()) == expected)
    }

    @Test func `a resolved notice says when and why`() {
        let expected = """
            <5>[SEV3 RESOLVED] Backend is down – production/backend-health: connection refused \
            (rule backend-down, episode 4, since 2026-11-22T12:00:00Z, resolved 2026-11-22T12:04:10Z after 4m 10s, \
            resolved because the check is no longer configured)

            """
        let notice = Examples.notice(.resolved, severity: .minor, resolution: .checkRemoved)
        #expect(JournalReceiver.line(of: notice) == expected)
    }

    @Test(arguments: [
        (Notice.Kind.firing, Severity.outage, "<2>"), (.escalated, .major, "<3>"),
        (.deescalated, .minor, "<4>"),
        (.firing, .minor, "<4>"), (.resolved, .outage, "<5>"),
    ])
    func `the priority is that of the severity`(kind: Notice.Kind, severity: Severity, prefix: String) {
        #expect(JournalReceiver.line(of: Examples.notice(kind, severity: severity)).hasPrefix(prefix))
    }

    @Test func `lines in texts cannot forge lines in the journal`() {
        let texts = AlertTexts(summary: "a\n<0>forged", description: "b\r\n<0>forged")
        let line = JournalReceiver.line(of: Examples.notice(texts: texts))
        #expect(line.split(whereSeparator: \.isNewline).count == 1)
        #expect(line.hasPrefix("<2>[SEV1 FIRING] a\\n<0>forged"))
    }

    @Test func `a line holds all that the rule says`() {
        let expected = """
            <3>[SEV2 FIRING] slow – production/backend-health \
            (rule backend-down, episode 4, since 2026-11-22T12:00:00Z, team=web, dashboard: line 1\\nline 2, \
            suggestion: roll back to the deployment before this one)

            """
        let notice = Examples.notice(
            severity: .major,
            ruleLabels: ["team": "web"],
            texts: AlertTexts(
                summary: "slow",
                annotations: ["dashboard": "line 1\nline 2"],
                suggestion: .rollback
            )
        )
        #expect(JournalReceiver.line(of: notice) == expected)
    }

    @Test func `a huge description is cut`() {
        let texts = AlertTexts(summary: "big", description: String(repeating: "x", count: 1 << 20))
        #expect(JournalReceiver.line(of: Examples.notice(texts: texts)).utf8.count < 5000)
    }

    @Test func `writes to standard error`() async {
        let receiver = ConfiguredReceiver(name: "log", JournalReceiver(name: "log", settings: .init()))
        let output = RecordedOutput()
        #expect(await receiver.send(Examples.delivery(), .forTest(errorOutput: output)) == .delivered)
        #expect(output.texts.values == [JournalReceiver.line(of: Examples.notice())])
    }
}
