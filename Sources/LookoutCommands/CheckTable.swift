import LookoutDaemon
import LookoutModel

/// A report of `lookout check` as a table for people.
struct CheckTable {
    private let report: CheckReport

    init(_ report: CheckReport) {
        self.report = report
    }

    var text: String {
        var table = TextTable(header: ["CHECK", "OUTCOME", "SEVERITY", "TIME", "WHAT"])
        for result in report.results {
            let sample = result.sample
            table.add([
                sample.check.description,
                sample.outcome.name,
                result.severity.map { String($0.rawValue) } ?? "-",
                "\(Int64((sample.timings.total.inSeconds * 1000).rounded())) ms",
                words(for: result),
            ])
        }
        return table.text + "\n" + summary + "\n"
    }

    private func words(for result: CheckReport.Result) -> String {
        let remarks =
            result.findings.map { "[\($0.rule)] \($0.summary)" }
            + result.unjudged.map { "[\($0.rule)] cannot be judged: \($0.reason)" }
        let said = result.sample.outcome.message.map { [$0] } ?? []
        if !remarks.isEmpty || !said.isEmpty { return (remarks + said).joined(separator: "; ") }
        return result.sample.version.map { "version \($0)" } ?? ""
    }

    private var summary: String {
        let counts = Dictionary(grouping: report.results, by: \.sample.outcome.name).mapValues(\.count)
        let words = ["ok", "failed", "error", "inconclusive"].compactMap { name in
            counts[name].map { "\($0) \(name)" }
        }
        let worst = report.worstSeverity.map { "worst severity \($0.rawValue)" } ?? "no severity"
        return words.joined(separator: ", ") + "; " + worst
    }
}
