import LookoutModel
import LookoutRules
import Synchronization

/// A part of a backtest that one thread does: some of the rules, for the samples of one environment.
///
/// Rules do not look at each other, so they may be shared out, and each share sees all samples.
struct BacktestShare: Sendable {
    /// With the checks of one environment.
    let scope: RuleScope
    /// Which of the rules it takes: every so-manieth, so that costly neighbours are shared out.
    let part: Int
    let partCount: Int

    /// Whether this share counts the samples.
    var measuresCoverage: Bool { part == 0 }

    /// The rules of a set that belong to it.
    func rules(of set: RuleSet) -> RuleSet {
        let ids = Set(set.rules.enumerated().filter { $0.offset % partCount == part }.map(\.element.id))
        return set.filter { ids.contains($0.id) }
    }
}

extension RuleScope {
    /// The work on all checks in parts for so many threads, the largest first.
    func shares(for threads: Int) -> [BacktestShare] {
        let environments = Dictionary(grouping: checks, by: \.id.environment)
        guard !environments.isEmpty else { return [] }
        let count = max(1, (threads + environments.count - 1) / environments.count)
        return environments.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
            .flatMap { _, checks in
                (0..<count).map { BacktestShare(scope: keeping(checks: checks), part: $0, partCount: count) }
            }
    }

    /// The same with some of the checks.
    func keeping(checks: [Check]) -> RuleScope {
        RuleScope(types: types, environments: environments, checks: checks, retention: retention)
    }
}

/// The shares that nobody has begun.
final class ShareQueue: Sendable {
    private let shares: Mutex<ArraySlice<BacktestShare>>

    init(_ shares: [BacktestShare]) {
        self.shares = Mutex(shares[...])
    }

    /// The next one to do; nil if there is none left.
    func next() -> BacktestShare? {
        shares.withLock { $0.popFirst() }
    }
}
