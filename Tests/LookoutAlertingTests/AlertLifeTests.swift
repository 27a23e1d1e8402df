import LookoutAlerting
import LookoutModel
import Testing

struct AlertLifeTests {
    @Test(arguments: LifeCase.cases)
    func `lives as the table says`(life: LifeCase) {
        var story = AlertStory(
            for: .seconds(life.pending * 60),
            keep: .seconds(life.keep * 60),
            failures: life.failures,
            successes: life.successes
        )
        #expect(story.play(life.outcomes) == life.states)
        #expect(story.notices == life.notices)
    }

    @Test(arguments: [
        // prometheus/compliance, alert_generator: pending_firing_resolved, for 6m, evaluated every 30 s.
        (for: 360, outcomes: "---" + "222222222222" + "222", firesAt: 15),
        // The same with `for: 15s`, which is less than the interval.
        (for: 15, outcomes: "222", firesAt: 1),
        (for: 0, outcomes: "222", firesAt: 0),
        // pending_resolved, for 3m: it never fires.
        (for: 180, outcomes: "--22222----", firesAt: -1),
    ])
    func `fires in the evaluation that Prometheus fires in`(hold: Int, outcomes: String, firesAt: Int) {
        var story = AlertStory(for: .seconds(hold))
        let states = story.play(outcomes, every: .seconds(30))
        let index = states.firstIndex(of: "F").map { states.distance(from: states.startIndex, to: $0) }
        #expect(index ?? -1 == firesAt)
    }

    @Test func `a missed run adds at most two intervals to a hold`() {
        var story = AlertStory(for: .seconds(600))
        story.judge(.holds(.major))
        story.now = story.now + .seconds(86_400)
        story.judge(.holds(.major))
        #expect(story.letter == "p")
        #expect(story.alert?.held == .seconds(120))
    }

    @Test func `a step of the wall clock changes no hold`() {
        var story = AlertStory(for: .seconds(120))
        story.judge(.holds(.major))
        for _ in 0..<2 {
            story.now = Moment(
                wall: story.now.wall - .seconds(7200),
                monotonic: story.now.monotonic + .seconds(60)
            )
            story.judge(.holds(.major))
        }
        #expect(story.letter == "F")
    }

    @Test func `a restart adds nothing to a hold and takes nothing from it`() {
        var story = AlertStory(for: .seconds(180))
        #expect(story.play("222") == "ppp")
        story.restart(after: .seconds(86_400))
        #expect(story.alert?.held == .seconds(120))
        #expect(story.play("22") == "pF")
        #expect(story.notices == ["firing2"])
    }

    @Test func `a restart takes nothing from a row of failures or successes`() {
        var story = AlertStory(failures: 3, successes: 3)
        #expect(story.play("22") == "pp")
        story.restart(after: .seconds(86_400))
        #expect(story.play("2--") == "Frr")
        story.restart(after: .seconds(86_400))
        #expect(story.play("-") == "R")
        #expect(story.notices == ["firing2", "resolved2"])
    }

    @Test func `a restart tells nothing, and firing goes on with its episode`() {
        var story = AlertStory(keep: .seconds(120))
        #expect(story.play("2-") == "Fr")
        story.restart(after: .seconds(3600))
        #expect(story.play("--") == "rr")
        #expect(story.notices == ["firing2"])
        #expect(story.play("-") == "R")
        #expect(story.alert?.episode == 1)
    }

    @Test func `the texts are those of the last time it held`() {
        var story = AlertStory(keep: .seconds(60))
        _ = story.play("22--")
        let resolved = story.commits.flatMap(\.notices).last?.alert
        #expect(resolved?.texts.summary == "at 60 s")
        #expect(resolved?.recoveringSince == AlertStory.start.wall + .seconds(120))
        #expect(resolved?.resolvedSince == AlertStory.start.wall + .seconds(180))
        #expect(resolved?.resolution == .recovered)
    }

    @Test func `says since when it is blind, until it sees again`() {
        var story = AlertStory()
        _ = story.play("2??")
        #expect(story.alert?.blindness?.since == AlertStory.start.wall + .seconds(60))
        #expect(story.alert?.blindness?.reason == "no data")
        _ = story.play("!")
        #expect(story.alert?.blindness?.reason == "no such field")
        _ = story.play("h")
        #expect(story.alert?.blindness?.reason == "Lookout is offline")
        #expect(story.alert?.blindness?.since == AlertStory.start.wall + .seconds(60))
        _ = story.play("2")
        #expect(story.alert?.blindness == nil)
    }

    @Test func `labels are those of the rule when it fired, until the episode ends`() {
        var story = AlertStory(for: .seconds(60), keep: .seconds(60))
        story.labels = ["team": "web"]
        _ = story.play("2")
        story.labels = ["team": "core"]
        _ = story.play("2")
        story.labels = ["team": "db", "tier": "1"]
        _ = story.play("12--")
        let sent = story.commits.flatMap(\.notices)
        #expect(sent.map(\.kind) == [.firing, .escalated, .resolved])
        #expect(sent.allSatisfy { $0.alert?.labels == ["team": "core"] })
        _ = story.play("22")
        #expect(story.alert?.labels == ["team": "db", "tier": "1"])
        #expect(story.alert?.episode == 2)
    }

    @Test func `raising the hold time does not put out what fires`() {
        var story = AlertStory()
        _ = story.play("2")
        story.holds.pending = .seconds(3600)
        #expect(story.play("222") == "FFF")
        #expect(story.notices == ["firing2"])
    }

    @Test func `a judgement that changes nothing writes nothing`() {
        var story = AlertStory()
        story.judge(.clear)
        story.judge(.noData)
        #expect(story.commits == [AlertCommit(), AlertCommit()])
    }

    @Test func `a huge text is cut`() throws {
        var book = AlertBook(routes: Routes(receivers: []))
        let long = String(repeating: "ü", count: 1 << 20)
        let annotations = Dictionary(uniqueKeysWithValues: (0..<5000).map { ("name-\($0)", long) })
        let texts = AlertTexts(summary: long, annotations: annotations.merging([long: ""]) { $1 })
        let judgement = Judgement(
            alert: AlertStory.id,
            outcome: .holds(.major),
            texts: texts,
            interval: .seconds(60)
        )
        var draft = AlertDraft()
        book.plan([judgement], at: AlertStory.start, into: &draft)
        book.adopt(draft)
        let kept = try #require(book.alerts.first).texts
        let summary = kept.summary
        let size = kept.annotations.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
        #expect(size > 30_000 && size <= 32 << 10)
        #expect(summary.utf8.count <= 16 << 10)
        #expect(summary.hasSuffix("ü…"))
    }
}
