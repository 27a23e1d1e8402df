import LookoutAlerting
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutReceivers

struct MessageTests {
    private static func message(_ sort: String, zone: String = "UTC") -> Message {
        Message(DeliveryExamples.delivery(sort), timeZone: zone, externalURL: "https://lookout.example.org")
    }

    @Test(arguments: [
        ("firing", "SEV1"), ("escalated", "SEV1 ESCALATED"), ("deescalated", "SEV2 DEESCALATED"),
        ("reminder", "SEV1 STILL FIRING"), ("flapping", "SEV1 FLAPPING"), ("resolved", "SEV1 RESOLVED"),
        ("fired_and_resolved", "SEV1 FIRED AND RESOLVED"),
    ])
    func `the title says how bad, what and where`(sort: String, tag: String) {
        #expect(Self.message(sort).title == "[\(tag)] Backend is down – production/backend-health")
    }

    @Test(arguments: [
        ("firing", "2026-11-22 13:00:00 CET (12:00:00 UTC)"),
        ("reminder", "2026-11-22 13:00:00 CET (12:00:00 UTC), for 5m"),
    ])
    func `times are in the receiver's zone and in UTC`(sort: String, since: String) {
        #expect(Self.message(sort, zone: "Europe/Berlin").facts.first == Message.Fact("Since", since))
    }

    @Test(arguments: [
        ("UTC", "2026-11-22T12:00:00Z", "2026-11-22 12:00:00 UTC"),
        ("No/Where", "2026-11-22T12:00:00Z", "2026-11-22 12:00:00 UTC"),
        ("Europe/Berlin", "2026-07-01T23:30:00.9Z", "2026-07-02 01:30:00 CEST (2026-07-01 23:30:00 UTC)"),
        ("America/New_York", "2026-11-22T00:00:05Z", "2026-11-21 19:00:05 EST (2026-11-22 00:00:05 UTC)"),
        ("Asia/Kolkata", "1969-12-31T23:59:59.5Z", "1970-01-01 05:29:59 IST (1969-12-31 23:59:59 UTC)"),
        ("Europe/Berlin", "2026-10-25T00:59:59Z", "2026-10-25 02:59:59 CEST (00:59:59 UTC)"),
        ("Europe/Berlin", "2026-10-25T01:00:00Z", "2026-10-25 02:00:00 CET (01:00:00 UTC)"),
    ])
    func `each zone has its own time, also where clocks change`(
        zone: String,
        time: String,
        expected: String
    ) throws {
        let instant = try #require(Timestamp(rfc3339: time))
        #expect(WallClock(timeZone: zone, at: instant).text(instant) == expected)
    }

    @Test func `the end says how it came about and how long it took`() {
        let message = Self.message("resolved")
        #expect(message.lead.hasPrefix("Resolved after 4m 10s; seen then: "))
        #expect(message.lead.contains("It was: status 503"))
        #expect(message.facts.prefix(2).map(\.name) == ["Fired", "Resolved"])
        #expect(message.suggestion == nil && message.commands.isEmpty && message.runbook == nil)
        #expect(message.tone == .good)
    }

    @Test(arguments: [
        (Alert.Resolution.ruleRemoved, "because the rule is no longer configured."),
        (.checkRemoved, "because the check is no longer configured."),
    ])
    func `an end that is no recovery says so`(resolution: Alert.Resolution, words: String) {
        let message = Message(Examples.notice(.resolved, resolution: resolution))
        #expect(message.lead.split(separator: "\n").first?.hasSuffix(words) == true)
    }

    @Test func `what is not known and who takes care are said first`() {
        let notice = Examples.notice(
            blindness: Alert.Blindness(since: Examples.fired, reason: "Lookout is\noffline"),
            acknowledgement: Alert.Acknowledgement(
                by: "ada\u{202E}",
                at: Examples.fired,
                until: Examples.fired + .seconds(60)
            )
        )
        let expected = [
            Message.Fact("Since", "2026-11-22 12:00:00 UTC"),
            Message.Fact("Unknown", "since 2026-11-22 12:00:00 UTC: Lookout is\\noffline"),
            Message.Fact(
                "Acknowledged by",
                #"ada\u{202e} at 2026-11-22 12:00:00 UTC until 2026-11-22 12:01:00 UTC"#
            ),
        ]
        let message = Message(notice)
        #expect(Array(message.facts.prefix(message.standing)) == expected)
        #expect(message.commands.map(\.name) == ["Silence"])
    }

