import LookoutAlerting
import LookoutModel
import LookoutTestSupport
import Testing

struct StormTests {
    /// Where a storm began and ended: letters are checks, capital where they failed, a step apart.
    private static func changes(_ samples: String, every step: Duration = .seconds(1)) -> [Int] {
        var watch = StormWatch()
        var now = Duration.seconds(100)
        var changes: [Int] = []
        for (index, letter) in samples.enumerated() {
            let check = CheckID(environment: "production", probe: letter.lowercased())
            if watch.take(check, isFailure: letter.isUppercase, at: now) { changes.append(index) }
            now += step
        }
        return changes
    }

    @Test(
        arguments: [
            ("abcdefgh", []),
            ("ABCD", []),
            ("ABCDe", [4]),
            ("ABCDE", [4]),
            ("aBCDE", []),
            ("abcdeABCDE", [9]),
            ("abcdefghijABCD", []),
            ("ABCaD", []),
            ("ABCfDE", [4]),
            ("ABgCfDE", []),
            ("AAAAAAAA", []),
            ("ABCDEabcde", [4, 7]),
            ("ABCDEaABcBC", [4]),
        ] as [(String, [Int])]
    )
    func `a storm is four fifths of at least five checks, from the first failure on`(
        _ samples: String,
        _ changes: [Int]
    ) {
        #expect(Self.changes(samples) == changes)
    }

    @Test func `failures far apart are no storm`() {
        #expect(Self.changes("ABCDEFGH", every: .seconds(200)) == [])
    }

    @Test func `checks that are gone count no more`() {
        var watch = StormWatch()
        for name in ["a", "b", "c", "d", "e"] {
            _ = watch.take(CheckID(environment: "production", probe: name), isFailure: true, at: .zero)
        }
        #expect(watch.isRaging)
        #expect(watch.failing.map(\.probe) == ["a", "b", "c", "d", "e"])
        watch.keep([])
        #expect(!watch.isRaging)
        #expect(watch.sampled == 0)
    }

    @Test func `while it rages it is told and nothing else, but of Lookout itself`() {
        var story = TellingStory()
        story.judge([AlertScope.stormRule: "1", "down": "1", "slow": "2", "lookout-offline": "2"], at: 0)
        #expect(story.notices.map(\.rule).sorted() == ["lookout-offline", AlertScope.stormRule])
        #expect(story.withholding() == .parent(rule: AlertScope.stormRule))
        story.judge("-", "slow", at: 30)
        story.judge([AlertScope.stormRule: "-"], at: 60)
        #expect(story.notices.count == 3)
        story.judge("1", at: 70)
        #expect(story.told.last == "70 team firing1")
        #expect(story.notices.count == 4)
    }

    @Test func `after it an alert has one interval to be over too`() {
        var story = TellingStory()
        story.judge([AlertScope.stormRule: "1", "down": "1"], at: 0)
        story.judge([AlertScope.stormRule: "-"], at: 60)
        story.pass(to: 300)
        #expect(story.told == ["0 team firing1", "60 team resolved1", "120 team firing1"])
    }

    @Test func `the end of what was told before it is told`() {
        var story = TellingStory()
        story.judge("2", at: 0)
        story.judge([AlertScope.stormRule: "1"], at: 10)
        story.judge("-", at: 60)
        #expect(story.told.last == "60 team resolved2")
    }
}
