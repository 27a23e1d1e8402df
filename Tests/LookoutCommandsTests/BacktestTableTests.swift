import LookoutModel
import Testing

@testable import LookoutCommands
@testable import LookoutRehearsal

/// What a backtest found, as people read it.
@Suite struct BacktestTableTests {
    private static let range = Timestamp(seconds: 0)..<Timestamp(seconds: 86_400)
    private static let check = Check(
        id: CheckID(environment: "production", probe: "api"),
        type: "http",
        interval: .seconds(30),
        timeout: .seconds(10)
    )

    private static func episode(_ began: Int64, _ ended: Int64?) -> Episode {
        Episode(
            alert: AlertID(rule: "slow", labels: ["environment": "production", "probe": "api"]),
            began: Timestamp(seconds: began),
            ended: ended.map { Timestamp(seconds: $0) },
            worst: .major
        )
    }

    private static func side(
        _ episodes: [Episode],
        _ replayability: Replayability?
    ) -> BacktestFindings.Side {
        BacktestFindings.Side(
            episodes: episodes,
            replayability: replayability,
            evaluations: 100,
            errors: 0,
            currentError: nil
        )
    }

    private static func findings(_ rules: [BacktestFindings.OfRule]) -> BacktestFindings {
        BacktestFindings(
            range: range,
            reference: .recorded,
            rules: rules,
            coverage: Coverage(of: range, checks: [check.id]),
            replayedSamples: 1000
        )
    }

    private func table(_ rules: [BacktestFindings.OfRule], showsAll: Bool = false) -> String {
        BacktestTable(Self.findings(rules), seconds: 2, showsAll: showsAll).text
    }

    private static func slow(_ before: [Episode], _ after: [Episode]) -> BacktestFindings.OfRule {
        let comparison = EpisodeComparison(in: range) { _ in .seconds(60) }
        return BacktestFindings.OfRule(
            id: "slow",
            after: side(after, .full),
            before: side(before, nil),
            changes: comparison.changes(from: before, to: after)
        )
    }

    @Test func `a line a rule, then what changes, then what was replayed`() {
        let text = table([
            Self.slow([Self.episode(60, 120)], [Self.episode(60, 120), Self.episode(3600, nil)])
        ])
        #expect(
            text == """
                1970-01-01T00:00:00Z to 1970-01-02T00:00:00Z, compared with what was recorded

                RULE  BEFORE  NOW  SAME  NEW  GONE  CHANGED  FIRING BEFORE  FIRING NOW
                slow  1       2    1     1    0     0        1m             23h1m

                slow
                  new  production/api  1970-01-01T01:00:00Z  23h, still firing  severity 2

                no samples of production/api

                0 samples of 1 checks cover 0.0 % of the time; 1 of 1 rules could be replayed
                replayed 1000 samples in 2.0 s, 500 a second

                """
        )
    }

    @Test func `a rule that could not be replayed has no counts, and says what it needs`() {
        let rule = BacktestFindings.OfRule(
            id: "database",
            after: Self.side([], .impossible(fields: ["sample.json"])),
            before: Self.side([], nil),
            changes: []
        )
        let line = table([rule]).split(separator: "\n").first { $0.hasPrefix("database") }
        #expect(
            line?.split(separator: " ").dropFirst(2).first == "?",
            "what it would have fired is not known"
        )
        #expect(line?.hasSuffix("not replayable: needs sample.json, which is not stored") == true)
    }

    @Test func `of many changes ten are listed unless all are asked for`() {
        let episodes = (0..<15).map { Self.episode($0 * 1000, $0 * 1000 + 100) }
        let rule = Self.slow([], episodes)
        #expect(table([rule]).contains("and 5 more; --all lists them"))
        #expect(table([rule]).split(separator: "\n").count { $0.hasPrefix("  new") } == 10)
        #expect(table([rule], showsAll: true).split(separator: "\n").count { $0.hasPrefix("  new") } == 15)
    }
}
