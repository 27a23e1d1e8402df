import LookoutModel

/// A status as tables for people: alerts first, then checks and receivers.
struct StatusTable {
    private let status: JSONValue
    private let now: Timestamp

    init(_ status: JSONValue, at now: Timestamp) {
        self.status = status
        self.now = now
    }

    var text: String {
        var text = "lookout \(word(status, "version")), up since \(word(status, "started_at"))\n"
        if let error = status["configuration"]?["reload_error"]?.string {
            text += "the configuration was changed and refused: \(TextTable.printable(error))\n"
        }
        return text + "\n" + alerts + "\n" + checks + "\n" + receivers + rules
    }

    private var alerts: String {
        let rows = AnswerRow.rows(status["alerts"])
        guard !rows.isEmpty else { return "No alerts.\n" }
        var table = TextTable(
            header: ["ID", "SEVERITY", "STATE", "RULE", "CHECK", "SINCE", "NOTE", "SUMMARY"]
        )
        for row in rows {
            let notes = [
                row.text("acknowledged_by").map { "taken by \($0)" }, row.text("withheld"),
                row.text("suggestion").map { "suggests \($0)" },
            ]
            table.add([
                String(row["id"].prefix(12)), row["severity"], row["state"], row["rule"], row.place,
                row["since"], notes.compactMap(\.self).joined(separator: ", "), row["summary"],
            ])
        }
        return table.text
    }

    private var checks: String {
        var table = TextTable(header: ["CHECK", "OUTCOME", "SAMPLED AT", "TIME", "WHAT"])
        for row in rows("checks") {
            var duration = ""
            if case .double(let seconds)? = row["duration_seconds"] {
                duration = "\(Int64((seconds * 1000).rounded())) ms"
            } else if case .int(let seconds)? = row["duration_seconds"] {
                duration = "\(seconds * 1000) ms"
            }
            let what = row["message"]?.string ?? row["version"]?.string.map { "version \($0)" } ?? ""
            table.add([word(row, "check"), word(row, "outcome"), word(row, "sampled_at"), duration, what])
        }
        return table.text
    }

    private var receivers: String {
        ReceiversTable(AnswerRow.rows(status["receivers"]), at: now).text
    }

    /// The rules that say less than they could: those that cannot be evaluated, and those that lack what is not
    /// kept.
    private var rules: String {
        let rows = AnswerRow.rows(status["rules"]).filter { row in
            row.text("error") != nil || (row.number("withheld") ?? 0) > 0 || row["unstored"] != "{}"
        }
        guard !rows.isEmpty else { return "" }
        var table = TextTable(header: [
            "RULE", "EVALUATED", "NO DATA", "ERRORS", "WITHHELD", "NOT STORED", "ERROR",
        ])
        for row in rows {
            table.add(
                ["rule", "evaluations", "no_data", "errors", "withheld", "unstored", "error"].map { row[$0] }
            )
        }
        return "\n" + table.text
    }

    private func rows(_ key: String) -> [JSONValue] {
        if case .array(let rows)? = status[key] { rows } else { [] }
    }

    private func word(_ row: JSONValue, _ key: String) -> String {
        switch row[key] {
        case .string(let text)?: text
        case .null?, nil: "-"
        case .some(let value): value.jsonText
        }
    }
}
