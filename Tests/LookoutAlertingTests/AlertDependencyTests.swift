import LookoutAlerting
import LookoutModel
import LookoutTestSupport
import Testing

/// What is told of an alert whose rule depends on another.
struct AlertDependencyTests {
    /// A child, and a parent that both see the same fault.
    private static let pair = ["child": ["parent"], "parent": []]

    @Test(arguments: [["parent", "child"], ["child", "parent"]])
    func `judged by one sample, the parent is told and the child is not, in either order`(order: [String]) {
        var story = FamilyStory(Self.pair)
        if order[0] == "parent" {
            story.judge(["parent": "1", "child": "2"], at: 0)
        } else {
            story.judge(["child": "2", "parent": "1"], at: 0)
        }
        #expect(story.told == ["0 parent firing1"])
        #expect(story.alert("child")?.state == .firing)
        #expect(story.withholding("child") == .parent(rule: "parent"))
    }

    @Test func `a child that is judged before its parent waits for the parent's verdict`() {
        var story = FamilyStory(Self.pair)
        story.judge(["parent": "-"], at: 0)
        story.judge(["child": "2"], at: 30)
        #expect(story.told.isEmpty)
        story.judge(["parent": "1"], at: 60)
        story.pass(to: 500)
        #expect(story.told == ["60 parent firing1"])
    }

    @Test func `a verdict that the parent is well lets the child be told at once`() {
        var story = FamilyStory(Self.pair)
        story.judge(["child": "2"], at: 30)
        story.judge(["parent": "-"], at: 40)
        #expect(story.told == ["40 child firing2"])
    }

    @Test func `a verdict of the same moment is new enough`() {
        var story = FamilyStory(Self.pair)
        story.judge(["parent": "-"], at: 30)
        story.judge(["child": "2"], at: 30)
        #expect(story.told == ["30 child firing2"])
    }

    @Test(arguments: ["?", "!"] as [Character])
    func `a parent that had no data, or failed to be evaluated, explains nothing`(outcome: Character) {
        var story = FamilyStory(Self.pair)
        story.judge(["child": "2"], at: 30)
        #expect(story.told.isEmpty)
        story.judge(["parent": outcome], at: 40)
        #expect(story.told == ["40 child firing2"])
    }

    @Test(arguments: ["", "h"])
    func `a parent that says nothing is waited for no longer than one interval`(outcome: String) {
        var story = FamilyStory(Self.pair)
        story.judge(["child": "2"], at: 30)
        for letter in outcome { story.judge(["parent": letter], at: 60) }
        #expect(story.withholding("child") == .verdict(rule: "parent", until: story.clock(90)))
        story.pass(to: 89)
        #expect(story.told.isEmpty)
        story.pass(to: 200)
        #expect(story.told == ["90 child firing2"])
        #expect(story.book.withheld.isEmpty)
    }

    @Test func `a hold time of the child counts as waiting`() {
        var story = FamilyStory(Self.pair)
        story.holds["child"] = Judgement.Holds(pending: .seconds(60))
        story.judge(["child": "2"], at: 30)
        story.judge(["parent": "-"], at: 60)
        story.judge(["child": "2"], at: 90)
        #expect(story.told == ["90 child firing2"])
    }

    @Test func `a pending parent explains the child, and a passing one no longer does`() {
        var story = FamilyStory(Self.pair)
        story.holds["parent"] = Judgement.Holds(pending: .seconds(300))
        story.judge(["parent": "1"], at: 0)
        story.judge(["child": "2"], at: 10)
        story.judge(["parent": "-"], at: 60)
        #expect(story.told.isEmpty)
        story.judge(["child": "2"], at: 70)
        #expect(story.told == ["70 child firing2"])
    }

    @Test func `when the parent is over, the child is told if it is not over too`() {
        var story = FamilyStory(Self.pair)
        story.judge(["parent": "1", "child": "2"], at: 0)
        story.judge(["parent": "-"], at: 60)
        #expect(story.withholding("child") == .verdict(rule: "child", until: story.clock(120)))
        story.judge(["child": "2"], at: 90)
        #expect(story.told == ["0 parent firing1", "60 parent resolved1", "90 child firing2"])
        story.judge(["child": "-"], at: 150)
        #expect(story.told.last == "150 child resolved2")
    }

    @Test func `when parent and child are over, nothing is told of the child`() {
        var story = FamilyStory(Self.pair)
        story.judge(["parent": "1", "child": "2"], at: 0)
        story.judge(["parent": "-"], at: 60)
        story.judge(["child": "-"], at: 90)
        story.pass(to: 500)
        #expect(story.told == ["0 parent firing1", "60 parent resolved1"])
    }

    @Test func `a child of which nothing more is heard is told one interval after its parent's end`() {
        var story = FamilyStory(Self.pair)
        story.judge(["parent": "1", "child": "2"], at: 0)
        story.judge(["parent": "-"], at: 60)
        story.judge(["child": "?"], at: 90)
        story.pass(to: 300)
        #expect(story.told.last == "120 child firing2")
    }

    @Test func `a child that is recovering when its parent is over is told only if it comes back`() {
        var story = FamilyStory(Self.pair)
        story.holds["child"] = Judgement.Holds(keepFiring: .seconds(600))
        story.judge(["parent": "1", "child": "2"], at: 0)
        story.judge(["parent": "-", "child": "-"], at: 60)
        story.pass(to: 300)
        #expect(story.told == ["0 parent firing1", "60 parent resolved1"])
        story.judge(["child": "2"], at: 310)
        #expect(story.told.last == "310 child firing2")
    }

