import LookoutDeployments
import LookoutModel
import LookoutStatistics

/// Where an analysis goes, piece by piece: of millions of runs no document is held.
protocol AnalysisOutput {
    mutating func begin(_ check: String, runs: Int)
    mutating func add(_ look: ComparisonLook)
    mutating func end(_ analysis: CheckAnalysis)
    mutating func finish(_ summary: AnalysisSummary)
}

/// An analysis as one JSON document, a line for each look.
struct AnalysisDocument: AnalysisOutput {
    private let write: (String) -> Void
    private var checks = 0
    private var looks = 0

    init(write: @escaping (String) -> Void) {
        self.write = write
    }

    mutating func begin(_ check: String, runs: Int) {
        write(checks == 0 ? "{\"checks\": [\n" : ",\n")
        write("{\"looks\": [\n")
        checks += 1
        looks = 0
    }

    mutating func add(_ look: ComparisonLook) {
        write((looks == 0 ? "" : ",\n") + look.json.jsonText)
        looks += 1
    }

    mutating func end(_ analysis: CheckAnalysis) {
        // The members of the object go on after the one that was streamed.
        write("\n],\n" + analysis.json.jsonText.dropFirst())
    }

    mutating func finish(_ summary: AnalysisSummary) {
        write("\n],\n\"summary\": \(summary.json.jsonText)}\n")
    }
}

/// An analysis as tables for people.
struct AnalysisTables: AnalysisOutput {
    private let showsEach: Bool
    private let write: (String) -> Void
    /// Set by the first run, from which times are counted.
    private var table: LookTable?
    private var readable = ReadableLooks(of: 0)

    init(showsEach: Bool, write: @escaping (String) -> Void) {
        self.showsEach = showsEach
        self.write = write
    }

    mutating func begin(_ check: String, runs: Int) {
        write("Check \(PlainText.line(check))\n\n")
        table = nil
        readable = ReadableLooks(of: runs)
    }

    mutating func add(_ look: ComparisonLook) {
        if table == nil {
            let table = LookTable(from: look.sample.time)
            write(table.header)
            self.table = table
        }
        guard showsEach || readable.contains(look), let table else { return }
        write(table.row(AnswerRow(look.json)))
    }

    mutating func end(_ analysis: CheckAnalysis) {
        write((table == nil ? "" : "\n") + CheckAnalysisPage(analysis.json).text + "\n")
    }

    mutating func finish(_ summary: AnalysisSummary) {
        write(CheckAnalysisPage.summary(summary.json))
    }
}
