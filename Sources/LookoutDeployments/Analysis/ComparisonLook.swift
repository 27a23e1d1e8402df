package import LookoutModel
package import LookoutStatistics

/// How matters stood after one run: n, x and ln E of the three tests.
package struct ComparisonLook: Hashable, Sendable {
    /// The how manieth run after the change, from 1: n of the failures.
    package let run: Int
    package let sample: CheckSample
    /// n and ln E of the latencies, and whether there are enough to be judged by.
    package let latencies: Int
    package let latencyEvidence: Double
    package let isLatencyJudged: Bool
    /// x and ln E of the failures.
    package let failures: Int
    package let failureEvidence: Double
    /// n, x and ln E of the tail: as if latencies were independent, and as it is judged.
    package let tailCount: Int
    package let exceedances: Int
    package let independentTailEvidence: Double
    package let tailEvidence: Double
    package let isTailJudged: Bool
    /// The tests that raised their alarm with this run.
    package let alarms: [ComparisonTest]

    /// Reads them off a comparison that has just taken the run.
    package init(_ comparison: CheckComparison, after sample: CheckSample) {
        run = comparison.failures.count
        self.sample = sample
        latencies = comparison.latency.count
        latencyEvidence = comparison.latency.logEvidence
        isLatencyJudged = comparison.latency.isJudgeable
        failures = comparison.failures.failures
        failureEvidence = comparison.failures.logEvidence
        tailCount = comparison.tail.count
        exceedances = comparison.tail.exceedances
        independentTailEvidence = comparison.tail.logEvidence
        tailEvidence = comparison.tail.discountedLogEvidence
        isTailJudged = comparison.tail.isJudgeable
        alarms = comparison.alarms.filter { [run] in $0.run == run }.map(\.test)
    }

    package var json: JSONValue {
        [
            "run": .int(Int64(run)),
            "time": .number(sample.time),
            "ok": .bool(sample.isOK),
            "seconds": .number(sample.seconds),
            "latency": [
                "n": .int(Int64(latencies)), "ln_e": .number(latencyEvidence),
                "judged": .bool(isLatencyJudged),
            ],
            "failures": [
                "n": .int(Int64(run)), "x": .int(Int64(failures)), "ln_e": .number(failureEvidence),
            ],
            "tail": [
                "n": .int(Int64(tailCount)), "x": .int(Int64(exceedances)), "ln_e": .number(tailEvidence),
                "ln_e_independent": .number(independentTailEvidence), "judged": .bool(isTailJudged),
            ],
            "alarms": .array(alarms.map { .string($0.rawValue) }),
        ]
    }
}

/// Which looks a person reads: about ten evenly apart, the last, and each that raised an alarm.
package struct ReadableLooks: Sendable {
    private let step: Int
    private let count: Int

    /// Chooses among so many runs.
    package init(of count: Int) {
        self.count = count
        var step = [1, 2, 5].first { count <= 10 * $0 }
        var unit = 1
        while step == nil {
            step = [10, 15, 20, 30, 50].map { $0 * unit }.first { count <= 10 * $0 }
            unit *= 10
        }
        self.step = step ?? count
    }

    package func contains(_ look: ComparisonLook) -> Bool {
        contains(run: look.run, hasAlarm: !look.alarms.isEmpty)
    }

    package func contains(run: Int, hasAlarm: Bool) -> Bool {
        run.isMultiple(of: step) || run == count || hasAlarm
    }
}
