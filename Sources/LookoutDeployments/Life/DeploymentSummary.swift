package import LookoutModel

/// A line of the list of deployments.
package struct DeploymentSummary: Hashable, Sendable {
    package var id: DeploymentID
    package var environment: String
    package var phase: DeploymentPhase
    package var beganAt: Timestamp
    package var closedAt: Timestamp?
    package var trigger: String
    package var isEmergency: Bool
    package var commit: CommitID?
    package var verdict: WatchVerdict.Word?
    package var result: DeploymentResult?
    /// How many events it has.
    package var count: Int

    /// Nil for a deployment without events.
    package init?(_ deployment: Deployment) {
        guard let beganAt = deployment.beganAt else { return nil }
        id = deployment.id
        environment = deployment.environment
        phase = deployment.phase
        self.beganAt = beganAt
        closedAt = deployment.closedAt
        trigger = deployment.intent?.trigger ?? ""
        isEmergency = deployment.intent?.isEmergency ?? false
        commit = deployment.commit
        verdict = deployment.verdict?.word
        result = deployment.result
        count = deployment.count
    }
}

extension DeploymentSummary: Documented {
    package var document: JSONValue {
        .members([
            "id": .string(id.text),
            "environment": .string(environment),
            "phase": .string(phase.rawValue),
            "began_at": beganAt.document,
            "closed_at": closedAt?.document,
            "trigger": .string(trigger),
            "emergency": .bool(isEmergency),
            "commit": .text(commit?.text),
            "verdict": .text(verdict?.rawValue),
            "result": result?.document,
            "count": .count(count),
        ])
    }

    package init(document: JSONValue) throws(DocumentError) {
        let reader = DocumentReader(document: document)
        guard let id = DeploymentID(try reader.string("id")) else { throw DocumentError(member: "id") }
        self.id = id
        environment = try reader.string("environment")
        phase = try reader.word("phase")
        beganAt = try reader.timestamp("began_at")
        closedAt = try reader.optionalTimestamp("closed_at")
        trigger = try reader.string("trigger")
        isEmergency = try reader.bool("emergency")
        commit = try reader.optionalCommit("commit")
        verdict = reader.optional("verdict") == nil ? nil : try reader.word("verdict")
        result = try reader.optionalRead("result")
        count = try reader.count("count")
    }
}
