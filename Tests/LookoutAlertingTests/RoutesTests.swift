import LookoutAlerting
import LookoutModel
import Testing

/// Who hears of what.
///
/// The first table re-expresses the cases of Alertmanager's `dispatch/route_test.go`
/// (TestRouteMatch; Copyright Prometheus Team, Apache License 2.0) as data.
struct RoutesTests {
    private static func matches(_ text: String) -> [LabelMatcher] {
        text.split(separator: " ").map { part in
            let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
            guard pair[1].hasPrefix("~") else { return LabelMatcher(pair[0], .equal(pair[1])) }
            let words = pair[1].dropFirst().split(separator: "|").map(String.init)
            let pattern = TextPattern(String(pair[1].dropFirst())) { text in
                words.contains { $0.hasSuffix("*") ? text.hasPrefix($0.dropLast()) : text == $0 }
            }
            return LabelMatcher(pair[0], .matching(pattern))
        }
    }

    private static let tree = Route(
        receivers: ["notify-def"],
        routes: [
            Route(
                matchers: matches("owner=team-A"),
                receivers: ["notify-A"],
                routes: [
                    Route(matchers: matches("env=testing"), receivers: ["notify-testing"]),
                    Route(
                        matchers: matches("env=production"),
                        receivers: ["notify-productionA"],
                        continues: true
                    ),
                    Route(matchers: matches("env=~produ* job=~*"), receivers: ["notify-productionB"]),
                ]
            ),
            Route(matchers: matches("owner=~team-B|team-C"), receivers: ["notify-BC"]),
            Route(
                matchers: matches("group_by=role"),
                routes: [
                    Route(
                        matchers: matches("env=testing"),
                        receivers: ["notify-testing"],
                        routes: [Route(matchers: matches("wait=long"))]
                    )
                ]
            ),
        ]
    )

    private static func alert(_ labels: Labels, _ severity: Severity = .outage) -> Alert {
        Alert(
            id: AlertID(rule: "down", labels: ["environment": "production"]),
            labels: labels,
            state: .firing,
            severity: severity,
            episode: 1,
            pendingSince: .epoch,
            firingSince: .epoch
        )
    }

    @Test(
        arguments: [
            (["owner": "team-A"], "notify-A"),
            (["owner": "team-A", "env": "unset"], "notify-A"),
            (["owner": "team-C"], "notify-BC"),
            (["owner": "team-A", "env": "testing"], "notify-testing"),
            (["owner": "team-A", "env": "production"], "notify-productionA notify-productionB"),
            (["group_by": "role"], "notify-def"),
            (["env": "testing", "group_by": "role"], "notify-testing"),
            (["env": "testing", "group_by": "role", "wait": "long"], "notify-testing"),
            (["owner": "nobody"], "notify-def"),
            ([:], "notify-def"),
        ] as [(Labels, String)]
    )
    func `an alert goes down to the deepest routes that it matches`(_ labels: Labels, _ names: String) {
        let all = [
            "notify-def", "notify-A", "notify-BC", "notify-testing", "notify-productionA",
            "notify-productionB",
        ]
        let routes = Routes(receivers: all, root: Self.tree)
        #expect(routes.receivers(for: Self.alert(labels), at: .epoch).joined(separator: " ") == names)
    }

    @Test func `without a tree everybody hears of everything, and nobody who is not there`() {
        #expect(Routes(receivers: ["a", "b"]).receivers(for: Self.alert([:]), at: .epoch) == ["a", "b"])
        let gone = Routes(receivers: ["a"], root: Route(receivers: ["gone", "a", "a"]))
        #expect(gone.receivers(for: Self.alert([:]), at: .epoch) == ["a"])
    }

    @Test func `the fallback hears of what has no receiver, and of the worst where one is broken`() {
        let root = Route(routes: [Route(matchers: Self.matches("owner=a"), receivers: ["a"])])
        var routes = Routes(receivers: ["a", "b"], root: root, fallback: ["b"])
        #expect(routes.receivers(for: Self.alert([:]), at: .epoch) == ["b"])
        #expect(routes.receivers(for: Self.alert(["owner": "a"]), at: .epoch) == ["a"])
        routes.broken = ["a"]
        #expect(routes.receivers(for: Self.alert(["owner": "a"]), at: .epoch) == ["a", "b"])
        #expect(routes.receivers(for: Self.alert(["owner": "a"], .major), at: .epoch) == ["a"])
    }

    @Test func `what matters and reaches nobody goes to everybody who can be reached`() {
        let root = Route(
            receivers: ["chat"],
            routes: [Route(matchers: Self.matches("owner=a"), receivers: ["a"])]
        )
        var routes = Routes(receivers: ["a", "chat", "mail"], root: root, broken: ["a"])
        #expect(routes.receivers(for: Self.alert(["owner": "a"]), at: .epoch) == ["a", "chat", "mail"])
        #expect(routes.receivers(for: Self.alert(["owner": "a"], .major), at: .epoch) == ["a"])
        routes.broken = ["a", "mail"]
        #expect(routes.receivers(for: Self.alert(["owner": "a"]), at: .epoch) == ["a", "chat"])
        routes.broken = ["chat"]
        let own = Alert(
            id: AlertID(rule: SelfRule.receiverBroken.rawValue, labels: ["receiver": "chat"]),
            severity: .major,
            pendingSince: .epoch
        )
        #expect(routes.receivers(for: own, at: .epoch) == ["chat", "a", "mail"])
    }

