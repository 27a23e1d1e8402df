import LookoutModel
package import LookoutProbing
import LookoutRules

/// Replays stored samples through rules, and says what would have fired next to what did.
///
/// The decisions are the live ones, `RuleEngine` and `AlertBook`; what they would have told is not told.
package struct Backtest: Sendable {
    private let plan: BacktestPlan

    package init(_ plan: BacktestPlan) {
        self.plan = plan
    }

    /// Goes through the samples, in parallel where it can.
    ///
    /// - Parameters:
    ///   - archive: where the samples are.
    ///   - threads: how many parts of the work may be done at the same time.
    /// - Returns: The findings, rule by rule.
    /// - Throws: What the archive throws, and `CancellationError`.
    package func run(on archive: some SampleArchive, threads: Int) async throws -> BacktestFindings {
        let shares = ShareQueue(plan.scope.shares(for: threads))
        let time = plan.replayed
        let found = try await withThrowingTaskGroup(of: BacktestReplay.self) { group in
            for _ in 0..<max(1, threads) {
                group.addTask {
                    let rules = plan.rulesForThread()
                    var sum = BacktestReplay(coverage: coverage)
                    while let share = shares.next() {
                        let replays = (
                            RuleReplay(rules: share.rules(of: rules.rules), scope: share.scope),
                            rules.present.map { RuleReplay(rules: share.rules(of: $0), scope: share.scope) }
                        )
                        sum.merge(try go(through: archive, time, share, replays))
                    }
                    return sum
                }
            }
            return try await group.reduce(into: BacktestReplay(coverage: coverage)) { $0.merge($1) }
        }
        return BacktestFindings(plan, found)
    }

    /// What nothing has been found out about yet.
    private var coverage: Coverage { Coverage(of: plan.range, checks: plan.scope.checks.map(\.id)) }

    private func go(
        through archive: some SampleArchive,
        _ time: Range<Timestamp>,
        _ share: BacktestShare,
        _ replays: (after: RuleReplay, before: RuleReplay?)
    ) throws -> BacktestReplay {
        let checks = share.scope.checks.sorted { $0.id < $1.id }
        var clock = ReplayClock(checks: checks, origin: time.lowerBound)
        var (after, before) = replays
        var coverage = Coverage(of: plan.range, checks: checks.map(\.id))
        var samples = 0
        try archive.replay(checks.map(\.id), in: time) { sample, place in
            samples += 1
            if samples % 4096 == 0 { try Task.checkCancellation() }
            let reading = clock.advance(to: sample)
            if share.measuresCoverage { coverage.note(sample, of: checks[place], at: place, reading) }
            after.observe(sample, of: checks[place], at: reading)
            before?.observe(sample, of: checks[place], at: reading)
        }
        return BacktestReplay(
            after: BacktestReplay.Outcome(after),
            before: BacktestReplay.Outcome(before),
            coverage: coverage,
            samples: share.measuresCoverage ? samples : 0
        )
    }
}
