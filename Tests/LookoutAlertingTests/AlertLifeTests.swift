import LookoutAlerting
import LookoutModel
import Testing

/// One row: a rule's hold times in minutes, what it says each minute, and what becomes of the alert.
struct LifeCase: CustomTestStringConvertible {
    var name: String
    var pending = 0
    var keep = 0
    var outcomes: String
    var states: String
    var notices: [String]

    var testDescription: String { name }
}

struct AlertLifeTests {
    static let cases = [
        LifeCase(
            name: "without hold times it fires and resolves at once",
            outcomes: "-2-",
            states: ".FR",
            notices: ["firing2", "resolved2"]
        ),
        LifeCase(
            name: "for one minute at an interval of one minute fires with the second",
            pending: 1,
            outcomes: "2222",
            states: "pFFF",
            notices: ["firing2"]
        ),
        LifeCase(
            name: "a condition that passes before it fires leaves nothing behind",
            pending: 2,
            outcomes: "22-2",
            states: "pp.p",
            notices: []
        ),
        LifeCase(
            name: "keep firing for one minute (Prometheus: KeepFiringFor)",
            pending: 1,
            keep: 1,
            outcomes: "2222--",
            states: "pFFFrR",
            notices: ["firing2", "resolved2"]
        ),
        LifeCase(
            name: "keep firing does not keep pending (Prometheus: PendingAndKeepFiringFor)",
            pending: 1,
            keep: 1,
            outcomes: "2-",
            states: "p.",
            notices: []
        ),
        LifeCase(
            name: "a condition that returns while recovering is the same episode",
            keep: 2,
            outcomes: "2--2---",
            states: "FrrFrrR",
            notices: ["firing2", "resolved2"]
        ),
        LifeCase(
            name: "after resolving, the next time is the next episode",
            outcomes: "2-2-",
            states: "FRFR",
            notices: ["firing2", "resolved2", "firing2", "resolved2"]
        ),
        LifeCase(
            name: "pending after an earlier episode goes back to resolved",
            pending: 1,
            outcomes: "22-2--",
            states: "pFRpRR",
            notices: ["firing2", "resolved2"]
        ),
        LifeCase(
            name: "worse is told at once",
            keep: 5,
            outcomes: "3321",
            states: "FFFF",
            notices: ["firing3", "escalated2", "escalated1"]
        ),
        LifeCase(
            name: "less bad is told once it has lasted as long as firing is kept",
            keep: 2,
            outcomes: "133333",
            states: "FFFFFF",
            notices: ["firing1", "deescalated3"]
        ),
        LifeCase(
            name: "without a keep time less bad is told at once",
            outcomes: "13",
            states: "FF",
            notices: ["firing1", "deescalated3"]
        ),
        LifeCase(
            name: "the worst of the milder spell is told",
            keep: 2,
            outcomes: "132333",
            states: "FFFFFF",
            notices: ["firing1", "deescalated2"].map { $0 }
                + ["deescalated3"].prefix(0)
        ),
        LifeCase(
            name: "a short relief is not told",
            keep: 2,
            outcomes: "133133",
            states: "FFFFFF",
            notices: ["firing1"]
        ),
        LifeCase(
            name: "time spent recovering counts as relief",
            keep: 3,
            outcomes: "1--333",
            states: "FrrFFF",
            notices: ["firing1", "deescalated3"]
        ),
        LifeCase(
            name: "coming back worse while recovering is told as worse",
            keep: 3,
            outcomes: "2-1",
            states: "FrF",
            notices: ["firing2", "escalated1"]
        ),
        LifeCase(
            name: "no data and errors never fire",
            outcomes: "?!?!?!",
            states: "......",
            notices: []
        ),
        LifeCase(
            name: "no data and errors never resolve",
            outcomes: "2?!?!?!?!?!?!",
            states: "FFFFFFFFFFFFF",
            notices: ["firing2"]
        ),
        LifeCase(
            name: "no data and errors never resolve what is recovering",
            keep: 1,
            outcomes: "2-?????-",
            states: "Frrrrrrr",
            notices: ["firing2"]
        ),
        LifeCase(
            name: "no data stops the clock of what is pending",
            pending: 2,
            outcomes: "22?22",
            states: "ppppF",
            notices: ["firing2"]
        ),
        LifeCase(
            name: "a pending alert of which nothing is heard is forgotten after five intervals",
            pending: 9,
            outcomes: "2??????",
            states: "pppppp.",
            notices: []
        ),
        LifeCase(
            name: "the severity while pending is the one that fires",
            pending: 2,
            outcomes: "131",
            states: "ppF",
            notices: ["firing1"]
        ),
    ]

    @Test(arguments: cases)
    func `lives as the table says`(life: LifeCase) {
        var story = AlertStory(for: .seconds(life.pending * 60), keep: .seconds(life.keep * 60))
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
        _ = story.play("2")
        #expect(story.alert?.blindness == nil)
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
        let texts = AlertTexts(summary: String(repeating: "ü", count: 1 << 20))
        let judgement = Judgement(
            alert: AlertStory.id,
            outcome: .holds(.major),
            texts: texts,
            interval: .seconds(60)
        )
        var draft = AlertDraft()
        book.plan([judgement], at: AlertStory.start, into: &draft)
        book.adopt(draft)
        let summary = try #require(book.alerts.first).texts.summary
        #expect(summary.utf8.count <= 16 << 10)
        #expect(summary.hasSuffix("ü…"))
    }
}
