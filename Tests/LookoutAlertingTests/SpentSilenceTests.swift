import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutAlerting

/// When silences that expire on resolve end, against a plain look at all alerts.
struct SpentSilenceTests {
    private static let rules = ["down", "slow", "odd"]

    private static func silence(_ index: Int, using generator: inout SeededGenerator) -> Silence {
        let rule = rules[Int.random(in: 0..<3, using: &generator)]
        let begin = TellingStory.time(Int.random(in: 0...900, using: &generator))
        return Silence(
            id: "s\(index)",
            matchers: [
                LabelMatcher("rule", Bool.random(using: &generator) ? .equal(rule) : .notEqual(rule)),
                LabelMatcher("environment", .equal("production")),
            ],
            startsAt: begin,
            endsAt: begin + .seconds(7200),
            expiresOnResolve: true
        )
    }

    @Test func `a silence ends with the last of what it matches, and not before`() async {
        await checkAll(cases: 60) { generator in
            let silences = (0..<6).map { Self.silence($0, using: &generator) }
            var story = TellingStory(silences: silences)
            var known: Set<String> = []
            for step in 1...120 {
                let rule = Self.rules[step % 3]
                story.judge("112--?".randomElement(using: &generator) ?? "-", rule, at: step * 20)
                let spent = story.book.spentSilences
                let over = Set(silences.filter { Self.isOver($0, story.book.alerts) }.map(\.id))
                try #require(over.isSubset(of: spent), "missed: \(over.subtracting(spent))")
                try #require(spent.subtracting(known).isSubset(of: over), "too early: \(spent)")
                try #require(known.isSubset(of: spent), "came back: \(known.subtracting(spent))")
                known = spent
            }
        }
    }

    @Test(arguments: [false, true])
    func `a silence whose alerts take turns goes on when silences are stored again`(withAnother: Bool) {
        let silences = [("s", 0), ("t", 140)].map { id, second in
            Silence(
                id: id,
                matchers: [LabelMatcher("environment", .equal("production"))],
                startsAt: TellingStory.time(second),
                endsAt: TellingStory.time(7200),
                expiresOnResolve: true
            )
        }
        var story = TellingStory(silences: [silences[0]])
        let turns: [(String, Character)] = [
            ("slow", "1"), ("down", "1"), ("slow", "-"), ("odd", "1"), ("down", "-"), ("down", "1"),
        ]
        for (index, turn) in turns.enumerated() { story.judge(turn.1, turn.0, at: 20 * (index + 1)) }
        story.silence(withAnother ? silences : [silences[0]], at: 140)
        #expect(story.book.spentSilences.isEmpty)
    }

    /// Whether something that it matches ended since its beginning, and nothing that it matches goes on.
    private static func isOver(_ silence: Silence, _ alerts: [Alert]) -> Bool {
        let matching = alerts.filter(silence.matches)
        return !matching.contains { $0.state.isActive }
            && matching.contains { alert in alert.endedAt.map { silence.startsAt <= $0 } ?? false }
    }
}
