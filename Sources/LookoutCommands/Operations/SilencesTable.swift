import LookoutModel

/// Silences, or one-off maintenance, as a table.
struct SilencesTable {
    private let rows: [AnswerRow]
    private let what: String
    private let now: Timestamp

    /// The rows of an answer, and what people call them.
    init(_ answer: JSONValue, _ what: String, at now: Timestamp) {
        rows = AnswerRow.rows(answer)
        self.what = what
        self.now = now
    }

    var text: String {
        guard !rows.isEmpty else { return "No \(what).\n" }
        var table = TextTable(header: ["ID", "STATE", "STARTS", "ENDS", "LEFT", "BY", "MATCHERS", "COMMENT"])
        for row in rows {
            let left = row["state"] == "expired" ? "-" : row.distance("ends_at", from: now)
            table.add([
                String(row["id"].prefix(8)), row["state"], row.clock("starts_at"), row.clock("ends_at"), left,
                row["by"], row.texts("matchers").joined(separator: " "), row["comment"],
            ])
        }
        return table.text
    }
}

/// What is said of a silence that was added or ended.
enum SilenceWords {
    static func added(_ silence: AnswerRow) -> String {
        let count = silence.number("matches_firing") ?? 0
        let alerts =
            switch count {
            case 0: "nothing that fires now"
            case 1: "1 alert that fires now"
            default: "\(count) alerts that fire now"
            }
        return
            "\(silence["kind"]) \(silence["id"].prefix(8)) until \(silence.clock("ends_at")); it matches \(alerts)\n"
    }

    static func ended(_ silence: AnswerRow) -> String {
        "\(silence["kind"]) \(silence["id"].prefix(8)) ended; what still fires is told\n"
    }
}
