import LookoutModel

/// A status as tables for people: alerts first, then checks and receivers.
struct StatusTable {
    private let status: JSONValue

    init(_ status: JSONValue) {
        self.status = status
    }

    var text: String {
        var text = "lookout \(word(status, "version")), up since \(word(status, "started_at"))\n"
        if let error = status["configuration"]?["reload_error"]?.string {
            text += "the configuration was changed and refused: \(TextTable.printable(error))\n"
        }
        return text + "\n" + alerts + "\n" + checks + "\n" + receivers
    }

    private var alerts: String {
        let rows = rows("alerts")
        guard !rows.isEmpty else { return "No alerts.\n" }
        var table = TextTable(header: ["SEVERITY", "STATE", "RULE", "CHECK", "SINCE", "SUMMARY"])
        for row in rows {
            let check = ["environment", "probe"].compactMap { row["labels"]?[$0]?.string }
            table.add([
                word(row, "severity"), word(row, "state"), word(row, "rule"),
                check.joined(separator: "/"), word(row, "since"), word(row, "summary"),
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
        var table = TextTable(header: ["RECEIVER", "TYPE", "QUEUED", "OLDEST", "GIVEN UP"])
        for row in rows("receivers") {
            table.add(["name", "type", "queued", "oldest_queued_at", "dead"].map { word(row, $0) })
        }
        return table.text
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
