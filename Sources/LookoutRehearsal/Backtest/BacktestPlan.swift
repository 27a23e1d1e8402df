package import LookoutModel
package import LookoutRules

/// What a backtest is to find out.
package struct BacktestPlan: Sendable {
    /// The time that is asked about.
    package let range: Range<Timestamp>
    /// What the rules were compiled against; its checks are those whose samples are replayed.
    package let scope: RuleScope
    /// The rules on trial.
    package let rules: RuleSet
    /// The rules to compare with by replaying them too; nil to compare with `recorded`.
    package let present: RuleSet?
    /// What fired, from the store of alerts; nil if that is not known.
    package let recorded: [Episode]?
    private let remake: Remake?

    /// Makes both sets of rules once more.
    package typealias Remake = @Sendable () -> (rules: RuleSet, present: RuleSet?)

    /// - Parameters:
    ///   - range: the time that is asked about.
    ///   - scope: what the rules were compiled against.
    ///   - rules: the rules on trial.
    ///   - present: the rules to compare with by replaying them too.
    ///   - recorded: what fired.
    ///   - remake: compiles the same rules anew, for a thread of its own. Threads that share rules wait for
    ///     each other at every count of a reference; without this they do.
    package init(
        range: Range<Timestamp>,
        scope: RuleScope,
        rules: RuleSet,
        present: RuleSet? = nil,
        recorded: [Episode]? = nil,
        remake: Remake? = nil
    ) {
        self.range = range
        self.scope = scope
        self.rules = rules
        self.present = present
        self.recorded = recorded
        self.remake = remake
    }

    /// The rules for one thread.
    func rulesForThread() -> (rules: RuleSet, present: RuleSet?) {
        remake?() ?? (rules, present)
    }

    /// For how long before the range samples are replayed as well, so that windows are full and hold times
    /// have begun when it begins.
    package var leadIn: Duration {
        let sets = [rules] + (present.map { [$0] } ?? [])
        let windows = sets.flatMap { set in
            scope.checks.map { check in
                let demand = set.demand(of: check)
                return max(demand.longestWindow, check.interval * demand.count)
            }
        }
        let holds = sets.flatMap { $0.rules.map { $0.holds.pending + $0.holds.keepFiring } }
        return max(.seconds(3600), windows.max() ?? .zero) + (holds.max() ?? .zero)
    }

    /// The time of which samples are read.
    var replayed: Range<Timestamp> {
        range.lowerBound - leadIn..<range.upperBound
    }

    /// By how much the episodes of an alert may be apart and still be the same: two of its intervals.
    var tolerance: @Sendable (AlertID) -> Duration {
        let intervals = Dictionary(
            scope.checks.map { ($0.id, $0.interval) },
            uniquingKeysWith: { first, _ in first }
        )
        let longest = Dictionary(grouping: scope.checks, by: \.id.environment)
            .mapValues { $0.map(\.interval).max() ?? .zero }
        return { alert in
            let environment = alert.labels["environment"] ?? ""
            let check = alert.labels["probe"].map { CheckID(environment: environment, probe: $0) }
            return (check.flatMap { intervals[$0] } ?? longest[environment] ?? .zero) * 2
        }
    }
}
