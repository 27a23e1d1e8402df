import LookoutAlerting
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

/// What holds of telling whatever happens: P5, P7, P11 and P12 of the delivery promises, and that nothing
/// withheld is lost.
struct TellingPropertyTests {
    private static let reminders = Reminders([.outage: .seconds(600), .major: .seconds(1_200)])

    /// A story with everything that can hold something back, at random.
    private static func story(using generator: inout SeededGenerator) -> TellingStory {
        let root = Route(
            receivers: ["team", "sms"],
            mute: Bool.random(using: &generator)
                ? [TimeWindows(name: "lunch", [.recurring(RecurringWindow(times: [870..<890]))])] : [],
            escalation: Route.Escalation(after: .seconds(400), to: ["boss"])
        )
        let work = Maintenance(
            name: "work",
            matchers: [LabelMatcher("severity", .notEqual("1"))],
            windows: [.recurring(RecurringWindow(times: [880..<900, 920..<925]))]
        )
        var story = TellingStory(
            receivers: ["team", "sms", "boss", "mail"],
            root: root,
            fallback: ["mail"],
            withoutResolved: ["sms"],
            policy: AlertPolicy(
                reminders: reminders,
                maintenance: Bool.random(using: &generator) ? [work] : [],
                flapping: Bool.random(using: &generator) ? .standard : nil
            )
        )
        story.holds = Judgement.Holds(
            pending: .seconds(Int.random(in: 0...1, using: &generator) * 60),
            keepFiring: .seconds(Int.random(in: 0...2, using: &generator) * 60)
        )
        return story
    }

    private static func silences(at second: Int, using generator: inout SeededGenerator) -> [Silence] {
        (0..<Int.random(in: 0...2, using: &generator)).map { index in
            Silence(
                id: "s\(second)-\(index)",
                matchers: [
                    LabelMatcher(
                        "alertname",
                        .equal(["down", "slow"].randomElement(using: &generator) ?? "")
                    )
                ],
                startsAt: TellingStory.time(second),
                endsAt: TellingStory.time(second + Int.random(in: 30...900, using: &generator)),
                expiresOnResolve: Bool.random(using: &generator)
            )
        }
    }

    /// Something happens at a second.
    private static func happen(
        to story: inout TellingStory,
        at second: Int,
        using generator: inout SeededGenerator
    ) {
        switch Int.random(in: 0..<20, using: &generator) {
        case 0: story.silence(silences(at: second, using: &generator), at: second)
        case 1: story.breakDown(Bool.random(using: &generator) ? ["team"] : [], at: second)
        case 2:
            let word = Alert.Acknowledgement(
                by: "ada",
                at: story.now.wall,
                until: TellingStory.time(second + Int.random(in: 60...2_000, using: &generator))
            )
            story.acknowledge(Bool.random(using: &generator) ? word : nil, at: second)
        case 3: story.reload(at: second)
        case 4: story.judge(["lookout-storm": "1-".randomElement(using: &generator) ?? "-"], at: second)
        default:
            let letters = "11222333------?h"
            story.judge(
                [
                    "down": letters.randomElement(using: &generator) ?? "-",
                    "slow": letters.randomElement(using: &generator) ?? "-",
                ],
                at: second
            )
        }
    }

    private static func played(_ steps: Int, using generator: inout SeededGenerator) -> TellingStory {
        var story = Self.story(using: &generator)
        var second = 0
        for _ in 0..<steps {
            second += Int.random(in: 1...120, using: &generator)
            story.pass(to: second)
            happen(to: &story, at: second, using: &generator)
        }
        return story
    }

    /// The notices of one episode to one receiver, in order.
    private static func threads(_ story: TellingStory) -> [[Notice]] {
        struct Thread: Hashable {
            let receiver: String
            let episode: String
        }
        let threads = Dictionary(grouping: story.notices) {
            Thread(receiver: $0.receiver, episode: $0.threadKey)
        }
        return Array(threads.values)
    }

