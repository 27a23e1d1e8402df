import LookoutModel
import LookoutProbing
import LookoutRules

/// What a replay brought to light, by rule: the sum of what its shares found.
struct BacktestReplay: Sendable {
    /// The outcome for one set of rules.
    struct Outcome: Sendable {
        var episodes: [String: [Episode]] = [:]
        var statistics: [String: RuleStatistics] = [:]
    }

    var after = Outcome()
    var before = Outcome()
    var coverage: Coverage
    var samples = 0

    mutating func merge(_ other: BacktestReplay) {
        after.merge(other.after)
        before.merge(other.before)
        coverage.merge(other.coverage)
        samples += other.samples
    }
}

extension BacktestReplay.Outcome {
    /// What a replay of one environment came to.
    init(_ replay: RuleReplay?) {
        guard let replay else { return }
        episodes = Dictionary(grouping: replay.episodes, by: \.alert.rule)
        statistics = replay.engine.statistics
    }

    fileprivate mutating func merge(_ other: BacktestReplay.Outcome) {
        episodes.merge(other.episodes, uniquingKeysWith: +)
        statistics.merge(other.statistics) { $0.adding($1) }
    }

    /// The rules' episodes in a range of time, and how far they can be trusted.
    func sides(of ids: [String], in range: Range<Timestamp>) -> [String: BacktestFindings.Side] {
        var sides: [String: BacktestFindings.Side] = [:]
        for id in ids {
            let found = statistics[id]
            sides[id] = BacktestFindings.Side(
                episodes: (episodes[id] ?? []).filter { $0.part(of: range) != nil }
                    .sorted { ($0.began ?? .distantPast) < ($1.began ?? .distantPast) },
                replayability: Replayability(found),
                evaluations: found?.evaluations ?? 0,
                errors: found?.errors ?? 0,
                currentError: found?.currentError
            )
        }
        return sides
    }
}

extension RuleStatistics {
    /// The counts of two environments, or of two shares, together.
    fileprivate func adding(_ other: RuleStatistics) -> RuleStatistics {
        var sum = self
        sum.evaluations += other.evaluations
        sum.holds += other.holds
        sum.noData += other.noData
        sum.errors += other.errors
        sum.withheld += other.withheld
        sum.unstored.merge(other.unstored, uniquingKeysWith: +)
        sum.currentError = currentError ?? other.currentError
        return sum
    }
}