    @Test func `commands are words of a shell, whatever the labels hold`() {
        let labels: Labels = ["environment": "it's $(rm -rf) `x` \"q\" \\", "probe": "a\nb"]
        let silence = Message(Examples.notice(labels: labels)).commands.last?.value
        let expected = #"""
            lookout silence add --for 1h 'rule="backend-down"' \#
            'environment="it'\''s $(rm -rf) `x` \"q\" \\"' 'probe="a\nb"'
            """#
        #expect(silence == expected)
    }

    @Test func `a digest tells each episode once, the worst first`() {
        let message = Self.message("digest")
        #expect(message.title == "[SEV1] 3 alerts: 1 SEV1, 1 SEV2, 1 resolved")
        #expect(message.lines.map(\.tone) == [.outage, .major, .good])
        #expect(message.remainder == nil)
    }

    @Test(arguments: [
        ([Notice.Kind.firing, .escalated], "SEV1"), ([.firing, .resolved], "SEV1 FIRED AND RESOLVED"),
        ([.escalated, .resolved], "SEV1 RESOLVED"), ([.reminder, .deescalated], "SEV1 DEESCALATED"),
        ([.firing, .reminder], "SEV1"), ([.firing, .flapping], "SEV1 FLAPPING"),
    ])
    func `the notices of one episode become one line that loses neither end`(
        kinds: [Notice.Kind],
        tag: String
    ) {
        let notices = kinds.map { Examples.notice($0) }
        #expect(AlertStory.stories(of: notices).map { AlertWords.tag($0.kind, $0.severity) } == [tag])
    }

    @Test func `a digest of very many shows the worst and counts the rest`() {
        let message = Message(ChatLimits.digest(of: 1000), timeZone: "UTC", externalURL: "")
        #expect(message.lines.count == 100)
        #expect(message.lines.allSatisfy { $0.tone == .outage })
        #expect(message.remainder?.hasPrefix("and 900 more: ") == true)
        let text = MessageText(message).text(limit: 1000, .bytes)
        let shown = text.split(separator: "unique").count - 1
        #expect(text.contains("and \(100 - shown) more here, and 900 more: "))
    }

    @Test func `texts without end are bounded before any receiver sees them`() {
        let texts = AlertTexts(
            summary: String(repeating: "s", count: 1 << 20),
            description: String(repeating: "d\n", count: 1 << 19),
            runbook: String(repeating: "r", count: 1 << 20),
            annotations: Dictionary(
                uniqueKeysWithValues: (0..<100).map { ("n\($0)", String(repeating: "\u{1}", count: 1 << 16)) }
            )
        )
        let message = Message(Examples.notice(texts: texts))
        #expect(message.title.utf8.count < 600)
        #expect(message.title.hasSuffix("– production/backend-health"))
        #expect(message.lead.utf8.count <= 4096)
        #expect(message.facts.count < 32)
        #expect(MessageText(message).text.utf8.count < 40_000)
    }

    @Test func `text of any limit keeps it, and never loses the title to the rest`() async {
        await checkAll(cases: 100) { generator in
            let sort = DeliveryExamples.names.randomElement(using: &generator) ?? "firing"
            let unit = TextUnit.allCases.randomElement(using: &generator) ?? .bytes
            let limit = Int.random(in: 60...3000, using: &generator)
            for markup in [Markup.plain, .commonMark, .discord, .mattermost, .html] {
                let text = MessageText(Self.message(sort), markup).text(limit: limit, unit)
                #expect(unit.length(of: text) <= limit)
                #expect(text.contains("SEV1") || text.contains("START") || sort == "deescalated")
            }
        }
    }

    @Test(arguments: DeliveryExamples.names)
    func `the Markdown of each sort is exactly so`(sort: String) {
        expectGolden(MessageText(Self.message(sort), .commonMark).text + "\n", "markdown-\(sort).md")
    }
}
