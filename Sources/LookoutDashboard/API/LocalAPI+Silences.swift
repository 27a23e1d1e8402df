import LookoutAlerting
import LookoutModel

/// `/api/v1/silences` and `/api/v1/maintenance`, and each with `/{id}`.
extension LocalAPI {
    private static let maximumMatchers = 64
    /// Silences that may be in force or lie ahead; beyond that something adds them in a circle.
    private static let maximumSilences = 1000

    func silences(
        _ call: Call,
        _ rest: [String],
        _ kind: Silence.Kind
    ) async throws(Problem) -> APIResponse {
        let now = control.now
        let silences = try await working { try await control.silences().filter { $0.kind == kind } }
        guard let name = rest.first else {
            try call.allow([.get, .post])
            if call.request.method == .post { return try await add(kind, call, beside: silences) }
            let showsAll = call.request.query["state"] == "all"
            let shown = silences.filter { showsAll || now < $0.endsAt }.map { $0.json(at: now) }
            guard kind == .maintenance else { return .json(.array(shown)) }
            let windows = await control.maintenanceWindows().map(\.json)
            return .json(["one_off": .array(shown), "windows": .array(windows)])
        }
        guard rest.count == 1 else { throw .notFound("a \(kind.rawValue) has no parts") }
        try call.allow([.get, .delete])
        let id = try Abbreviation.resolve(name.lowercased(), among: silences.map(\.id), kind.rawValue)
        guard var silence = silences.first(where: { $0.id == id }) else {
            throw .notFound("there is no such \(kind.rawValue)")
        }
        guard call.request.method == .delete else { return .json(silence.json(at: now)) }
        guard now < silence.endsAt else {
            throw Problem(
                409,
                "expired",
                "It is over already",
                "\(kind.rawValue) \(silence.id.prefix(8)) ended at \(silence.endsAt.rfc3339)"
            )
        }
        silence.endsAt = now
        silence.startsAt = min(silence.startsAt, now)
        try await working { [silence] in try await control.save(silence) }
        return .json(silence.json(at: now))
    }

    private func add(
        _ kind: Silence.Kind,
        _ call: Call,
        beside others: [Silence]
    ) async throws(Problem) -> APIResponse {
        let now = control.now
        let silence = try draft(kind, call, at: now)
        guard others.count(where: { now < $0.endsAt }) < Self.maximumSilences else {
            throw Problem(
                409,
                "too-many",
                "There are too many",
                "\(Self.maximumSilences) are in force or lie ahead; end some of them"
            )
        }
        try await working { try await control.save(silence) }
        let touched = await control.alerts().filter { $0.alert.state.isActive && silence.matches($0.alert) }
        guard case .object(var members) = silence.json(at: now) else { return .json(.null) }
        members["matches_firing"] = .int(Int64(touched.count))
        var response = APIResponse.json(.object(members), status: 201)
        response.headers["Location"] = "/\(call.request.path.joined(separator: "/"))/\(silence.id)"
        return response
    }

    private func draft(_ kind: Silence.Kind, _ call: Call, at now: Timestamp) throws(Problem) -> Silence {
        var document = try call.document()
        let matchers = self.matchers(&document)
        let begin = document.timestamp("starts_at") ?? now
        let end = Self.end(&document, from: begin)
        let author = document.text("by", limit: 256) ?? ""
        let comment = document.text("comment", limit: 4096) ?? ""
        let expiresOnResolve = document.flag("expires_on_resolve") ?? false
        if author.isEmpty { document.fault("by", "say who asks for it") }
        if end == nil, !document.faults.contains(where: { ["/for", "/until"].contains($0.pointer) }) {
            document.fault("for", "say for how long, such as 2h, or `until` when")
        }
        if let end, end <= now { document.fault("until", "the end lies in the past") }
        try document.finish()
        return Silence(
            id: makeName(),
            kind: kind,
            matchers: matchers,
            startsAt: begin,
            endsAt: end ?? now,
            author: author,
            comment: comment,
            expiresOnResolve: expiresOnResolve
        )
    }

    private func matchers(_ document: inout RequestDocument) -> [LabelMatcher] {
        guard let texts = document.texts("matchers", limit: Self.maximumMatchers) else {
            if !document.faults.contains(where: { $0.pointer.hasPrefix("/matchers") }) {
                document.fault("matchers", "name the alerts, such as [\"environment=staging\"]")
            }
            return []
        }
        var matchers: [LabelMatcher] = []
        for (pointer, text) in texts {
            do throws(LabelMatcherError) {
                matchers += try LabelMatcher.list(parsing: text, compile: control.pattern)
            } catch {
                document.fault(String(pointer.dropFirst()), "\(error)")
            }
        }
        if texts.isEmpty { document.fault("matchers", "at least one is needed") }
        if !matchers.isEmpty, matchers.allSatisfy({ $0.matches(Labels()) }) {
            document.fault(
                "matchers",
                "these match whatever has no labels, hence everything; name a label that must be there"
            )
        }
        return matchers
    }
}
