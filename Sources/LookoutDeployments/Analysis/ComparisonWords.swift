package import LookoutStatistics

extension ComparisonVerdict.Reason {
    /// The word for machines.
    package var code: String {
        switch self {
        case .shortBaseline: "short_baseline"
        case .fewRuns: "few_runs"
        case .fewLatencies: "few_latencies"
        case .latencyBound: "latency_bound"
        case .failureBound: "failure_bound"
        case .singleBurst: "single_burst"
        case .suspect(let test, _): "suspect_\(test.rawValue)"
        }
    }

    /// One line for people, with the numbers that it rests on.
    package var text: String {
        switch self {
        case .shortBaseline(let latencies, let required):
            "only \(latencies) latencies before the change, \(required) are needed"
        case .fewRuns(let runs, let required): "only \(runs) runs after the change, \(required) are needed"
        case .fewLatencies(let latencies, let required):
            "only \(latencies) latencies after the change, \(required) are needed"
        case .latencyBound(let bound, let tolerated):
            "latencies may have risen \(bound.isFinite ? "×" + Figures.text(bound, digits: 2) : "by any factor"), "
                + "×\(Figures.text(tolerated, digits: 2)) is tolerated"
        case .failureBound(let bound, let tolerated):
            "up to \(Figures.percent(bound)) of the runs may fail, \(Figures.percent(tolerated)) is tolerated"
        case .singleBurst: "failures raised an alarm, but were one burst that is over"
        case .suspect(let test, let logEvidence):
            "\(test.words) is suspect: ln E \(Figures.text(logEvidence, digits: 2))"
        }
    }
}

extension ComparisonTest {
    /// What is tested, for people.
    package var words: String {
        switch self {
        case .latency: "the level of latencies"
        case .failures: "the ratio of failures"
        case .tail: "the tail of latencies"
        }
    }
}
