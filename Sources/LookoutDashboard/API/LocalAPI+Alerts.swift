import LookoutAlerting
import LookoutModel

/// `/api/v1/alerts`, `/api/v1/alerts/{id}`, …`/history`, …`/acknowledgement`, and `/api/v1/history`.
extension LocalAPI {
    /// The longest history that one request gets.
    private static let maximumTransitions = 10_000

    func alerts(_ call: Call, _ rest: [String]) async throws(Problem) -> APIResponse {
        let reports = await control.alerts()
        let now = control.now
        guard let name = rest.first else {
            try call.allow([.get])
            let showsAll = call.request.query["state"] == "all"
            let shown = reports.filter { showsAll || $0.alert.state != .resolved }
            return .json(.array(shown.map { $0.json(at: now) }))
        }
        let report = try find(name, among: reports)
        switch rest.dropFirst().first {
        case nil where rest.count == 1:
            try call.allow([.get])
            return .json(report.json(at: now))
        case "history" where rest.count == 2:
            try call.allow([.get])
            return try await history(of: report.alert, call)
        case "acknowledgement" where rest.count == 2:
            try call.allow([.post, .delete])
            return try await acknowledge(report.alert, call)
        default: throw .notFound("an alert has history and acknowledgement")
        }
    }

    func history(_ call: Call, _ rest: [String]) async throws(Problem) -> APIResponse {
        guard rest.isEmpty else { throw .notFound("the history has no parts") }
        try call.allow([.get])
        return try await history(of: nil, call)
    }

    private func history(of alert: Alert?, _ call: Call) async throws(Problem) -> APIResponse {
        let limit = try call.number("limit", default: 1000, upTo: Self.maximumTransitions)
        let since = try call.time("since") ?? .epoch
        let records = try await working { try await control.records() }
        let rules = Dictionary(
            records.alerts.map { ($0.key, $0.id.rule) },
            uniquingKeysWith: { _, last in last }
        )
        let found = records.transitions.filter { record in
            record.transition.at >= since && alert.map { $0.key == record.transition.alert } ?? true
        }
        return .json(
            .array(found.suffix(limit).map { $0.json(rule: rules[$0.transition.alert]) })
        )
    }

    /// The alert of a key, of its beginning, or of an episode (the same with `-` and a number behind it).
    private func find(_ name: String, among reports: [AlertReport]) throws(Problem) -> AlertReport {
        let parts = name.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let key = try Abbreviation.resolve(
            String(parts[0]).lowercased(),
            among: reports.map(\.alert.key.text),
            "alert"
        )
        guard let report = reports.first(where: { $0.alert.key.text == key }) else {
            throw .notFound("there is no such alert")
        }
        if parts.count == 2, parts[1] != String(report.alert.episode) {
            throw Problem(
                409,
                "other-episode",
                "That episode is over",
                "alert \(key.prefix(12)) is in episode \(report.alert.episode) now, not \(parts[1].prefix(20))"
            )
        }
        return report
    }

    // MARK: Acknowledgement

    private func acknowledge(_ alert: Alert, _ call: Call) async throws(Problem) -> APIResponse {
        let now = control.now
        var document = try call.document()
        let author = document.text("by", limit: 256) ?? ""
        let comment = document.text("comment", limit: 4096) ?? ""
        var word: Alert.Acknowledgement?
        if call.request.method == .post {
            let end = Self.end(&document, from: now)
            if author.isEmpty { document.fault("by", "say who takes care of it") }
            word = Alert.Acknowledgement(by: author, at: now, until: end, comment: comment)
        }
        try document.finish()
        let isFiring = try await working { [word] in try await control.acknowledge(alert.key, word) }
        guard isFiring else {
            throw Problem(
                409,
                "not-firing",
                "The alert does not fire",
                "\(alert.id.rule) is \(alert.state.rawValue): there is nothing to take on"
            )
        }
        // What was asked for is done, even if the incident cannot say so.
        try? await note(word == nil ? .released : .acknowledged, alert, author, comment)
        return .json(word?.json(at: now) ?? .null)
    }

    /// The end that a document asks for, by `for` or `until`.
    static func end(_ document: inout RequestDocument, from begin: Timestamp) -> Timestamp? {
        let length = document.duration("for")
        let end = document.timestamp("until")
        if length != nil, end != nil { return document.refuse("until", "say `for` or `until`, not both") }
        if let end, end <= begin { return document.refuse("until", "the end must come after the beginning") }
        return end ?? length.map { begin + $0 }
    }

    /// Writes into the incident who has taken an alert on; the alert itself forgets that with the episode.
    private func note(
        _ kind: IncidentNote.Kind,
        _ alert: Alert,
        _ author: String,
        _ comment: String
    ) async throws(Problem) {
        let now = control.now
        try await working {
            let records = try await control.records()
            let incident = records.incidents.last { incident in
                incident.episodes.contains { $0.key == alert.key && $0.episode == alert.episode }
            }
            guard let incident else { return }
            let about = comment.isEmpty ? alert.id.rule : "\(alert.id.rule): \(comment)"
            try await control.add(
                IncidentNote(incident: incident.number, at: now, author: author, text: about, kind: kind)
            )
        }
    }
}
