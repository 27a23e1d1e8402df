/// What a comparison has found: every number that its verdict rests on, and the verdict.
///
/// With these, `LatencyTest.logEvidence`, `BetaMixture.logEvidence` and `verdict` give the same again.
package struct CheckFindings: Equatable, Sendable {
    package let policy: ComparisonPolicy
    package let latency: LatencyFindings
    package let failures: FailureFindings
    package let tail: TailFindings
    /// The first alarm of each test, in the order in which they were raised.
    package let alarms: [ComparisonAlarm]
    /// How many runs had no usable time or duration.
    package let ignored: Int

    init(_ comparison: CheckComparison) {
        policy = comparison.policy
        latency = LatencyFindings(comparison)
        failures = FailureFindings(comparison)
        tail = TailFindings(comparison)
        alarms = comparison.alarms
        ignored = comparison.ignored
    }

    /// The tests whose alarms are worth a rollback.
    package var regressions: [ComparisonTest] {
        alarms.regressions(isMoreThanABurst: failures.isMoreThanABurst)
    }

    /// The tests that reached E ≥ 20 and no alarm, to be shown while the watch goes on.
    package var suspects: [ComparisonTest] {
        ComparisonTest.allCases.filter { !hasAlarm($0) && peak(of: $0) >= policy.suspicionThreshold }
    }

    /// The verdict if the watch ended now.
    ///
    /// Pass asks for proof on both counts: an upper bound of the latency ratio, that of the 95 % interval
    /// that is shown, and a one-sided 95 % bound of the failure ratio. Since neither speaks of the tail,
    /// no test may be suspect at the end either.
    package var verdict: ComparisonVerdict {
        guard regressions.isEmpty else { return .regressed(regressions) }
        let doubts = doubts
        return doubts.isEmpty ? .pass : .inconclusive(doubts)
    }

    private func hasAlarm(_ test: ComparisonTest) -> Bool { alarms.contains { $0.test == test } }

    private func peak(of test: ComparisonTest) -> Double {
        switch test {
        case .latency: latency.peak
        case .failures: failures.peak
        case .tail: tail.peak
        }
    }

    private var doubts: [ComparisonVerdict.Reason] {
        var doubts: [ComparisonVerdict.Reason] = []
        let leastBaseline = LatencyTest.leastBaseline
        if latency.baselineCount < leastBaseline {
            doubts.append(.shortBaseline(latencies: latency.baselineCount, required: leastBaseline))
        }
        if failures.count < policy.leastToPass {
            doubts.append(.fewRuns(failures.count, required: policy.leastToPass))
        }
        // The runs of the warm-up count as asked for.
        let required = max(1, policy.leastToPass - policy.warmUp)
        if latency.count < required {
            doubts.append(.fewLatencies(latency.count, required: required))
        }
        let slowest = latency.ratio?.upper ?? .infinity
        if slowest > policy.latencyTolerance {
            doubts.append(.latencyBound(slowest, tolerated: policy.latencyTolerance))
        }
        let tolerated = failures.nullRatio + policy.failureTolerance
        if failures.upperBound > tolerated {
            doubts.append(.failureBound(failures.upperBound, tolerated: tolerated))
        }
        return doubts + suspicions
    }

    private var suspicions: [ComparisonVerdict.Reason] {
        var suspicions: [ComparisonVerdict.Reason] = hasAlarm(.failures) ? [.singleBurst] : []
        let last: [(ComparisonTest, Double, Bool)] = [
            (.latency, latency.logEvidence, latency.isJudgeable),
            (.failures, failures.logEvidence, !hasAlarm(.failures)),
            (.tail, tail.discountedLogEvidence, tail.isJudgeable),
        ]
        for (test, logEvidence, counts) in last where counts && logEvidence >= policy.suspicionThreshold {
            suspicions.append(.suspect(test, logEvidence: logEvidence))
        }
        return suspicions
    }
}
