import LookoutModel

/// One alert with all that is known of it.
struct AlertPage {
    private let alert: AnswerRow
    private let now: Timestamp

    init(_ answer: JSONValue, at now: Timestamp) {
        alert = AnswerRow(answer)
        self.now = now
    }

    var text: String {
        var lines = ["[SEV\(alert["severity"])] \(alert["summary"])", ""]
        lines += rows.filter { !$0.text.isEmpty }.map { row($0.name, $0.text) }
        lines += list("last samples", evidence("samples"))
        lines += list("what changed", evidence("changes"))
        return lines.map(TextTable.printable).joined(separator: "\n") + "\n"
    }

    private var rows: [(name: String, text: String)] {
        let labels = alert.pairs("labels").map { "\($0.name)=\($0.text)" }.joined(separator: ", ")
        return [
            ("id", "\(alert["id"].prefix(12))-\(alert["episode"])"), ("rule", alert["rule"]),
            ("labels", labels), ("state", state), ("unknown", unknown), ("withheld", withheld),
            ("taken by", acknowledgement), ("told", told),
            ("description", alert.text("description") ?? ""),
        ] + alert.pairs("annotations").map { ($0.name, $0.text) } + [
            ("suggestion", alert.text("suggestion") ?? ""), ("runbook", alert.text("runbook") ?? ""),
            ("depends on", alert.texts("depends_on").joined(separator: ", ")),
            (
                "came back",
                alert.number("returns").map { $0 == 0 ? "" : "\($0) times while it recovered" } ?? ""
            ),
            ("judged", "\(alert.clock("last_judged")), \(alert.distance("last_judged", from: now)) ago"),
        ]
    }

    private var state: String {
        let state = alert["state"]
        let key =
            state == "resolved"
            ? "resolved_since" : alert.text("firing_since") == nil ? "pending_since" : "firing_since"
        let reason = state == "resolved" ? alert.text("resolution").map { " (\($0))" } ?? "" : ""
        return "\(state) since \(alert.clock(key)), \(alert.distance(key, from: now)) ago\(reason)"
    }

    private var unknown: String {
        let spell = alert.member("unknown")
        return spell.text("reason").map { "since \(spell.clock("since")): \($0)" } ?? ""
    }

    private var withheld: String { alert.member("withheld").text("reason") ?? "" }

    private var acknowledgement: String {
        let word = alert.member("acknowledgement")
        guard let author = word.text("by") else { return "" }
        let until = word.text("until") == nil ? "" : ", until \(word.clock("until"))"
        let comment = word.text("comment").map { ": \($0)" } ?? ""
        return "\(author), since \(word.clock("at"))\(until)\(comment)"
    }

    private var told: String {
        guard case .object(let receivers)? = alert.value["told"] else { return "" }
        return receivers.sorted { $0.key < $1.key }.map { name, value in
            let row = AnswerRow(value)
            return row.flag("resolved") ? "\(name) (end)" : "\(name) (severity \(row["severity"]))"
        }
        .joined(separator: ", ")
    }

    private func evidence(_ key: String) -> [String] {
        AnswerRow.rows(alert.value["evidence"]?[key]).map { "\($0.clock("at"))  \($0["text"])" }
    }

    private func row(_ name: String, _ text: String) -> String {
        "  \(name)\(String(repeating: " ", count: max(1, 14 - name.count)))\(text)"
    }

    private func list(_ name: String, _ lines: [String]) -> [String] {
        lines.isEmpty ? [] : ["", "\(name):"] + lines.map { "  \($0)" }
    }
}
