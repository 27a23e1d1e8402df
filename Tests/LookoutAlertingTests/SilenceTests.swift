import LookoutAlerting
import LookoutModel
import Testing

/// Silences and acknowledgements: what they hold back, and what follows when they end.
struct SilenceTests {
    private static func silence(
        _ label: String = "alertname",
        _ value: String = "down",
        from start: Int = 0,
        to end: Int,
        id: String = "s1"
    ) -> Silence {
        Silence(
            id: id,
            matchers: [LabelMatcher(label, .equal(value))],
            startsAt: FamilyStory.start.wall + .seconds(start),
            endsAt: FamilyStory.start.wall + .seconds(end)
        )
    }

    private static func story(_ silences: Silence...) -> FamilyStory {
        FamilyStory(["down": []], silences: silences)
    }

    @Test func `what fires and ends inside of a silence is never told`() {
        var story = Self.story(Self.silence(to: 600))
        story.judge(["down": "2"], at: 10)
        let until = FamilyStory.start.wall + .seconds(600)
        #expect(story.withholding("down") == .silence(id: "s1", until: until))
        story.judge(["down": "-"], at: 70)
        story.pass(to: 1000)
        #expect(story.told.isEmpty)
        #expect(story.alert("down")?.episode == 1)
    }

    @Test func `what still fires when a silence ends is told then`() {
        var story = Self.story(Self.silence(to: 600))
        story.judge(["down": "2"], at: 10)
        story.pass(to: 1000)
        #expect(story.told == ["600 down firing2"])
    }

    @Test func `what is recovering when a silence ends is told only if it comes back`() {
        var story = Self.story(Self.silence(to: 600))
        story.holds["down"] = Judgement.Holds(keepFiring: .seconds(900))
        story.judge(["down": "2"], at: 500)
        story.judge(["down": "-"], at: 560)
        story.pass(to: 700)
        #expect(story.told.isEmpty)
        story.judge(["down": "2"], at: 740)
        #expect(story.told == ["740 down firing2"])
    }

    @Test func `the end of what was told before the silence is told inside of it`() {
        var story = Self.story(Self.silence(from: 30, to: 600))
        story.judge(["down": "2"], at: 0)
        story.judge(["down": "-"], at: 60)
        #expect(story.told == ["0 down firing2", "60 down resolved2"])
    }

    @Test func `inside of a silence becoming worse is withheld, becoming better is told`() {
        var story = Self.story(Self.silence(from: 30, to: 600))
        story.judge(["down": "2"], at: 0)
        story.judge(["down": "1"], at: 60)
        story.judge(["down": "3"], at: 120)
        story.judge(["down": "1"], at: 180)
        story.pass(to: 700)
        #expect(story.told == ["0 down firing2", "120 down deescalated3", "600 down escalated1"])
    }

    @Test func `a silence of a severity does not hold back a worse one`() {
        var story = Self.story(Self.silence("severity", "3", to: 600))
        story.judge(["down": "3"], at: 10)
        story.judge(["down": "1"], at: 70)
        #expect(story.told == ["70 down firing1"])
    }

    @Test func `a silence ended early, or replaced by one that does not match, lets be told at once`() {
        for others in [[], [Self.silence("alertname", "other", to: 600)]] {
            var story = Self.story(Self.silence(to: 600))
            story.judge(["down": "2"], at: 10)
            story.silence(others, at: 20)
            #expect(story.told == ["20 down firing2"])
        }
    }

    @Test func `where silences overlap the last one counts`() {
        var story = Self.story(Self.silence(to: 600), Self.silence(to: 300, id: "s2"))
        story.judge(["down": "2"], at: 10)
        story.pass(to: 599)
        #expect(story.told.isEmpty)
        story.silence([Self.silence(to: 600), Self.silence(from: 600, to: 900, id: "s3")], at: 599)
        story.pass(to: 1000)
        #expect(story.told == ["900 down firing2"])
    }

    @Test func `the clock that people read decides, and a step of it is noticed with the next judgement`() {
        var story = Self.story(Self.silence(to: 600))
        story.judge(["down": "2"], at: 10)
        var draft = AlertDraft()
        let now = Moment(wall: FamilyStory.start.wall + .seconds(600), monotonic: story.clock(20))
        story.book.plan([], at: now, into: &draft)
        #expect(draft.commit.notices.map(\.kind) == [.firing])
    }

    @Test func `a restart inside of a silence tells nothing, and its end is told as ever`() {
        var story = Self.story(Self.silence(to: 600))
        story.judge(["down": "2"], at: 10)
        story.restart(silences: [Self.silence(to: 600)])
        story.reload(at: 20)
        story.pass(to: 1000)
        #expect(story.told == ["600 down firing2"])
    }

    @Test func `a silence without matchers silences nothing`() {
        let end = FamilyStory.start.wall + .seconds(600)
        var story = Self.story(Silence(id: "s1", matchers: [], startsAt: .epoch, endsAt: end))
        story.judge(["down": "2"], at: 10)
        #expect(story.told == ["10 down firing2"])
    }

    @Test func `the same silences again change nothing`() {
        var story = Self.story(Self.silence(to: 600))
        story.judge(["down": "2"], at: 10)
        story.silence([Self.silence(to: 600)], at: 20)
        #expect(story.commits.last == AlertCommit())
    }

    // MARK: Acknowledgement

    @Test func `an acknowledgement goes with the episode, and what is new is told all the same`() {
        var story = FamilyStory(["down": []])
        story.judge(["down": "2"], at: 0)
        let word = Alert.Acknowledgement(by: "ada", at: story.now.wall)
        let isFound = story.acknowledge("down", word, at: 10)
        #expect(isFound)
        #expect(story.commits.last?.alerts.first?.acknowledgement == word)
        story.judge(["down": "1"], at: 60)
        #expect(story.commits.last?.notices.first?.alert?.acknowledgement == word)
        story.judge(["down": "-"], at: 120)
        #expect(story.alert("down")?.acknowledgement == nil)
        story.judge(["down": "1"], at: 180)
        #expect(story.alert("down")?.acknowledgement == nil)
        #expect(
            story.told == ["0 down firing2", "60 down escalated1", "120 down resolved1", "180 down firing1"]
        )
    }

    @Test func `what is not firing cannot be acknowledged, and a word can be taken back`() {
        var story = FamilyStory(["down": []])
        story.holds["down"] = Judgement.Holds(pending: .seconds(60), keepFiring: .seconds(60))
        let word = Alert.Acknowledgement(
            by: String(repeating: "ü", count: 1000),
            at: story.now.wall,
            until: story.now.wall + .seconds(60)
        )
        var found = [story.acknowledge("down", word, at: 0)]
        story.judge(["down": "2"], at: 0)
        found.append(story.acknowledge("down", word, at: 10))
        story.judge(["down": "2"], at: 60)
        found.append(story.acknowledge("down", word, at: 70))
        #expect(story.alert("down")?.acknowledgement?.author.utf8.count ?? 0 <= 256)
        story.judge(["down": "-"], at: 120)
        found.append(story.acknowledge("down", nil, at: 130))
        #expect(story.alert("down")?.acknowledgement == nil)
        #expect(found == [false, false, true, true])
        #expect(word.isInForce(at: story.now.wall - .seconds(71)))
        #expect(!word.isInForce(at: story.now.wall - .seconds(70)))
    }
}