    @Test func `a muted route takes its alerts and tells nobody of them, until its time comes`() {
        let night = TimeWindows(
            name: "night",
            [.once(from: TellingStory.time(100), to: TellingStory.time(500))]
        )
        let root = Route(
            receivers: ["def"],
            routes: [Route(matchers: Self.matches("severity=2"), receivers: ["team"], mute: [night])]
        )
        var story = TellingStory(receivers: ["def", "team"], root: root, fallback: ["def"])
        story.judge("2", at: 200)
        story.pass(to: 1_000)
        #expect(story.told == ["500 team firing2"])
        var other = TellingStory(receivers: ["def", "team"], root: root)
        other.judge("2", at: 0)
        other.judge("-", at: 200)
        #expect(other.told == ["0 team firing2", "200 team resolved2"])
    }

    @Test func `a route with active times tells only then`() {
        let day = TimeWindows(name: "day", [.once(from: TellingStory.time(300), to: TellingStory.time(500))])
        var story = TellingStory(root: Route(receivers: ["team"], active: [day]))
        story.judge("2", at: 0)
        story.pass(to: 600)
        story.judge("2", "slow", at: 601)
        story.pass(to: 1_000)
        #expect(story.told == ["300 team firing2"])
    }

    // MARK: Handing over

    private static let escalating = Route(
        receivers: ["team"],
        escalation: Route.Escalation(after: .seconds(900), to: ["boss"])
    )

    @Test func `severity 1 that nobody takes on is handed over, and its end is told there too`() {
        var story = TellingStory(receivers: ["team", "boss"], root: Self.escalating)
        story.judge("1", at: 0)
        story.pass(to: 1_000)
        story.acknowledge(Alert.Acknowledgement(by: "ada", at: story.now.wall), at: 1_001)
        story.judge("-", at: 1_060)
        #expect(
            story.told == [
                "0 team firing1", "900 boss firing1", "1060 team resolved1", "1060 boss resolved1",
            ]
        )
    }

    @Test func `it is not handed over if somebody takes it on in time, or it is milder`() {
        var story = TellingStory(receivers: ["team", "boss"], root: Self.escalating)
        story.judge("1", at: 0)
        story.acknowledge(Alert.Acknowledgement(by: "ada", at: story.now.wall), at: 800)
        story.judge("2", "slow", at: 800)
        story.pass(to: 5_000)
        #expect(story.told == ["0 team firing1", "800 team firing2"])
    }

    @Test func `the time counts from when it was told that bad, not from the first sign`() {
        var story = TellingStory(receivers: ["team", "boss"], root: Self.escalating)
        story.judge("3", at: 0)
        story.judge("1", at: 3_000)
        story.pass(to: 5_000)
        #expect(story.told == ["0 team firing3", "3000 team escalated1", "3900 boss firing1"])
    }

    @Test func `an acknowledgement that runs out hands over at once`() {
        var story = TellingStory(receivers: ["team", "boss"], root: Self.escalating)
        story.judge("1", at: 0)
        let word = Alert.Acknowledgement(by: "ada", at: story.now.wall, until: TellingStory.time(2_000))
        story.acknowledge(word, at: 10)
        story.pass(to: 3_000)
        #expect(story.told == ["0 team firing1", "2000 boss firing1"])
    }

    @Test func `a restart does not begin the time anew`() {
        var story = TellingStory(receivers: ["team", "boss"], root: Self.escalating)
        story.judge("1", at: 0)
        story.restart(after: 600)
        story.pass(to: 2_000)
        #expect(story.told == ["0 team firing1", "900 boss firing1"])
    }

    // MARK: Receivers that break or want no ends

    @Test func `while a receiver is broken the fallback hears of its severity 1, and of the end`() {
        var story = TellingStory(
            receivers: ["pager", "mail"],
            root: Route(receivers: ["pager"]),
            fallback: ["mail"]
        )
        story.judge(["down": "1", "slow": "2"], at: 0)
        story.breakDown(["pager", "unknown"], at: 10)
        story.breakDown(["pager"], at: 20)
        story.reload(at: 30)
        story.breakDown([], at: 40)
        story.judge(["down": "-", "slow": "-"], at: 60)
        #expect(
            story.told.sorted() == [
                "0 pager firing1", "0 pager firing2", "10 mail firing1", "60 mail resolved1",
                "60 pager resolved1", "60 pager resolved2",
            ]
        )
    }

    @Test func `who wants no ends is told none, not even when that changes`() {
        var story = TellingStory(receivers: ["sms", "team"], withoutResolved: ["sms"])
        story.judge("1", at: 0)
        story.judge("-", at: 60)
        story.routes.withoutResolved = []
        story.reload(at: 70)
        story.judge("1", at: 120)
        #expect(
            story.told == [
                "0 sms firing1", "0 team firing1", "60 team resolved1", "120 sms firing1", "120 team firing1",
            ]
        )
    }
}
