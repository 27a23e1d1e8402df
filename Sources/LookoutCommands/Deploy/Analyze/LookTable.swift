import LookoutDeployments
import LookoutModel
import LookoutSettings

/// n, x and ln E after a run each, in columns of fixed width: rows are written as they come.
struct LookTable {
    private static let columns: [(title: String, width: Int)] = [
        ("RUN", 7), ("AFTER", 9), ("LATENCIES", 9), ("LN E", 9), ("FAILED", 7), ("LN E", 9), ("SLOW", 7),
        ("LN E", 9),
    ]

    /// The time that `AFTER` is counted from.
    private let begin: Double

    init(from begin: Double) {
        self.begin = begin
    }

    var header: String { Self.line(Self.columns.map(\.title)) }

    /// A look as `ComparisonLook.json` has it; an E that is not judged yet stands in brackets.
    func row(_ look: AnswerRow) -> String {
        let (latency, failures, tail) = (look.member("latency"), look.member("failures"), look.member("tail"))
        let alarms = look.texts("alarms")
        let seconds = (look.value["time"]?.measured ?? begin) - begin
        let line = Self.line([
            look["run"], Duration.seconds(Int64(seconds.rounded())).durationText, latency["n"],
            Self.evidence(latency), failures["x"], Self.evidence(failures), tail["x"], Self.evidence(tail),
        ])
        guard !alarms.isEmpty else { return line }
        return line.dropLast() + "  alarm: " + alarms.joined(separator: ", ") + "\n"
    }

    private static func evidence(_ test: AnswerRow) -> String {
        let text = test.value["ln_e"]?.measured.map { Figures.text($0, digits: 2) } ?? "-"
        return test.value["judged"] == .bool(false) ? "(\(text))" : text
    }

    private static func line(_ cells: [String]) -> String {
        zip(cells, columns).map { cell, column in
            String(repeating: " ", count: max(0, column.width - cell.count)) + cell
        }
        .joined(separator: " ") + "\n"
    }
}
