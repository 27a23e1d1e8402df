import LookoutModel

/// The alerts as a table: one line each, the worst first.
struct AlertsTable {
    let alerts: [AnswerRow]
    let now: Timestamp

    init(_ answer: JSONValue, at now: Timestamp) {
        alerts = AnswerRow.rows(answer)
        self.now = now
    }

    var text: String {
        guard !alerts.isEmpty else { return "No alerts.\n" }
        var table = TextTable(
            header: ["ID", "SEVERITY", "STATE", "RULE", "CHECK", "SINCE", "FOR", "NOTE", "SUMMARY"]
        )
        for alert in alerts {
            let since = alert.text("firing_since") == nil ? "pending_since" : "firing_since"
            table.add([
                "\(alert["id"].prefix(12))-\(alert["episode"])", alert["severity"], alert["state"],
                alert["rule"], alert.place, alert.clock(since), alert.distance(since, from: now),
                Self.telling(of: alert), alert["summary"],
            ])
        }
        return table.text
    }

    /// Who takes care of it, or why nobody hears of it.
    private static func telling(of alert: AnswerRow) -> String {
        let word = alert.member("acknowledgement")
        var words: [String] = []
        if word.flag("in_force"), let author = word.text("by") { words.append("taken by \(author)") }
        if let kind = alert.member("withheld").text("kind") { words.append("withheld: \(kind)") }
        if alert.member("unknown").text("since") != nil { words.append("unknown") }
        return words.isEmpty ? "-" : words.joined(separator: ", ")
    }
}