    @Test func `a recovering parent still explains the child`() {
        var story = FamilyStory(Self.pair)
        story.holds["parent"] = Judgement.Holds(keepFiring: .seconds(600))
        story.judge(["parent": "1"], at: 0)
        story.judge(["parent": "-"], at: 60)
        story.judge(["child": "2"], at: 70)
        #expect(story.withholding("child") == .parent(rule: "parent"))
    }

    @Test func `a child that was told stays told and is told resolved, whatever its parent does`() {
        var story = FamilyStory(Self.pair)
        story.judge(["parent": "-", "child": "2"], at: 0)
        story.judge(["parent": "1", "child": "2"], at: 60)
        story.judge(["parent": "1", "child": "-"], at: 120)
        #expect(story.told == ["0 child firing2", "60 parent firing1", "120 child resolved2"])
    }

    @Test func `that a told child became worse is withheld too, that it became better is not`() {
        var story = FamilyStory(Self.pair)
        story.judge(["parent": "-", "child": "2"], at: 0)
        story.judge(["parent": "1", "child": "1"], at: 60)
        #expect(story.told == ["0 child firing2", "60 parent firing1"])
        story.judge(["child": "3"], at: 70)
        #expect(story.told.last == "70 child deescalated3")
        story.judge(["child": "1"], at: 80)
        story.judge(["parent": "-", "child": "1"], at: 120)
        #expect(story.told.suffix(2) == ["120 parent resolved1", "120 child escalated1"])
    }

    @Test func `that a told child became worse waits for the parent's verdict as its beginning would`() {
        var story = FamilyStory(Self.pair)
        story.judge(["parent": "-", "child": "2"], at: 0)
        story.judge(["child": "1"], at: 30)
        story.judge(["parent": "1"], at: 60)
        #expect(story.told == ["0 child firing2", "60 parent firing1"])
    }

    @Test func `any of several parents explains the child`() {
        var story = FamilyStory(["child": ["a", "b", "c"], "a": [], "b": [], "c": []])
        story.judge(["a": "-", "b": "2", "c": "-", "child": "2"], at: 0)
        story.judge(["c": "1"], at: 10)
        story.judge(["b": "-"], at: 60)
        story.judge(["child": "2"], at: 70)
        #expect(story.withholding("child") == .parent(rule: "c"))
        story.judge(["c": "-", "child": "2"], at: 120)
        #expect(story.told.filter { $0.contains("child") } == ["120 child firing2"])
    }

    @Test func `all parents are waited for`() {
        var story = FamilyStory(["child": ["a", "b"], "a": [], "b": []])
        story.judge(["child": "2"], at: 0)
        story.judge(["a": "-"], at: 10)
        #expect(story.told.isEmpty)
        story.judge(["b": "-"], at: 20)
        #expect(story.told == ["20 child firing2"])
    }

    @Test func `in a chain the first one is told, and then the next that is still up`() {
        var story = FamilyStory(["service": ["database"], "database": ["network"], "network": []])
        story.judge(["network": "1", "database": "1", "service": "2"], at: 0)
        #expect(story.told == ["0 network firing1"])
        story.judge(["network": "-", "database": "1", "service": "2"], at: 60)
        #expect(story.told.dropFirst() == ["60 network resolved1", "60 database firing1"])
        story.judge(["network": "-", "database": "-", "service": "2"], at: 120)
        #expect(story.told.suffix(2) == ["120 database resolved1", "120 service firing2"])
    }

    @Test func `a rule that is judged for nothing here explains nothing here`() {
        var story = FamilyStory(["child": ["unknown", "child"]])
        story.judge(["child": "2"], at: 0)
        #expect(story.told == ["0 child firing2"])
    }

    @Test func `a parent in another environment explains nothing`() {
        var story = FamilyStory(Self.pair, environments: ["production", "staging"])
        story.judge(["parent": "1"], in: "staging", at: 0)
        story.judge(["parent": "-", "child": "2"], at: 10)
        #expect(story.told == ["0 parent firing1", "10 child firing2"])
    }

    @Test func `of a parent that is judged for each probe, any alert explains a child`() {
        let probes = ["api", "web"].map { probe in
            AlertID(rule: "parent", labels: ["environment": "production", "probe": probe])
        }
        let child = FamilyStory.id("child")
        var book = AlertBook(
            scope: AlertScope(
                alerts: [probes[0]: .seconds(60), probes[1]: .seconds(60), child: .seconds(60)],
                rules: ["parent", "child"],
                parents: ["parent"]
            ),
            routes: Routes(receivers: ["team"])
        )
        func judge(_ id: AlertID, _ outcome: Judgement.Outcome) -> [String] {
            var draft = AlertDraft()
            let parents = id == child ? ["parent"] : []
            let judgement = Judgement(alert: id, outcome: outcome, parents: parents, interval: .seconds(60))
            book.plan([judgement], at: FamilyStory.start, into: &draft)
            book.adopt(draft)
            return draft.commit.notices.map { "\($0.rule) \($0.kind.rawValue)" }
        }
        #expect(judge(probes[0], .clear).isEmpty)
        #expect(judge(child, .holds(.major)).isEmpty)
        #expect(judge(probes[1], .holds(.outage)) == ["parent firing"])
        #expect(judge(child, .holds(.major)).isEmpty)
        #expect(judge(probes[1], .clear) == ["parent resolved", "child firing"])
    }
}

extension FamilyStory {
    /// A second of the story on the monotonic clock.
    func clock(_ second: Int) -> Duration { Self.start.monotonic + .seconds(second) }
}
