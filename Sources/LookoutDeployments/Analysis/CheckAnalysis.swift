package import LookoutStatistics

/// The runs of one check after a change against those before it: what a verdict rests on, and what a report
/// shows beside it.
package struct CheckAnalysis: Equatable, Sendable {
    package let check: String
    package let findings: CheckFindings
    /// The 95th percentile of before and after; nil with too few latencies.
    package let percentile: PercentileRatio?
    /// Nil with too few latencies.
    package let brunnerMunzel: BrunnerMunzel?
    /// Against the same hour of the day before, which the verdict does not look at; nil if it was not given.
    package let yesterday: SecondBaseline?
    /// What a reader must know before the numbers are believed.
    package let cautions: [String]

    /// What a comparison has come to.
    package init(
        check: String,
        _ comparison: CheckComparison,
        yesterday: [CheckSample]? = nil,
        cautions: [String] = []
    ) {
        let baseline = comparison.latency.baseline
        self.check = check
        findings = comparison.findings()
        percentile = PercentileRatio(window: comparison.latencies, baseline: baseline)
        brunnerMunzel = BrunnerMunzel(window: comparison.latencies, baseline: baseline)
        self.yesterday = yesterday.map { SecondBaseline($0, window: comparison.latencies) }
        self.cautions = cautions
    }

    /// Judges runs in any order.
    ///
    /// `yesterday` are the runs of the same hour a day before; `look` is shown how matters stood after each run,
    /// in the order of time.
    package init(
        check: String,
        runs: ComparedRuns,
        yesterday: [CheckSample]? = nil,
        policy: ComparisonPolicy,
        afterEach look: (ComparisonLook) -> Void = { _ in }
    ) {
        var comparison = CheckComparison(baseline: runs.baseline, policy: policy)
        for sample in CheckSample.ordered(runs.window) {
            comparison.observe(sample)
            look(ComparisonLook(comparison, after: sample))
        }
        self.init(check: check, comparison, yesterday: yesterday, cautions: Self.cautions(runs))
    }

    package var word: WatchVerdict.Word {
        switch findings.verdict {
        case .pass: .pass
        case .regressed: .regressed
        case .inconclusive: .inconclusive
        }
    }

    private static func cautions(_ runs: ComparedRuns) -> [String] {
        guard let begin = runs.window.lazy.map(\.time).min() else { return [] }
        let late = runs.baseline.count { $0.time >= begin }
        guard late > 0 else { return [] }
        return ["\(late) of the \(runs.baseline.count) runs before are not before the first run after"]
    }
}

/// A second time to compare with, for the report alone.
package struct SecondBaseline: Equatable, Sendable {
    package let runs: Int
    package let failures: Int
    /// Nil without latencies on both sides.
    package let ratio: LatencyRatio?

    init(_ samples: [CheckSample], window latencies: [Double]) {
        runs = samples.count
        failures = samples.count { !$0.isOK }
        let ordered = CheckSample.ordered(samples)
        ratio = LatencyRatio(
            window: latencies,
            baseline: LatencyBaseline(ordered.lazy.compactMap(\.latency))
        )
    }
}

/// What the checks of a deployment come to together.
package struct AnalysisSummary: Equatable, Sendable {
    package private(set) var words: [WatchVerdict.Word: Int] = [:]
    private var logEvidence: [Double] = []

    package init() {}

    package mutating func add(_ analysis: CheckAnalysis) {
        words[analysis.word, default: 0] += 1
        let findings = analysis.findings
        logEvidence += [
            findings.latency.isJudgeable ? findings.latency.logEvidence : 0,
            findings.failures.logEvidence,
            findings.tail.isJudgeable ? findings.tail.discountedLogEvidence : 0,
        ]
    }

    /// One that is worse is enough; a pass takes all of them.
    package var word: WatchVerdict.Word {
        if words[.regressed] != nil { return .regressed }
        return words[.inconclusive] == nil && words[.pass] != nil ? .pass : .inconclusive
    }

    /// ln of the mean of all E at the end, which is an e-value too: a change that is small in each shows here.
    package var togetherLogEvidence: Double { LogSpace.mean(logEvidence) }
}
