/// One of the three tests of a comparison, in the order in which they are run.
package enum ComparisonTest: String, CaseIterable, Sendable {
    /// T1, `LatencyTest`.
    case latency
    /// T2, `FailureTest`.
    case failures
    /// T3, `TailTest`.
    case tail
}

/// That E reached 1/(α·w), once and for all.
package struct ComparisonAlarm: Equatable, Sendable {
    package let test: ComparisonTest
    /// The how manieth run after the change raised it, from 1.
    package let run: Int
    package let time: Double
    /// ln E then.
    package let logEvidence: Double
}

extension [ComparisonAlarm] {
    /// The tests whose alarms are worth a rollback: a burst of failures that is over is not.
    func regressions(isMoreThanABurst: Bool) -> [ComparisonTest] {
        ComparisonTest.allCases.filter { test in
            contains { $0.test == test } && (test != .failures || isMoreThanABurst)
        }
    }
}

/// What is said of a check after a change.
package enum ComparisonVerdict: Equatable, Sendable {
    /// It is shown not to be worse by more than is tolerated.
    case pass
    /// It is worse; a rollback may be suggested.
    case regressed([ComparisonTest])
    /// Neither is shown. Never an approval because nothing was found.
    case inconclusive([Reason])

    /// Why nothing could be shown.
    package enum Reason: Equatable, Sendable {
        /// Too few latencies before the change to compare with.
        case shortBaseline(latencies: Int, required: Int)
        /// Too few runs after the change.
        case fewRuns(Int, required: Int)
        /// Too few latencies after the change.
        case fewLatencies(Int, required: Int)
        /// The latency ratio may be as great as this.
        case latencyBound(Double, tolerated: Double)
        /// The failure ratio may be as great as this.
        case failureBound(Double, tolerated: Double)
        /// The failures raised an alarm, but were a single burst that is over.
        case singleBurst
        /// A test has seen something that is not enough for an alarm.
        case suspect(ComparisonTest, logEvidence: Double)
    }
}
