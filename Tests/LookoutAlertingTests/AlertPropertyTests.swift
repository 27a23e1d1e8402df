import LookoutAlerting
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

struct AlertPropertyTests {
    /// Outcomes at random, in runs, as real ones come.
    private static func outcomes(_ count: Int, using generator: inout SeededGenerator) -> String {
        var text = ""
        while text.count < count {
            let letter = "123--?!h".randomElement(using: &generator) ?? "-"
            text += String(repeating: letter, count: Int.random(in: 1...4, using: &generator))
        }
        return text
    }

    private static func story(using generator: inout SeededGenerator) -> AlertStory {
        AlertStory(
            for: .seconds(Int.random(in: 0...4, using: &generator) * 45),
            keep: .seconds(Int.random(in: 0...4, using: &generator) * 45),
            failures: Int.random(in: 1...3, using: &generator),
            successes: Int.random(in: 1...3, using: &generator)
        )
    }

    @Test func `each episode is told as firing first, as resolved last, and as nothing twice`() async {
        await checkAll(cases: 150) { generator in
            var story = Self.story(using: &generator)
            _ = story.play(Self.outcomes(80, using: &generator))
            let notices = story.commits.flatMap(\.notices)
            let episodes = Dictionary(grouping: notices, by: \.episode)
            try #require(Set(episodes.keys) == Set(1..<(episodes.count + 1)))
            for (episode, notices) in episodes {
                let kinds = notices.map(\.kind)
                try #require(kinds.first == .firing)
                try #require(kinds.filter { $0 == .firing }.count == 1)
                let isOver = episode < episodes.count || story.alert?.state.isActive == false
                try #require(kinds.filter { $0 == .resolved }.count == (isOver ? 1 : 0))
                if isOver { try #require(kinds.last == .resolved) }
                for (earlier, later) in zip(notices, notices.dropFirst()) {
                    let (before, after) = (earlier.severity, later.severity)
                    switch later.kind {
                    case .escalated: try #require(after.isWorse(than: before))
                    case .deescalated: try #require(before.isWorse(than: after))
                    case .resolved: try #require(before == after)
                    case .firing, .reminder, .flapping, .firedAndResolved, .announcement:
                        Issue.record("told for nothing")
                    }
                }
            }
        }
    }

    @Test func `transitions form a chain, and a step tells at most one notice`() async {
        await checkAll(cases: 150) { generator in
            var story = Self.story(using: &generator)
            _ = story.play(Self.outcomes(80, using: &generator))
            var state: Alert.State?
            for commit in story.commits {
                try #require(commit.notices.count <= 1)
                try #require(commit.notices.isEmpty || !commit.transitions.isEmpty)
                for transition in commit.transitions {
                    try #require(transition.from == state)
                    state = transition.to
                }
            }
            try #require(state == story.alert?.state)
        }
    }

    @Test func `unknown changes no state but that of a forgotten pending alert`() async {
        await checkAll(cases: 150) { generator in
            var story = Self.story(using: &generator)
            for outcome in Self.outcomes(80, using: &generator) {
                let before = story.letter
                let after = story.play(String(outcome))
                guard "?!h".contains(outcome), before != "p" || outcome == "h" else { continue }
                try #require(String(before) == after)
            }
        }
    }

    @Test func `what is stored is all there is to know`() async {
        await checkAll(cases: 100) { generator in
            var story = Self.story(using: &generator)
            var rows: [AlertKey: Alert] = [:]
            var told: [NoticeID] = []
            _ = story.play(Self.outcomes(60, using: &generator))
            for commit in story.commits {
                for alert in commit.alerts { rows[alert.key] = try Alert(document: alert.document) }
                for key in commit.removed { rows[key] = nil }
                told += commit.notices.map(\.id)
            }
            var alert = story.alert
            // The time of the last judgement alone is not worth a write.
            for row in rows.values { alert?.lastJudged = row.lastJudged }
            try #require(Array(rows.values) == [alert].compactMap(\.self))
            try #require(Set(told).count == told.count)
        }
    }

    @Test func `a restart at any moment tells nothing by itself`() async {
        await checkAll(cases: 150) { generator in
            var story = Self.story(using: &generator)
            _ = story.play(Self.outcomes(30, using: &generator))
            let before = (story.letter, story.notices)
            story.restart(after: .seconds(Int.random(in: 0...100_000, using: &generator)))
            story.reload(receivers: ["team"])
            try #require(story.commits.last == AlertCommit())
            try #require(before == (story.letter, story.notices))
        }
    }

    @Test func `many steps in one draft come to the same as one after the other`() async {
        await checkAll(cases: 100) { generator in
            let outcomes = Self.outcomes(30, using: &generator)
            var single = Self.story(using: &generator)
            var together = single
            _ = single.play(outcomes)
            together.playTogether(outcomes)
            try #require(single.alert == together.alert)
            try #require(single.causes == together.causes)
            try #require(single.notices == together.notices)
        }
    }
}
