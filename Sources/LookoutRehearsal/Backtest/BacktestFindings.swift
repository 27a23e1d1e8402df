package import LookoutModel
import LookoutRules

/// What a backtest found.
package struct BacktestFindings: Sendable {
    /// What the episodes were compared with.
    package enum Reference: String, Sendable {
        /// What fired, as the store of alerts has it.
        case recorded
        /// What the rules in force would have fired, replayed as well.
        case current
        /// Nothing: it is not known what fired.
        case none
    }

    /// One side of the comparison for one rule.
    package struct Side: Hashable, Sendable {
        package let episodes: [Episode]
        /// Nil for what was recorded.
        package let replayability: Replayability?
        package let evaluations: Int
        package let errors: Int
        /// The newest error in words.
        package let currentError: String?
    }

    /// What was found about one rule.
    package struct OfRule: Sendable {
        package let id: String
        /// Nil if the rule is not among those on trial.
        package let after: Side?
        /// Nil if there is nothing to compare with.
        package let before: Side?
        /// In the order of time; empty where one of the sides could not be told at all.
        package let changes: [EpisodeChange]

        package func count(_ kind: EpisodeChange.Kind) -> Int {
            changes.count { $0.kind == kind }
        }
    }

    package let range: Range<Timestamp>
    package let reference: Reference
    /// In the order of the rule files, rules that are only in the reference last.
    package let rules: [OfRule]
    package let coverage: Coverage
    /// The samples that were judged, those before the range included.
    package let replayedSamples: Int
}

extension BacktestFindings {
    init(_ plan: BacktestPlan, _ replay: BacktestReplay) {
        range = plan.range
        reference = plan.present != nil ? .current : plan.recorded != nil ? .recorded : .none
        coverage = replay.coverage
        replayedSamples = replay.samples
        let after = replay.after.sides(of: plan.rules.rules.map(\.id), in: plan.range)
        let before: [String: Side] =
            if let present = plan.present {
                replay.before.sides(of: present.rules.map(\.id), in: plan.range)
            } else {
                Dictionary(grouping: plan.recorded ?? [], by: \.alert.rule).mapValues {
                    Side(recorded: $0.filter { $0.part(of: plan.range) != nil })
                }
            }
        let ids = plan.rules.rules.map(\.id)
        let others = Set(before.keys).subtracting(ids).sorted()
        let comparison = EpisodeComparison(in: plan.range, tolerance: plan.tolerance)
        let isCompared = reference != .none
        rules = (ids + others).map { id in
            let old = before[id] ?? (isCompared ? Side(recorded: []) : nil)
            return OfRule(id: id, after: after[id], before: old, comparison)
        }
    }
}

extension BacktestFindings.Side {
    fileprivate init(recorded episodes: [Episode]) {
        self.init(episodes: episodes, replayability: nil, evaluations: 0, errors: 0, currentError: nil)
    }

    /// Whether "no episode" means that it did not fire.
    package var isTelling: Bool {
        switch replayability {
        case .impossible, .broken: false
        case .unasked, .full, .partial, nil: true
        }
    }
}

extension BacktestFindings.OfRule {
    fileprivate init(
        id: String,
        after: BacktestFindings.Side?,
        before: BacktestFindings.Side?,
        _ comparison: EpisodeComparison
    ) {
        self.id = id
        self.after = after
        self.before = before
        let isComparable = (after?.isTelling ?? true) && (before?.isTelling ?? false)
        changes =
            isComparable ? comparison.changes(from: before?.episodes ?? [], to: after?.episodes ?? []) : []
    }
}
