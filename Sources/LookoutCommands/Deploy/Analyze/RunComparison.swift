import LookoutDeployments
import LookoutStatistics

/// Runs from files, judged check by check; what was judged is not held any longer.
struct RunComparison {
    private var before: [String: [CheckSample]]
    private var after: [String: [CheckSample]]
    private let yesterday: [String: [CheckSample]]?

    init(
        before: [String: [CheckSample]],
        after: [String: [CheckSample]],
        yesterday: [String: [CheckSample]]? = nil
    ) {
        self.before = before
        self.after = after
        self.yesterday = yesterday
    }

    /// All that are in one of the files: a check without a single run after the change is not forgotten.
    var checks: [String] { Set(before.keys).union(after.keys).sorted() }

    /// Judges every check and writes what comes of it.
    consuming func write(to output: inout some AnalysisOutput, policy: ComparisonPolicy) -> AnalysisSummary {
        var summary = AnalysisSummary()
        for check in checks {
            let runs = ComparedRuns(
                baseline: before.removeValue(forKey: check) ?? [],
                window: after.removeValue(forKey: check) ?? []
            )
            output.begin(check, runs: runs.window.count)
            let analysis = CheckAnalysis(
                check: check,
                runs: runs,
                yesterday: yesterday.map { $0[check] ?? [] },
                policy: policy
            ) { output.add($0) }
            output.end(analysis)
            summary.add(analysis)
        }
        output.finish(summary)
        return summary
    }
}
