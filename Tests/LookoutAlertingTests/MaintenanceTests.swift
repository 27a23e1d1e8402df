import CivilTime
import LookoutAlerting
import LookoutModel
import Testing

struct MaintenanceTests {
    /// From 14:20 to 14:30 each day; the stories begin at 14:13:20.
    private static let daily = Maintenance(
        name: "backup",
        matchers: [LabelMatcher("alertname", .equal("down"))],
        windows: [.recurring(RecurringWindow(times: [860..<870]))]
    )

    private static func story() -> TellingStory {
        TellingStory(policy: AlertPolicy(maintenance: [daily]))
    }

    @Test func `what fires during planned work is told at its end if it is still true`() {
        var story = Self.story()
        story.judge(["down": "2", "slow": "2"], at: 500)
        #expect(story.told == ["500 team firing2"])
        #expect(story.withholding() == .maintenance(name: "backup", until: TellingStory.time(1_000)))
        story.pass(to: 2_000)
        #expect(story.told == ["500 team firing2", "1000 team firing2"])
    }

    @Test func `what fires and ends during it is never told, and the end of what was told before is`() {
        var story = Self.story()
        story.judge("2", at: 300)
        story.judge("1", at: 450)
        story.judge("-", at: 510)
        story.judge("2", at: 570)
        story.judge("-", at: 630)
        story.pass(to: 2_000)
        #expect(story.told == ["300 team firing2", "510 team resolved1"])
        #expect(story.alert()?.episode == 2)
    }

    @Test func `work of which the configuration says nothing any more is over`() {
        var story = Self.story()
        story.judge("2", at: 500)
        story.policy.maintenance = []
        story.reload(at: 600)
        #expect(story.told == ["600 team firing2"])
    }

    @Test func `a restart in the middle of it tells nothing`() {
        var story = Self.story()
        story.judge("2", at: 500)
        story.restart(after: 60)
        #expect(story.told.isEmpty)
        story.pass(to: 1_500)
        #expect(story.told == ["1000 team firing2"])
    }

    @Test func `maintenance without matchers is of nothing`() {
        var all = Self.daily
        all.matchers = []
        var story = TellingStory(policy: AlertPolicy(maintenance: [all]))
        story.judge("2", at: 500)
        #expect(story.told == ["500 team firing2"])
    }

    // MARK: Silences that end with what they match

    private static func silence(_ label: String, _ value: String, from second: Int = 0) -> Silence {
        Silence(
            id: "s1",
            matchers: [LabelMatcher(label, .equal(value))],
            startsAt: TellingStory.time(second),
            endsAt: TellingStory.time(100_000),
            expiresOnResolve: true
        )
    }

    @Test func `a silence that expires on resolve silences one episode`() {
        var story = TellingStory(silences: [Self.silence("alertname", "down")])
        story.judge("2", at: 0)
        story.judge("-", at: 60)
        #expect(story.book.spentSilences == ["s1"])
        story.judge("2", at: 120)
        #expect(story.told == ["120 team firing2"])
    }

    @Test func `it waits for the last of those that it matches`() {
        var story = TellingStory(silences: [Self.silence("environment", "production")])
        story.judge(["down": "2", "slow": "2"], at: 0)
        story.judge("-", at: 60)
        story.judge("2", at: 120)
        story.judge("-", "slow", at: 180)
        #expect(story.told.isEmpty)
        story.judge("-", at: 240)
        story.judge("2", "slow", at: 300)
        #expect(story.told == ["300 team firing2"])
    }

    @Test func `a restart does not bring it back`() {
        let silence = Self.silence("alertname", "down")
        var story = TellingStory(silences: [silence])
        story.judge("2", at: 0)
        story.judge("-", at: 60)
        story.restart(after: 10, silences: [silence])
        story.judge("2", at: 120)
        story.restart(after: 10, silences: [silence])
        #expect(story.told == ["120 team firing2"])
        #expect(story.book.spentSilences == ["s1"])
    }

    @Test func `an end before its beginning does not end it`() {
        var story = TellingStory(silences: [Self.silence("alertname", "down", from: 100)])
        story.judge("2", at: 0)
        story.judge("-", at: 60)
        story.judge("2", at: 120)
        #expect(story.told == ["0 team firing2", "60 team resolved2"])
    }
}
