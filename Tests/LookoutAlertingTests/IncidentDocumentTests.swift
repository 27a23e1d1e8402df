import CivilTime
import LookoutModel
import LookoutTestSupport
import Testing

@testable import LookoutAlerting

@Suite struct IncidentDocuments {
    private typealias Story = IncidentStory

    /// A bad deployment: the backend falls over, chat with it, somebody rolls back.
    private var story: Story {
        var story = Story()
        let (backend, chat) = (Story.id("backend-down"), Story.id("chat-broken"))
        let evidence = Evidence(
            samples: [
                Evidence.Line(at: Story.time(30), "503 after 120 ms"),
                Evidence.Line(at: Story.time(60), "timeout after 10.0 s"),
            ],
            changes: [Evidence.Line(at: Story.time(-240), "version 2.0.3 → 2.0.4")]
        )
        story.sign(backend, at: 30)
        story.fire(backend, at: 60)
        story.row(
            backend,
            summary: "Backend answers 503 | <b>now</b>",
            evidence: evidence,
            suggestion: .rollback
        )
        story.row(chat, parents: ["backend-down"], summary: "Chat does not connect")
        story.tell(backend, .firing, "team", at: 60)
        story.tell(backend, .firing, "pager", at: 60, .dead, failures: 3, reason: "401: wrong *key*")
        story.note(2, .acknowledged, "alice", "backend-down: rolling back", at: 150)
        story.change(backend, .escalated, at: 180, .outage)
        story.tell(backend, .escalated, "team", at: 180, failures: 1)
        story.sign(chat, at: 200)
        story.fire(chat, at: 260)
        story.tell(chat, .firing, "team", at: 260, .superseded)
        story.silence(LabelMatcher("environment", .equal("production")), from: 300, to: 500, by: "bob")
        story.resolve(backend, at: 600, .outage)
        story.resolve(chat, at: 640)
        story.tell(backend, .resolved, "team", at: 600)
        story.note(2, .note, "alice", "rolled back to 2.0.3\n# not a heading", at: 650)
        story.row(
            backend,
            summary: "Backend answers 503 | <b>now</b>",
            evidence: evidence,
            suggestion: .rollback
        )
        story.row(chat, parents: ["backend-down"], summary: "Chat does not connect")
        return story
    }

    private func markdown(_ zone: CivilZone, at second: Int) throws -> String {
        let records = story.records
        let incident = try #require(records.incidents.first)
        let now = Story.time(second)
        let timeline = IncidentTimeline(of: incident, in: records, at: now)
        return IncidentDocument(incident, timeline, zone: zone, at: now).markdown
    }

    @Test func `the document of a closed incident, in two zones`() throws {
        let zone = try #require(TimeZones.shared.zone("Europe/Berlin"))
        expectGolden(try markdown(zone, at: 7200), "incident-closed.md")
    }

    @Test func `the document in UTC alone has one column of times`() throws {
        let text = try markdown(.utc, at: 7200)
        #expect(text.contains("| UTC | What |"))
        #expect(!text.contains("CET"))
    }

    @Test func `half an hour after the end the watch is ticked, not before`() throws {
        #expect(try markdown(.utc, at: 660).contains("- [ ] Monitor for 30 minutes after the fix: until"))
        #expect(try markdown(.utc, at: 640 + 1800).contains("- [x] Monitor for 30 minutes after the fix"))
    }

    @Test func `what others wrote changes nothing around it`() throws {
        let text = try markdown(.utc, at: 7200)
        #expect(!text.contains("<b>"))
        #expect(!text.contains("\n# not a heading"))
        for line in text.split(separator: "\n") where line.hasPrefix("| 2026") {
            let bars = line.replacing("\\|", with: "").count { $0 == "|" }
            #expect(bars == 3, "\(line)")
        }
    }

    @Test func `the timeline is in order and has every event once`() throws {
        let records = story.records
        let incident = try #require(records.incidents.first)
        let events = IncidentTimeline(of: incident, in: records, at: Story.time(7200)).events
        #expect(events.map(\.at) == events.map(\.at).sorted())
        #expect(events.count == records.transitions.count + records.notices.count + records.notes.count + 2)
        #expect(
            events.map(\.kind) == [
                "appeared", "held", "notice_delivered", "notice_dead", "acknowledged", "escalated",
                "notice_delivered", "appeared", "held", "notice_superseded", "silence_began", "silence_ended",
                "recovered", "notice_delivered", "recovered", "note",
            ]
        )
    }

    @Test func `a silence of another environment is not in the timeline`() throws {
        var story = story
        story.records.silences = []
        story.silence(LabelMatcher("environment", .equal("staging")), from: 100, to: 200, by: "bob")
        let incident = try #require(story.records.incidents.first)
        let timeline = IncidentTimeline(of: incident, in: story.records, at: Story.time(7200))
        #expect(!timeline.events.contains { $0.kind == "silence_began" })
    }
}
