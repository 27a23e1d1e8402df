import LookoutAlerting
import LookoutModel
import Testing

/// What becomes of an explained alert when the program starts again or is configured anew.
struct AlertDependencyRestartTests {
    private static let pair = ["child": ["parent"], "parent": []]

    @Test func `after a restart what was withheld still is, until its parent is over`() {
        var story = FamilyStory(Self.pair)
        story.judge(["parent": "1", "child": "2"], at: 0)
        story.restart()
        story.reload(at: 10)
        story.judge(["child": "2"], at: 60)
        #expect(story.told == ["0 parent firing1"])
        story.judge(["parent": "-", "child": "2"], at: 120)
        #expect(story.told.suffix(2) == ["120 parent resolved1", "120 child firing2"])
    }

    @Test func `after a restart a child waits for its parent's verdict anew`() {
        var story = FamilyStory(Self.pair)
        story.judge(["child": "2"], at: 0)
        story.restart()
        story.reload(at: 50)
        story.judge(["child": "2"], at: 60)
        story.pass(to: 109)
        #expect(story.told.isEmpty)
        story.pass(to: 200)
        #expect(story.told == ["110 child firing2"])
    }

    @Test func `a reload that takes the parent away ends what it explained`() {
        var story = FamilyStory(Self.pair)
        story.judge(["parent": "1", "child": "2"], at: 0)
        let child = AlertScope(
            alerts: [FamilyStory.id("child"): .seconds(60)],
            rules: ["child"],
            parents: ["parent"]
        )
        story.reload(child, at: 10)
        #expect(story.told.dropFirst() == ["10 parent resolved1", "10 child firing2"])
    }
}
