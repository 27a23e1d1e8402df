import LookoutAlerting
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

/// Rules that depend on each other, silences, restarts and reloads, all at random.
struct AlertFamilyPropertyTests {
    private static let rules = ["a", "b", "c", "d", "e"]

    /// One rule may depend on any of those before it, so there are no cycles.
    private static func story(using generator: inout SeededGenerator) -> FamilyStory {
        var parents: [String: [String]] = [:]
        for (index, rule) in rules.enumerated() {
            parents[rule] = rules.prefix(index).filter { _ in Int.random(in: 0..<3, using: &generator) == 0 }
        }
        var story = FamilyStory(parents)
        for rule in rules {
            story.holds[rule] = Judgement.Holds(
                pending: .seconds(Int.random(in: 0...2, using: &generator) * 60),
                keepFiring: .seconds(Int.random(in: 0...2, using: &generator) * 60),
                failures: Int.random(in: 1...2, using: &generator),
                successes: Int.random(in: 1...2, using: &generator)
            )
        }
        return story
    }

    private static func silences(
        at now: Timestamp,
        using generator: inout SeededGenerator
    ) -> [Silence] {
        (0..<Int.random(in: 0...2, using: &generator)).map { number in
            let start = now + .seconds(Int.random(in: -300...300, using: &generator))
            let matcher =
                Bool.random(using: &generator)
                ? LabelMatcher("alertname", .equal(rules.randomElement(using: &generator) ?? "a"))
                : LabelMatcher("severity", .notEqual("1"))
            return Silence(
                id: "s\(number)",
                matchers: [matcher],
                startsAt: start,
                endsAt: start + .seconds(Int.random(in: 0...600, using: &generator))
            )
        }
    }

    /// A step at random, some time after the last one.
    private static func step(
        _ story: inout FamilyStory,
        _ silences: inout [Silence],
        at second: Int,
        using generator: inout SeededGenerator
    ) {
        story.pass(to: second)
        switch Int.random(in: 0..<20, using: &generator) {
        case 0:
            silences = Self.silences(at: story.now.wall, using: &generator)
            story.silence(silences, at: second)
        case 1:
            story.restart(silences: silences)
            story.reload(at: second)
        case 2:
            story.reload(at: second)
        default:
            let rule = rules.randomElement(using: &generator) ?? "a"
            let other = rules.randomElement(using: &generator) ?? "b"
            let letters = Array("11223---?!h")
            let (one, two) = (
                letters.randomElement(using: &generator) ?? "-",
                letters.randomElement(using: &generator) ?? "-"
            )
            story.judge(rule == other ? [rule: one] : [rule: one, other: two], at: second)
        }
    }

    /// Plays random steps and looks at each; the silences at its end.
    private static func play(
        _ story: inout FamilyStory,
        using generator: inout SeededGenerator,
        _ look: (FamilyStory, [Silence]) throws -> Void
    ) rethrows -> Int {
        var silences: [Silence] = []
        var second = 0
        for _ in 0..<120 {
            second += Int.random(in: 0...40, using: &generator)
            step(&story, &silences, at: second, using: &generator)
            try look(story, silences)
        }
        return second
    }

    @Test func `an end is told if and only if its beginning was, and each once, in order`() async {
        await checkAll(cases: 60) { generator in
            var story = Self.story(using: &generator)
            _ = Self.play(&story, using: &generator) { _, _ in }
            struct Episode: Hashable {
                var rule: String
                var number: Int
            }
            let episodes = Dictionary(grouping: story.commits.flatMap(\.notices)) { notice in
                Episode(rule: notice.rule, number: notice.episode)
            }
            for (episode, notices) in episodes {
                let kinds = notices.map(\.kind)
                try #require(kinds.first == .firing)
                try #require(kinds.filter { $0 == .firing }.count == 1)
                let alert = try #require(story.alert(episode.rule))
                let isOver = alert.episode > episode.number || !alert.state.isActive
                try #require(kinds.filter { $0 == .resolved }.count == (isOver ? 1 : 0))
                if isOver { try #require(kinds.last == .resolved) }
                for (earlier, later) in zip(notices, notices.dropFirst()) {
                    let (before, after) = (earlier.severity, later.severity)
                    if later.kind == .escalated { try #require(after.isWorse(than: before)) }
                    if later.kind == .deescalated { try #require(before.isWorse(than: after)) }
                }
            }
        }
    }

    @Test func `bad news is told only of what fires, unsilenced, with all its parents well`() async {
        await checkAll(cases: 60) { generator in
            var story = Self.story(using: &generator)
            var seen = 0
            _ = try Self.play(&story, using: &generator) { story, silences in
                // Steps that time alone brings about are among them; the last one is the one to look at.
                defer { seen = story.commits.count }
                guard story.commits.count > seen, let commit = story.commits.last else { return }
                for notice in commit.notices where [.firing, .escalated].contains(notice.kind) {
                    try #require(notice.alert?.state == .firing)
                    try #require(
                        !silences.contains {
                            $0.isInForce(at: notice.createdAt) && notice.alert.map($0.matches) == true
                        }
                    )
                    for parent in story.parents[notice.rule] ?? [] {
                        try #require(story.alert(parent)?.state ?? .resolved == .resolved)
                    }
                }
            }
        }
    }

    @Test func `comparing again writes nothing`() async {
        await checkAll(cases: 12) { generator in
            var story = Self.story(using: &generator)
            _ = try Self.play(&story, using: &generator) { story, silences in
                var again = story
                let second = Int((story.now.monotonic - FamilyStory.start.monotonic).components.seconds)
                again.pass(to: second)
                again.silence(silences, at: second)
                again.reload(at: second)
                again.pass(to: second)
                try #require(again.commits.suffix(3).allSatisfy { $0 == AlertCommit() })
                try #require(Set(again.book.withheld.keys) == Set(story.book.withheld.keys))
            }
        }
    }

    @Test func `what fires in the end is told in the end, as it is`() async {
        await checkAll(cases: 60) { generator in
            var story = Self.story(using: &generator)
            var second = Self.play(&story, using: &generator) { _, _ in }
            story.silence([], at: second)
            // The last rule depends on the others; they get well and it does not.
            for _ in 0..<20 {
                second += 60
                story.judge(["a": "-", "b": "-", "c": "-", "d": "-", "e": "2"], at: second)
            }
            let last = try #require(story.commits.flatMap(\.notices).last { $0.rule == "e" })
            let alert = try #require(story.alert("e"))
            try #require(alert.state == .firing)
            try #require(last.kind != .resolved && last.alert?.episode == alert.episode)
            try #require(last.severity == alert.severity)
            try #require(story.book.withheld.isEmpty)
            try #require(story.book.nextLook(after: story.now) == nil)
        }
    }
}
