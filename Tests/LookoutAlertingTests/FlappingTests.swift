import LookoutAlerting
import LookoutModel
import Testing

/// What comes and goes too often, by the percentages that Icinga's documentation gives.
struct FlappingTests {
    private static func story() -> TellingStory { TellingStory(policy: AlertPolicy(flapping: .standard)) }

    private static func percentage(_ changes: UInt32) -> Double { FlapRing(changes: changes).percentage }

    @Test func `newer changes weigh more`() {
        #expect(Self.percentage(0) == 0)
        #expect(abs(Self.percentage(1) - 5.9) < 1e-9)
        #expect(abs(Self.percentage(1 << 19) - 4) < 1e-9)
        #expect(abs(Self.percentage(.max) - 99) < 1e-9)
        #expect(abs(Self.percentage(0b11_1111) - 33.9) < 1e-9)
    }

    @Test func `an alert that flaps is told once as such, and its end once it settled`() {
        var story = Self.story()
        story.play("2-2-2-2-2-2-2-", from: 0)
        #expect(
            story.told == [
                "0 team firing2", "60 team resolved2", "120 team firing2", "180 team resolved2",
                "240 team firing2", "300 team resolved2", "360 team flapping2",
            ]
        )
        #expect(story.alert()?.isFlapping == true)
        story.play(String(repeating: "-", count: 30), from: 840)
        #expect(story.told.dropFirst(7).map { $0.split(separator: " ")[2] } == ["resolved2"])
        #expect(story.alert()?.isFlapping == false)
        #expect(story.alert()?.state == .resolved)
    }

    @Test func `what still fires when it settles is told as firing`() {
        var story = Self.story()
        story.play("2-2-2-2" + String(repeating: "3", count: 30), from: 0)
        let kinds = story.notices.map { "\($0.kind.rawValue)\($0.severity.rawValue)" }
        #expect(kinds.suffix(2) == ["flapping2", "firing3"])
        #expect(story.notices.suffix(2).map(\.episode) == [4, 4])
    }

    @Test func `severity 1 is told each time, and an alert that becomes it at once`() {
        var story = Self.story()
        story.play("1-1-1-1-1-1-", from: 0)
        #expect(story.notices.count == 12)
        #expect(story.notices.allSatisfy { $0.kind == .firing || $0.kind == .resolved })
        var worse = Self.story()
        worse.play("2-2-2-2-2-1", from: 0)
        #expect(worse.notices.suffix(2).map(\.kind) == [.flapping, .firing])
        #expect(worse.notices.last?.severity == .outage)
    }

    @Test func `nobody is reminded of what flaps`() {
        var story = TellingStory(
            policy: AlertPolicy(reminders: Reminders([.major: .seconds(300)]), flapping: .standard)
        )
        story.play("2-2-2-2-2-2-2-2-2-2-2-2", from: 0)
        #expect(!story.notices.contains { $0.kind == .reminder })
    }

    @Test func `it survives a restart, and without a policy nothing flaps`() {
        var story = Self.story()
        story.play("2-2-2-2-", from: 0)
        story.restart(after: 10)
        #expect(story.alert()?.isFlapping == true)
        let count = story.notices.count
        story.play("2-2-", from: 600)
        #expect(story.notices.count == count)
        story.policy.flapping = nil
        story.reload(at: 900)
        story.judge("-", at: 960)
        #expect(story.told.last == "960 team resolved2")
    }
}
