/// A check after a change against the same check before it, judged anew with every run.
///
/// Three tests run side by side, each valid however often it is looked at, and each may use the share w
/// of the deployment's budget α of false alarms: an alarm is E ≥ 1/(α·w), and stays. `findings()` says
/// how matters stand, with every number that the verdict rests on.
package struct CheckComparison: Sendable {
    package let policy: ComparisonPolicy
    package private(set) var latency: LatencyTest
    package private(set) var failures: FailureTest
    package private(set) var tail: TailTest
    package private(set) var spread = FailureSpread()
    /// The first alarm of each test, in the order in which they were raised.
    package private(set) var alarms: [ComparisonAlarm] = []
    /// Latencies after the change without the warm-up, in seconds.
    package private(set) var latencies: [Double] = []
    private var peaks: [ComparisonTest: Double] = [:]
    /// How many runs of before or after had no usable time or duration.
    package private(set) var ignored: Int

    /// Takes the runs from before the change, in any order.
    package init(baseline: some Sequence<CheckSample>, policy: ComparisonPolicy = ComparisonPolicy()) {
        let all = Array(baseline)
        let ordered = CheckSample.ordered(all)
        self.policy = policy
        let baseline = LatencyBaseline(ordered.lazy.compactMap(\.latency))
        latency = LatencyTest(baseline: baseline, margin: policy.margin)
        tail = TailTest(baseline: baseline, margin: policy.margin)
        failures = FailureTest(
            baselineFailures: ordered.count { !$0.isOK },
            of: ordered.count,
            floor: policy.failureFloor
        )
        ignored = all.count - ordered.count + ordered.count { $0.latency == nil }
    }

    /// Takes the next run after the change; runs are to come in the order of time.
    package mutating func observe(_ sample: CheckSample) {
        failures.observe(isOK: sample.isOK)
        spread.observe(isOK: sample.isOK, at: sample.time)
        let isWarm = failures.count > policy.warmUp
        if sample.latency == nil {
            ignored += 1
        } else if isWarm, let seconds = sample.latency {
            observe(latency: seconds, at: sample.time)
        }
        // E of the mixtures rises only with an event, so between two there is no new peak.
        if !sample.isOK { record(failures.logEvidence, of: .failures, at: sample.time) }
    }

    private mutating func observe(latency seconds: Double, at time: Double) {
        latencies.append(seconds)
        latency.observe(seconds)
        if latency.isJudgeable { record(latency.logEvidence, of: .latency, at: time) }
        let exceedances = tail.exceedances
        tail.observe(seconds)
        if tail.isJudgeable, tail.exceedances > exceedances {
            record(tail.discountedLogEvidence, of: .tail, at: time)
        }
    }

    /// The greatest ln E up to now that was judged; 0 at first, for E starts at 1.
    package func peak(of test: ComparisonTest) -> Double { peaks[test] ?? 0 }

    /// The tests whose alarms are worth a rollback now.
    package var regressions: [ComparisonTest] {
        alarms.regressions(isMoreThanABurst: spread.isConfirmed)
    }

    /// How matters stand.
    package func findings() -> CheckFindings { CheckFindings(self) }

    /// Judges a window that has ended, in any order of its runs.
    package static func findings(
        baseline: some Sequence<CheckSample>,
        window: some Sequence<CheckSample>,
        policy: ComparisonPolicy = ComparisonPolicy()
    ) -> CheckFindings {
        var comparison = CheckComparison(baseline: baseline, policy: policy)
        let all = Array(window)
        let ordered = CheckSample.ordered(all)
        for sample in ordered { comparison.observe(sample) }
        comparison.ignored += all.count - ordered.count
        return comparison.findings()
    }

    private mutating func record(_ logEvidence: Double, of test: ComparisonTest, at time: Double) {
        peaks[test] = max(logEvidence, peak(of: test))
        guard logEvidence >= policy.alarmThreshold, !alarms.contains(where: { $0.test == test }) else {
            return
        }
        let run = failures.count
        alarms.append(ComparisonAlarm(test: test, run: run, time: time, logEvidence: logEvidence))
    }
}
