import LookoutAlerting
import LookoutModel
import Testing

struct AlertReloadTests {
    @Test func `the same configuration changes nothing`() {
        var story = AlertStory(keep: .seconds(120))
        _ = story.play("2-")
        story.reload(receivers: ["team"])
        #expect(story.commits.last == AlertCommit())
    }

    @Test(arguments: [
        (AlertScope(), Alert.Resolution.ruleRemoved),
        (AlertScope(alerts: [:], rules: ["down"], parents: []), .checkRemoved),
    ])
    func `what cannot be judged any more is resolved, and why is told`(
        scope: AlertScope,
        reason: Alert.Resolution
    ) {
        var story = AlertStory(keep: .seconds(120))
        _ = story.play("2-")
        story.reload(scope, receivers: ["team"])
        #expect(story.notices == ["firing2", "resolved2"])
        #expect(story.commits.last?.notices.first?.alert?.resolution == reason)
        story.reload(scope, receivers: ["team"])
        #expect(story.commits.last == AlertCommit())
    }

    @Test func `a pending alert of a removed rule goes without a word`() {
        var story = AlertStory(for: .seconds(600))
        _ = story.play("2")
        story.reload(AlertScope(), receivers: ["team"])
        #expect(story.letter == ".")
        #expect(story.notices.isEmpty)
        #expect(story.commits.last?.removed == [AlertKey(AlertStory.id)])
    }

    @Test func `a new receiver is told what fires, and only that`() {
        var story = AlertStory(receivers: [])
        _ = story.play("2-3")
        #expect(story.notices.isEmpty)
        story.reload(receivers: ["team", "other"])
        #expect(story.notices == ["firing3", "firing3"])
        _ = story.play("-")
        #expect(story.commits.last?.notices.map(\.receiver) == ["team", "other"])
        story.reload(receivers: ["team", "other", "third"])
        #expect(story.commits.last == AlertCommit())
    }

    @Test func `who was never told of an episode is not told of its end`() {
        var story = AlertStory(receivers: [])
        _ = story.play("2-")
        story.reload(receivers: ["team"])
        #expect(story.notices.isEmpty)
    }

    @Test func `a receiver that was removed and came back is told anew`() {
        var story = AlertStory()
        _ = story.play("2")
        story.reload(receivers: [])
        story.reload(receivers: ["team"])
        #expect(story.notices == ["firing2", "firing2"])
    }

    @Test func `the configuration may come before the alerts are judged in the same step`() {
        let book = AlertBook()
        var draft = AlertDraft()
        let judgement = Judgement(
            alert: AlertStory.id,
            outcome: .holds(.outage),
            interval: AlertStory.interval
        )
        book.plan([judgement], at: AlertStory.start, into: &draft)
        book.plan(AlertScope(), Routes(receivers: ["team"]), at: AlertStory.start, into: &draft)
        #expect(draft.commit.alerts.map(\.state) == [.resolved])
        #expect(draft.commit.notices.isEmpty)
    }
}
