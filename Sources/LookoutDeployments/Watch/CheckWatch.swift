package import LookoutModel
package import LookoutStatistics

/// One check of a watch: what it was before, and what every run since adds.
///
/// What is found stays found, so that a verdict does not depend on when it was asked for.
package struct CheckWatch: Sendable {
    package let check: WatchedCheck
    package private(set) var comparison: CheckComparison
    /// Tests that have at some run been worth a rollback.
    package private(set) var regressions: Set<ComparisonTest> = []
    /// When the check first failed several times in a row, which it did not do before.
    package private(set) var outageAt: Timestamp?
    /// Whether it was failing when the deployment began.
    package let wasFailing: Bool
    /// Latencies of successful runs of a page, in seconds.
    package private(set) var pageSeconds: [Double] = []
    /// The 95th percentile of a page before the deployment; nil without runs.
    package let pageBefore: Double?
    /// How many of the newest runs have succeeded without a failure between.
    package private(set) var successes = 0
    private var filter: RunFilter
    private var outage = ConsecutiveFailures()

    /// Takes all runs from before the deployment, in the order of time, and leaves out what is not compared.
    package init(_ check: WatchedCheck, plan: WatchPlan, before runs: [CheckSample]) {
        self.check = check
        var filter = RunFilter(excluding: plan.excluded + [plan.transition])
        let baseline = runs.filter { run in
            let isAdmitted = filter.admits(run)
            return isAdmitted && plan.baseline.contains(run.startedAt)
        }
        comparison = CheckComparison(baseline: baseline, policy: check.policy)
        let last = baseline.suffix(3)
        wasFailing = last.count == 3 && last.allSatisfy { !$0.isOK }
        pageBefore = check.isPage ? Self.p95(baseline.filter(\.isOK).compactMap(\.seconds)) : nil
        // The gap between the last run before and the first one after counts for the first one after.
        self.filter = RunFilter(excluding: [])
        if let newest = runs.last { _ = self.filter.admits(newest) }
    }

    /// Takes the next run after the switch.
    package mutating func observe(_ run: CheckSample) {
        successes = run.isOK ? successes + 1 : 0
        guard filter.admits(run) else { return }
        comparison.observe(run)
        regressions.formUnion(comparison.regressions)
        outage.observe(isOK: run.isOK)
        if outage.isConfirmed, !wasFailing { outageAt = outageAt ?? run.startedAt }
        if check.isPage, run.isOK, let seconds = run.seconds { pageSeconds.append(seconds) }
    }

    /// Whether it fails now, run after run.
    package var isFailing: Bool { outage.isConfirmed }

    /// How many runs woke a sleeper.
    package var coldRuns: Int { filter.coldCount }

    /// The 95th percentile of the page now; nil with too few runs to speak of one.
    package var pageNow: Double? { pageSeconds.count < 20 ? nil : Self.p95(pageSeconds) }

    /// The smallest value that at least 95 % do not exceed.
    private static func p95(_ values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        return sorted[(sorted.count * 95 + 99) / 100 - 1]
    }
}
