import LookoutModel

/// Incidents as a table.
struct IncidentsTable {
    private let rows: [AnswerRow]

    init(_ answer: JSONValue) {
        rows = AnswerRow.rows(answer)
    }

    var text: String {
        guard !rows.isEmpty else { return "No incidents.\n" }
        var table = TextTable(header: ["NUMBER", "SEVERITY", "STATE", "BEGAN", "LASTED", "ALERTS", "TITLE"])
        for row in rows {
            table.add([
                row["number"], row["severity"], row["state"], row.clock("began_at"),
                row.length("duration_seconds"), row["alerts"], row["title"],
            ])
        }
        return table.text
    }
}

/// One incident with its timeline.
struct IncidentPage {
    private let incident: AnswerRow

    init(_ answer: JSONValue) {
        incident = AnswerRow(answer)
    }

    var text: String {
        let end = incident.text("ended_at") == nil ? "" : ", ended \(incident.clock("ended_at"))"
        let heading = [
            "Incident \(incident["number"]): \(incident["title"])",
            "severity \(incident["severity"]), \(incident["state"]); began \(incident.clock("began_at"))\(end), "
                + "lasted \(incident.length("duration_seconds"))",
        ]
        return heading.map(TextTable.printable).joined(separator: "\n") + "\n\n" + alerts + "\n" + timeline
    }

    private var alerts: String {
        var table = TextTable(header: [
            "ALERT", "SEVERITY", "RULE", "CHECK", "BEGAN", "LASTED", "ENDING", "SUMMARY",
        ])
        for row in AnswerRow.rows(incident.value["episodes"]) {
            table.add([
                "\(row["alert"].prefix(12))-\(row["episode"])", row["severity"], row["rule"], row.place,
                row.clock("began_at"), row.length("duration_seconds"), row["ending"], row["summary"],
            ])
        }
        return table.text
    }

    private var timeline: String {
        var table = TextTable(header: ["AT", "ABOUT", "WHAT"])
        for row in AnswerRow.rows(incident.value["timeline"]) {
            table.add([row.clock("at"), row["subject"], row["text"]])
        }
        return table.text
    }
}
