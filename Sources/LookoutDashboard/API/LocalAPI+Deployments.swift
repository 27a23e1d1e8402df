import LookoutDeployments
import LookoutModel

/// `/api/v1/deployments`, `/{id}` and what belongs to it, and `/api/v1/preflight`.
extension LocalAPI {
    private static let parts =
        "events, record, plan, explanation, runs, finish, ticks, overrides, notes, amendments"

    func deployments(_ call: Call, _ rest: [String]) async throws(Problem) -> APIResponse {
        let control = try deploymentControl()
        guard let name = rest.first else {
            try call.allow([.get, .post])
            if call.request.method == .post { return try await start(call, control) }
            let limit = try call.number("limit", default: 100, upTo: 10_000)
            let time = try call.time("before")
            let found = try await working { try await control.deployments(limit: limit, before: time) }
            return .json(.array(found.map(\.json)))
        }
        guard rest.count <= 2 else { throw .notFound("a deployment has \(Self.parts)") }
        guard let id = DeploymentID(name) else { throw Self.noDeployment(name) }
        guard let part = rest.dropFirst().first else {
            try call.allow([.get])
            let deployment = try await deployment(id, control)
            return .json(deployment.json(concerns: await control.concerns(about: id)))
        }
        switch part {
        case "events", "record", "plan", "explanation":
            try call.allow([.get])
            return try await read(part, of: id, control)
        case "runs":
            try call.allow([.get])
            return try await runs(of: id, call, control)
        case "finish", "ticks", "overrides", "notes", "amendments":
            try call.allow([.post])
            return try await change(part, of: id, call, control)
        default: throw .notFound("a deployment has \(Self.parts)")
        }
    }

    private func events(
        of id: DeploymentID,
        _ control: any DeploymentControl
    ) async throws(Problem) -> [DeploymentEvent] {
        let events = try await working { try await control.events(of: id) }
        guard !events.isEmpty else { throw Self.noDeployment(id.text) }
        return events
    }

    private func deployment(
        _ id: DeploymentID,
        _ control: any DeploymentControl
    ) async throws(Problem) -> Deployment {
        Deployment(id, events: try await events(of: id, control))
    }

    private func read(
        _ part: String,
        of id: DeploymentID,
        _ control: any DeploymentControl
    ) async throws(Problem) -> APIResponse {
        let events = try await events(of: id, control)
        switch part {
        case "events": return .json(.array(events.map(\.document)))
        case "record":
            return APIResponse(
                status: 200,
                contentType: "text/markdown; charset=utf-8",
                body: DeploymentRecord(of: events)?.markdown ?? ""
            )
        case "plan":
            guard let plan = Deployment(id, events: events).plan else {
                throw .notFound("no rollback of \(id) is planned: nothing was found that speaks for one")
            }
            return .json(plan.document)
        default:
            let runs = try await working { try await control.runs(of: id) }
            guard let explanation = DeploymentExplanation(id, events: events, runs: runs) else {
                throw .notFound("\(id) has no verdict yet that could be explained")
            }
            return .json(explanation.json)
        }
    }

    /// The runs of one side as lines that `lookout deploy analyze` reads.
    private func runs(
        of id: DeploymentID,
        _ call: Call,
        _ control: any DeploymentControl
    ) async throws(Problem) -> APIResponse {
        let side = call.request.query["side"] ?? "window"
        guard side == "window" || side == "baseline" else {
            throw Problem(400, "bad-parameter", "A parameter is not right", "side is baseline or window")
        }
        _ = try await events(of: id, control)
        let runs = try await working { try await control.runs(of: id) }
        let lines = runs.sorted { $0.key < $1.key }
            .flatMap { check, runs in
                (side == "window" ? runs.window : runs.baseline)
                    .map { RunLine(check: check.description, $0).text + "\n" }
            }
        return APIResponse(status: 200, contentType: "application/x-ndjson", body: lines.joined())
    }

    // MARK: Changing

    private func start(_ call: Call, _ control: any DeploymentControl) async throws(Problem) -> APIResponse {
        var document = try call.document()
        let name = document.text("name", limit: 64)
        let intent = Self.intent(&document, in: control.environment)
        try document.finish()
        return try await perform(.start(intent, name: name), on: nil, control)
    }

    private func change(
        _ part: String,
        of id: DeploymentID,
        _ call: Call,
        _ control: any DeploymentControl
    ) async throws(Problem) -> APIResponse {
        var document = try call.document()
        let author = document.text("by", limit: 256) ?? ""
        if author.isEmpty { document.fault("by", "say who it is") }
        func needed(_ key: String, limit: Int = 256) -> String {
            let text = document.text(key, limit: limit) ?? ""
            if text.allSatisfy(\.isWhitespace) { document.fault(key, "this must be said") }
            return text
        }
        let request: DeploymentRequest =
            switch part {
            case "ticks": .tick(item: needed("item"), by: author)
            case "overrides":
                .override(criterion: needed("criterion"), by: author, reason: needed("reason", limit: 4096))
            case "notes": .note(by: author, text: needed("text", limit: 16_384))
            case "amendments":
                .amend(field: needed("field"), text: needed("text", limit: 16_384), by: author)
            default: .finish(by: author, result: Self.result(&document))
            }
        try document.finish()
        return try await perform(request, on: id, control)
    }

    private func perform(
        _ request: DeploymentRequest,
        on id: DeploymentID?,
        _ control: any DeploymentControl
    ) async throws(Problem) -> APIResponse {
        let deployment = try await working {
            do {
                return try await control.perform(request, on: id)
            } catch let refusal as DeploymentRefusal {
                throw Self.problem(refusal)
            }
        }
        return .json(deployment.json(), status: 201)
    }

    private static func noDeployment(_ name: String) -> Problem {
        problem(.noSuchDeployment(name))
    }

    static func problem(_ refusal: DeploymentRefusal) -> Problem {
        switch refusal {
        case .noSuchDeployment: .notFound(refusal.description)
        case .taken, .alreadyClosed:
            Problem(409, "wrong-state", "The deployment is not in that state", refusal.description)
        case .badName, .empty: Problem(422, "invalid-body", "The body is not right", refusal.description)
        case .notRunning: Problem(503, "not-stored", "The agent could not do it", refusal.description)
        }
    }
}
