import LookoutDeployments
import LookoutModel

/// `/api/v1/preflight`: the gate, judged now.
extension LocalAPI {
    func preflight(_ call: Call, _ rest: [String]) async throws(Problem) -> APIResponse {
        guard rest.isEmpty else { throw .notFound("the gate has no parts") }
        try call.allow([.post])
        let control = try deploymentControl()
        var document = try call.document()
        let createsBackup = document.flag("create_backup") ?? false
        let branch = document.text("branch", limit: 256)
        let deployment = document.text("deployment", limit: 64)
        let id = deployment.flatMap { DeploymentID($0) }
        if deployment != nil, id == nil { document.fault("deployment", "this is no name of a deployment") }
        let intent = Self.intent(&document, in: control.environment)
        try document.finish()
        var request = GateRequest(intent, branch: branch, deployment: id)
        if let id { try await complete(&request, with: id, control) }
        let result = try await working { [request] in
            let result = try await control.preflight(request, createsBackup: createsBackup)
            if let id { _ = try await control.perform(.gate(result.report), on: id) }
            return result
        }
        return .json([
            "decision": .string(result.report.decision.rawValue),
            "report": result.report.document,
            "remarks": .array(result.remarks.map { .string($0) }),
        ])
    }

    /// Takes in what people have said of the deployment that the gate belongs to; what is said now counts more.
    private func complete(
        _ request: inout GateRequest,
        with id: DeploymentID,
        _ control: any DeploymentControl
    ) async throws(Problem) {
        let events = try await working { try await control.events(of: id) }
        guard !events.isEmpty else {
            throw .notFound(DeploymentRefusal.noSuchDeployment(id.text).description)
        }
        let deployment = Deployment(id, events: events)
        // What was ticked off for a deployment that is over says nothing of the next one.
        guard !deployment.isClosed else { throw Self.problem(.alreadyClosed(id.text)) }
        request.ticks = deployment.ticks.map { GateTick(item: $0.item, by: $0.by, at: $0.at) }
        request.overrides = deployment.overrides.map {
            GateReport.Override(criterion: $0.criterion, by: $0.by, reason: $0.reason)
        }
        guard let stored = deployment.intent else { return }
        if request.intent.trigger.isEmpty { request.intent.trigger = stored.trigger }
        if request.intent.changes.isEmpty { request.intent.changes = stored.changes }
        if stored.isEmergency, !request.intent.isEmergency {
            request.intent.isEmergency = true
            request.intent.reason = stored.reason
        }
    }

    /// What people say of a deployment that they make.
    static func intent(_ document: inout RequestDocument, in standard: String) -> DeploymentIntent {
        let environment = document.text("environment", limit: 256) ?? standard
        let trigger = document.text("trigger", limit: 1024) ?? ""
        let changes = document.texts("changes", limit: 200)?.map(\.text) ?? []
        let isEmergency = document.flag("emergency") ?? false
        let reason = document.text("reason", limit: 4096) ?? ""
        let author = document.text("by", limit: 256) ?? ""
        if author.isEmpty { document.fault("by", "say who deploys") }
        if environment != standard {
            document.fault("environment", "deployments go to \(PlainText.line(standard, atMost: 80))")
        }
        if isEmergency, reason.allSatisfy(\.isWhitespace) {
            document.fault("reason", "an emergency has a reason")
        }
        return DeploymentIntent(
            environment: environment,
            trigger: trigger,
            changes: changes,
            isEmergency: isEmergency,
            reason: reason,
            author: author
        )
    }

    /// How people say that a deployment ended; nil for what its verdict says.
    static func result(_ document: inout RequestDocument) -> DeploymentResult? {
        let reason = document.text("reason", limit: 4096) ?? ""
        guard let word = document.text("result", limit: 64) else { return nil }
        switch word {
        case "successful": return .successful
        case "regressed": return .regressed
        case "rolled-back": return .rolledBack
        case "failed", "inconclusive", "abandoned":
            guard !reason.allSatisfy(\.isWhitespace) else {
                return document.refuse("reason", "say why it is \(word)")
            }
            return word == "failed"
                ? .failed(reason: reason)
                : word == "inconclusive" ? .inconclusive(reason: reason) : .abandoned(reason: reason)
        default:
            return document.refuse(
                "result",
                "one of successful, regressed, rolled-back, failed, inconclusive, abandoned is expected"
            )
        }
    }
}
