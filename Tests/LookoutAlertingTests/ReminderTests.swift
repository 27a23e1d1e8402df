import LookoutAlerting
import LookoutModel
import Testing

struct ReminderTests {
    private static let hourly = AlertPolicy(
        reminders: Reminders([.outage: .seconds(3_600), .major: .seconds(7_200)])
    )

    private static func story() -> TellingStory { TellingStory(policy: hourly) }

    @Test func `what goes on is told again in the interval of its severity`() {
        var story = Self.story()
        story.judge("1", at: 0)
        story.pass(to: 11_000)
        #expect(
            story.told == [
                "0 team firing1", "3600 team reminder1", "7200 team reminder1", "10800 team reminder1",
            ]
        )
        var minor = Self.story()
        minor.judge("3", at: 0)
        minor.pass(to: 1_000_000)
        #expect(minor.told == ["0 team firing3"])
    }

    @Test func `the interval counts from the last word, whatever that was`() {
        var story = Self.story()
        story.judge("2", at: 0)
        story.pass(to: 3_000)
        story.judge("1", at: 3_000)
        story.pass(to: 6_700)
        #expect(story.told == ["0 team firing2", "3000 team escalated1", "6600 team reminder1"])
    }

    @Test func `nobody is reminded of what is recovering, resolved or taken on`() {
        var story = Self.story()
        story.holds = Judgement.Holds(keepFiring: .seconds(7_000))
        story.judge("1", at: 0)
        story.judge("-", at: 3_000)
        story.pass(to: 5_000)
        #expect(story.told == ["0 team firing1"])
        story.judge("1", at: 5_000)
        #expect(story.told.last == "5000 team reminder1")
        story.acknowledge(
            Alert.Acknowledgement(by: "ada", at: story.now.wall, until: TellingStory.time(20_000)),
            at: 6_000
        )
        story.pass(to: 21_000)
        #expect(story.told.dropFirst(2) == ["20000 team reminder1"])
        story.acknowledge(Alert.Acknowledgement(by: "ada", at: story.now.wall), at: 21_000)
        story.pass(to: 100_000)
        #expect(story.told.count == 3)
        story.acknowledge(nil, at: 100_001)
        #expect(story.told.last == "100001 team reminder1")
    }

    @Test func `after a restart nobody is reminded before the condition was seen again`() {
        var story = Self.story()
        story.judge("1", at: 0)
        story.restart(after: 50_000)
        story.pass(to: 51_000)
        #expect(story.told == ["0 team firing1"])
        story.judge("?", at: 51_030)
        story.judge("1", at: 51_060)
        #expect(story.told.dropFirst() == ["51060 team reminder1"])
        story.pass(to: 54_700)
        #expect(story.told.dropFirst(2) == ["54660 team reminder1"])
    }

    @Test(arguments: [3_600, -3_600, 86_400])
    func `a step of the clock on the wall neither hastens a reminder nor holds it back`(_ change: Int) {
        var story = Self.story()
        story.judge("1", at: 0)
        story.setClock(by: change)
        story.judge("1", at: 60)
        story.pass(to: 3_599)
        #expect(story.notices.count == 1)
        story.pass(to: 3_601)
        #expect(story.notices.map(\.kind) == [.firing, .reminder])
    }

    @Test func `a time to come, from a clock that was wrong, holds no reminder back for longer than once`() {
        var story = Self.story()
        story.judge("1", at: 0)
        story.setClock(by: -10_000_000)
        story.restart(after: 10)
        story.judge("1", at: 60)
        story.pass(to: 3_620)
        #expect(story.notices.map(\.kind) == [.firing, .reminder])
    }

    @Test func `a reminder that a silence held back is told at its end`() {
        let silence = Silence(
            id: "s1",
            matchers: [LabelMatcher("alertname", .equal("down"))],
            startsAt: TellingStory.time(100),
            endsAt: TellingStory.time(10_000)
        )
        var story = TellingStory(policy: Self.hourly, silences: [silence])
        story.judge("1", at: 0)
        story.pass(to: 12_000)
        #expect(story.told == ["0 team firing1", "10000 team reminder1"])
    }

    @Test func `no reminder comes sooner than after five minutes, and never is never`() {
        #expect(Reminders([.outage: .seconds(1)]).intervals[.outage] == .seconds(300))
        #expect(Reminders.never.intervals.isEmpty)
        let standard = Reminders.standard.intervals.mapValues { $0.components.seconds }
        #expect(standard == [.outage: 3_600, .major: 14_400, .minor: 86_400])
    }
}
