import LookoutAlerting
import LookoutModel
import LookoutProbing
import LookoutRehearsal
import LookoutRules
import Testing

/// Stored samples through changed rules.
@Suite struct BacktestTests {
    private let checks = [BacktestWorld.health, BacktestWorld.page]

    private func plan(
        _ rules: String,
        present: String? = nil,
        recorded: [Episode]? = nil,
        seconds: Int = 3600
    ) throws -> BacktestPlan {
        BacktestPlan(
            range: BacktestWorld.range(seconds: seconds),
            scope: BacktestWorld.scope(checks),
            rules: try BacktestWorld.rules(rules, for: checks),
            present: try present.map { try BacktestWorld.rules($0, for: checks) },
            recorded: recorded
        )
    }

    private static let failing = """
            - id: failing
              match: {probe: backend-health}
              expr: sample.failed
              for: 1m
              severity: 2
              summary: down
              runbook: https://example.org/down
        """

    @Test func `a rule fires when its condition has held for its time, and resolves`() async throws {
        var world = BacktestWorld()
        world.add("ooooxxxxxxoooo", of: BacktestWorld.health)
        let findings = try await world.findings(plan(Self.failing))
        let episode = try #require(findings.rules.first?.after?.episodes.first)
        #expect(findings.rules.first?.after?.episodes.count == 1)
        // The first failure was seen 200 ms after 2m; a minute later it fires, and the first success is at 5m.
        #expect(episode.began == BacktestWorld.start + .milliseconds(180_200))
        #expect(episode.ended == BacktestWorld.start + .milliseconds(300_200))
        #expect(episode.worst == .major)
        #expect(findings.reference == .none)
        #expect(findings.coverage.samples == 14)
    }

    @Test func `what fired is set against what would fire`() async throws {
        var world = BacktestWorld()
        world.add("ooooxxxxxxoooo", of: BacktestWorld.health)
        let alert = AlertID(
            rule: "failing",
            labels: ["environment": "production", "probe": "backend-health"]
        )
        func episode(_ from: Int, _ to: Int) -> Episode {
            Episode(
                alert: alert,
                began: BacktestWorld.start + .seconds(from),
                ended: BacktestWorld.start + .seconds(to),
                worst: .major
            )
        }
        let findings = try await world.findings(
            plan(Self.failing, recorded: [episode(180, 300), episode(1000, 1100)])
        )
        #expect(findings.reference == .recorded)
        #expect(findings.rules.first?.changes.map(\.kind) == [.same, .gone])
    }

    @Test func `the rules in force are replayed beside those on trial`() async throws {
        var world = BacktestWorld()
        world.add("ooooxxxxxxoooooooxo", of: BacktestWorld.health)
        let eager = Self.failing.replacing("for: 1m", with: "for: 0s")
        let findings = try await world.findings(plan(eager, present: Self.failing))
        let rule = try #require(findings.rules.first)
        #expect(findings.reference == .current)
        #expect(rule.before?.episodes.count == 1)
        #expect(rule.after?.episodes.count == 2)
        #expect(rule.changes.map(\.kind) == [.same, .new])
    }

    @Test func `a rule that reads what is not stored is named, and does not count as silent`() async throws {
        var world = BacktestWorld()
        world.add("ooooxxxoooo", of: BacktestWorld.health)
        let findings = try await world.findings(
            plan(
                """
                    - id: database
                      match: {probe: backend-health}
                      when: has(sample.json)
                      expr: sample.json.database != "ok"
                      severity: 2
                      summary: database
                    - id: either
                      match: {probe: backend-health}
                      expr: sample.failed || sample.json.database != "ok"
                      severity: 2
                      summary: either
                """
            )
        )
        let sides = Dictionary(uniqueKeysWithValues: findings.rules.map { ($0.id, $0.after) })
        let database = try #require(sides["database"] ?? nil)
        let either = try #require(sides["either"] ?? nil)
        #expect(database.replayability == .impossible(fields: ["sample.json"]))
        #expect(!database.isTelling)
        // Failures without a status prove that there was no answer, so `either` holds for them, and is blind else.
        #expect(either.replayability == .partial(unjudged: 8, of: 11, fields: ["sample.json"]))
        #expect(either.episodes.count == 1)
    }

    @Test func `no data for want of what is stored is no alert, whatever the rule says of no data`()
        async throws
    {
        var world = BacktestWorld()
        world.add("oooo", of: BacktestWorld.health)
        let findings = try await world.findings(
            plan(
                """
                    - id: database
                      match: {probe: backend-health}
                      expr: sample.json.database != "ok"
                      on_no_data: alert
                      severity: 2
                      summary: database
                """
            )
        )
        #expect(findings.rules.first?.after?.episodes.isEmpty == true)
        #expect(findings.rules.first?.after?.replayability == .impossible(fields: ["sample.json"]))
    }