    @Test func `an end is told if and only if the beginning was, to whom wants to hear of it`() async {
        await checkAll(cases: 40) { generator in
            var story = Self.played(80, using: &generator)
            let last = Int((story.now.wall - TellingStory.start.wall).components.seconds)
            for minute in 1...30 { story.judge(["down": "-", "slow": "-"], at: last + minute * 60) }
            for thread in Self.threads(story) {
                let kinds = thread.map(\.kind)
                try #require(kinds.first == .firing || kinds.first == .flapping)
                let ends = kinds.filter { $0 == .resolved }.count
                let isStorm = thread[0].rule == AlertScope.stormRule
                if isStorm { continue }
                try #require(ends == (thread[0].receiver == "sms" ? 0 : 1), "\(kinds)")
                try #require(thread[0].receiver == "sms" || kinds.last == .resolved)
            }
        }
    }

    @Test func `looking twice, or taking the same configuration in again, tells nothing new`() async {
        await checkAll(cases: 40) { generator in
            var story = Self.played(60, using: &generator)
            let now = Int((story.now.wall - TellingStory.start.wall).components.seconds)
            story.pass(to: now)
            story.pass(to: now)
            try #require(story.commits.last == AlertCommit())
            story.reload(at: now)
            try #require(story.commits.last == AlertCommit())
        }
    }

    @Test func `a restart or a step of the clock tells nothing by itself`() async {
        await checkAll(cases: 40) { generator in
            var story = TellingStory(policy: AlertPolicy(reminders: Self.reminders))
            story.judge(["down": "1", "slow": "2"], at: 0)
            story.judge(["down": "1", "slow": "2"], at: 60)
            let isRestart = Bool.random(using: &generator)
            if isRestart {
                story.restart(after: Int.random(in: 0...100_000, using: &generator))
            } else {
                story.setClock(by: Int.random(in: -3_600...3_600, using: &generator))
                let now = Int((story.now.monotonic - TellingStory.start.monotonic).components.seconds)
                story.judge(["down": "1", "slow": "2"], at: now + 60)
            }
            try #require(story.notices.count == 2)
        }
    }

    @Test func `after a stop of any length there is at most one reminder, at the first fresh verdict`() async
    {
        await checkAll(cases: 40) { generator in
            var story = TellingStory(policy: AlertPolicy(reminders: Self.reminders))
            story.judge("1", at: 0)
            let pause = Int.random(in: 0...10_000_000, using: &generator)
            story.restart(after: pause)
            story.judge("1", at: pause + 30)
            story.judge("1", at: pause + 90)
            try #require(story.notices.count == (pause + 30 >= 600 || pause + 90 >= 600 ? 2 : 1))
        }
    }

    @Test func `reminders keep their distance`() async {
        await checkAll(cases: 40) { generator in
            let story = Self.played(80, using: &generator)
            for thread in Self.threads(story) {
                for (before, later) in zip(thread, thread.dropFirst()) where later.kind == .reminder {
                    let interval = try #require(Self.reminders.intervals[later.severity])
                    try #require(later.createdAt - before.createdAt >= interval)
                }
            }
        }
    }

    @Test func `what still fires when nothing holds it back any more has been told`() async {
        await checkAll(cases: 40) { generator in
            var story = Self.played(60, using: &generator)
            story.holds = Judgement.Holds()
            var now = Int((story.now.wall - TellingStory.start.wall).components.seconds)
            story.silence([], at: now)
            for _ in 0..<100 {
                now += 60
                story.pass(to: now)
                story.judge(["down": "2", "slow": "3", AlertScope.stormRule: "-"], at: now)
            }
            for rule in ["down", "slow"] {
                let alert = try #require(story.alert(rule))
                let told = try #require(alert.told["team"])
                try #require(alert.state == .firing && story.withholding(rule) == nil)
                try #require(told.episode == alert.episode && !told.isResolved && !told.isFlapping)
                try #require(told.severity == alert.severity)
            }
        }
    }

    @Test func `a restart in between comes to the same in the end`() async {
        await checkAll(cases: 40) { generator in
            var story = Self.played(40, using: &generator)
            let count = story.notices.count
            story.restart(after: 0)
            let news = story.notices.dropFirst(count)
            try #require(news.allSatisfy { $0.kind != .reminder && $0.kind != .resolved })
        }
    }
}
