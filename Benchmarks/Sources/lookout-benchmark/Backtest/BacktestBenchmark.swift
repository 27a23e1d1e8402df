import Foundation
import LookoutModel
import LookoutProbes
import LookoutProbing
import LookoutRehearsal
import LookoutRules
import LookoutStorage

/// Replaying a month of a hundred checks, read from a `history.db`, through the shipped rules.
struct BacktestBenchmark {
    /// The project's own target in seconds: 30 days on the machine's cores.
    private static let target = 60.0

    private let folder: String
    private let rules: String
    private let month: RecordedMonth
    private let threads: Int

    init(_ options: Options) throws {
        folder = try options.text("folder")
        rules = try options.text("rules")
        month = RecordedMonth(days: try options.number("days", default: 30))
        threads = try options.number("threads", default: ProcessInfo.processInfo.activeProcessorCount)
    }

    func run() async throws -> Bool {
        let path = "\(folder)/backtest.db"
        try await record(path)
        let archive = try HistoryDatabase.openArchive(at: path)
        let scope = RuleScope(
            types: ProbeRegistry.builtin.types.map { ProbeTypeFacts(name: $0.name, facts: $0.facts) },
            environments: RecordedMonth.environments.map { EnvironmentFacts(name: $0) },
            checks: RecordedMonth.checks
        )
        let trial = try RuleTrial.compile(folder: rules, scope: scope)
        let reading = try await Cost.of { try read(archive) }
        var findings: BacktestFindings?
        let replaying = try await Cost.of {
            let plan = BacktestPlan(range: month.range, scope: scope, rules: trial) {
                ((try? RuleTrial.compile(folder: rules, scope: scope)) ?? trial, nil)
            }
            let found = try await Backtest(plan).run(on: archive, threads: threads)
            findings = found
            return found.replayedSamples
        }
        guard let findings, reading.rows == month.count, replaying.rows == month.count else {
            throw BenchmarkError("\(month.count) samples were stored, \(replaying.rows) replayed")
        }
        show(reading, replaying, findings)
        return replaying.seconds * 30 / Double(month.days) < Self.target
    }

    /// Stores the month unless an earlier run has left it.
    private func record(_ path: String) async throws {
        guard !FileManager.default.fileExists(atPath: path) else { return }
        let store = try HistoryDatabase.open(at: path, now: .epoch).samples
        for day in 0..<month.days {
            for environment in RecordedMonth.environments.indices {
                try await store.append(month.samples(ofDay: day, environment: environment))
            }
        }
    }

    private func read(_ archive: SQLiteSampleArchive) throws -> Int {
        var count = 0
        try archive.replay(RecordedMonth.checks.map(\.id), in: month.range) { _, _ in count += 1 }
        return count
    }

    private func show(_ reading: Cost, _ replaying: Cost, _ findings: BacktestFindings) {
        let evaluations = findings.rules.reduce(0) { $0 + ($1.after?.evaluations ?? 0) }
        let episodes = findings.rules.reduce(0) { $0 + ($1.after?.episodes.count ?? 0) }
        print(
            "\(month.days) days of \(RecordedMonth.checks.count) checks at 30 s, \(findings.rules.count) rules, "
                + "\(threads) threads: \(evaluations.grouped) evaluations, \(episodes.grouped) episodes"
        )
        var table = TextTable(
            "",
            "samples",
            "seconds",
            "CPU s",
            "samples/s",
            "CPU µs/sample",
            "CPU µs/evaluation"
        )
        for (name, cost, count) in [("reading", reading, 0), ("backtest", replaying, evaluations)] {
            table.add(
                name,
                cost.rows.grouped,
                cost.seconds.short,
                cost.cpuSeconds.short,
                (Double(cost.rows) / cost.seconds).short,
                (cost.cpuSeconds / Double(cost.rows) * 1e6).short,
                count == 0 ? "" : (cost.cpuSeconds / Double(count) * 1e6).short
            )
        }
        table.show()
    }
}