    @Test func `samples before the range fill windows and holds, and an alert that began there began there`()
        async throws
    {
        var world = BacktestWorld()
        world.add("xxxxxxxxxxoo", of: BacktestWorld.health, from: -240)
        let findings = try await world.findings(plan(Self.failing, recorded: []))
        let episode = try #require(findings.rules.first?.after?.episodes.first)
        #expect(episode.began == BacktestWorld.start - .milliseconds(179_800))
        #expect(episode.length(in: findings.range) == .milliseconds(60_200))
        #expect(findings.coverage.samples == 4)
        #expect(findings.replayedSamples == 12)
    }

    @Test func `over a time in which the agent did not run no hold grows`() async throws {
        var world = BacktestWorld()
        // One failure, two minutes of silence, then failures again: 1m is only over a minute after those begin.
        world.add("ooox            xxxo", of: BacktestWorld.health)
        let findings = try await world.findings(plan(Self.failing))
        let episode = try #require(findings.rules.first?.after?.episodes.first)
        #expect(episode.began == BacktestWorld.start + .milliseconds(18 * 30_000 + 200))
        #expect(findings.coverage.silences.count == 1)
    }

    @Test func `nothing is made of samples that say nothing`() async throws {
        var world = BacktestWorld()
        world.add("ooox??????xo", of: BacktestWorld.health)
        let findings = try await world.findings(plan(Self.failing))
        #expect(findings.rules.first?.after?.episodes.isEmpty == true)
        #expect(findings.rules.first?.after?.replayability == .full)
    }

    @Test func `rules of checks without samples are said to be unasked`() async throws {
        let findings = try await BacktestWorld().findings(plan(Self.failing))
        #expect(findings.rules.first?.after?.replayability == .unasked)
        #expect(findings.coverage.share == 0)
    }

    @Test(arguments: [1, 2, 3, 8])
    func `the findings are the same for any number of threads`(threads: Int) async throws {
        var world = BacktestWorld()
        let environments = ["production", "staging", "demo"]
        let checks = environments.map { BacktestWorld.check("backend-health", in: $0) }
        for (number, check) in checks.enumerated() {
            world.add(String(repeating: "o", count: number) + "xxxxxooxxxxooo", of: check)
        }
        let list = (0..<5).map { Self.failing.replacing("id: failing", with: "id: failing-\($0)") }
            .joined(separator: "\n")
        let rules = try BacktestWorld.rules(list, for: checks)
        let plan = BacktestPlan(
            range: BacktestWorld.range(seconds: 3600),
            scope: BacktestWorld.scope(checks),
            rules: rules,
            recorded: []
        )
        let findings = try await world.findings(plan, threads: threads)
        #expect(findings.rules.map(\.id) == (0..<5).map { "failing-\($0)" })
        #expect(findings.rules.allSatisfy { $0.after?.episodes.count == 6 && $0.count(.new) == 6 })
        #expect(findings.coverage.samples == 14 * 3 + 3)
        #expect(findings.replayedSamples == 14 * 3 + 3)
        #expect(findings.rules.allSatisfy { $0.after?.evaluations == 14 * 3 + 3 })
    }

    @Test func `coverage is the share of time that samples speak for`() async throws {
        var world = BacktestWorld()
        world.add(
            String(repeating: "o", count: 60) + String(repeating: " ", count: 60),
            of: BacktestWorld.health
        )
        world.add(String(repeating: "o", count: 120), of: BacktestWorld.page)
        let coverage = try await world.findings(plan(Self.failing)).coverage
        #expect(abs(coverage.share(of: BacktestWorld.health.id) - 0.5) < 0.01)
        #expect(coverage.share(of: BacktestWorld.page.id) == 1)
    }

    @Test func `a cancelled backtest ends`() async throws {
        var world = BacktestWorld()
        world.add(String(repeating: "o", count: 20_000), of: BacktestWorld.health)
        let samples = world.samples
        let plan = try plan(Self.failing, seconds: 30 * 20_000)
        await #expect(throws: CancellationError.self) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.cancelAll()
                group.addTask {
                    _ = try await Backtest(plan).run(on: MemorySampleArchive(samples: samples), threads: 2)
                }
                try await group.waitForAll()
            }
        }
    }
}

extension String {
    fileprivate func replacing(_ part: String, with other: String) -> String {
        split(separator: part, omittingEmptySubsequences: false).joined(separator: other)
    }
}
