import CivilTime
import LookoutAlerting
import LookoutModel

/// `/api/v1/incidents`, `/{number}`, …`/document`, …`/notes`.
extension LocalAPI {
    func incidents(_ call: Call, _ rest: [String]) async throws(Problem) -> APIResponse {
        let now = control.now
        guard let name = rest.first else {
            try call.allow([.get])
            let limit = try call.number("limit", default: 100, upTo: 10_000)
            let newest = try await working {
                var records = try await control.records()
                let found = records.incidents.suffix(limit)
                guard let oldest = found.map(\.firstSign).min() else { return found }
                // What was told has the words of episodes that are over.
                records.notices = try await control.notices(since: oldest)
                return records.incidents.suffix(limit)
            }
            return .json(.array(newest.reversed().map { $0.json(at: now) }))
        }
        guard rest.count <= 2 else { throw .notFound("an incident has document and notes") }
        let (incident, records) = try await find(incident: name)
        let timeline = IncidentTimeline(of: incident, in: records, at: now)
        switch rest.dropFirst().first {
        case nil:
            try call.allow([.get])
            return .json(incident.json(timeline, at: now))
        case "document":
            try call.allow([.get])
            return try document(of: incident, timeline, call)
        case "notes":
            try call.allow([.post])
            return try await note(on: incident, call)
        default: throw .notFound("an incident has document and notes")
        }
    }

    /// The incident of a number, and all that is on record about it.
    func find(incident name: String) async throws(Problem) -> (Incident, IncidentRecords) {
        let found = try await working { () async throws -> (Incident, IncidentRecords)? in
            guard let number = Int64(name) else { return nil }
            var records = try await control.records()
            guard let incident = records.incidents.first(where: { $0.bears(number) }) else { return nil }
            records.notices = try await control.notices(since: incident.firstSign)
            return records.incidents.first { $0.bears(number) }.map { ($0, records) }
        }
        guard let found else {
            throw .notFound("there is no incident \(name.prefix(40)); `lookout incident list` names them")
        }
        return found
    }

    private func document(
        of incident: Incident,
        _ timeline: IncidentTimeline,
        _ call: Call
    ) throws(Problem) -> APIResponse {
        let name = call.request.query["zone"] ?? "UTC"
        guard let zone = name == "UTC" ? .utc : TimeZones.shared.zone(name) else {
            throw Problem(
                400,
                "bad-parameter",
                "A parameter is not right",
                "zone is an IANA name such as Europe/Berlin; this machine does not know \"\(name.prefix(80))\""
            )
        }
        return APIResponse(
            status: 200,
            contentType: "text/markdown; charset=utf-8",
            body: IncidentDocument(incident, timeline, zone: zone, at: control.now).markdown
        )
    }

    private func note(on incident: Incident, _ call: Call) async throws(Problem) -> APIResponse {
        var document = try call.document()
        let author = document.text("by", limit: 256) ?? ""
        let text = document.text("text", limit: 16_384) ?? ""
        if author.isEmpty { document.fault("by", "say who writes it") }
        if text.allSatisfy(\.isWhitespace), document.faults.isEmpty {
            document.fault("text", "there is nothing to note")
        }
        try document.finish()
        let note = IncidentNote(incident: incident.number, at: control.now, author: author, text: text)
        try await working { try await control.add(note) }
        return .json(
            [
                "incident": .int(note.incident), "at": .string(note.at.rfc3339), "by": .string(author),
                "text": .string(text),
            ],
            status: 201
        )
    }
}
