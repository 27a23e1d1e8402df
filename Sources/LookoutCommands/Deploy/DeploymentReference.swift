import ArgumentParser
import LookoutDaemon
import LookoutDeployments
import LookoutModel

/// Which deployment a command is about.
struct DeploymentReference: ParsableArguments {
    static let newest = "latest"

    @Argument(help: ArgumentHelp("Its name; `latest`, if not given.", valueName: "id"))
    var id = DeploymentReference.newest

    /// The name that the agent knows; `latest` is the newest of all.
    func name(_ access: AgentAccess) async throws -> String {
        try await Self.name(id, access)
    }

    static func name(_ id: String, _ access: AgentAccess) async throws -> String {
        guard id == newest else { return id }
        let answer = try await access.ask { agent throws(AgentClient.Failure) in
            try await agent.get("deployments?limit=1")
        }
        guard let name = AnswerRow.rows(answer).first?.text("id") else {
            StandardStreams.writeError("lookout: no deployment is known yet\n")
            throw ExitCode.dataError
        }
        return name
    }
}

extension AgentClient {
    /// All that the agent has stored of a deployment, put together here.
    func deployment(_ name: String) async throws(Failure) -> Deployment {
        guard let id = DeploymentID(name) else { throw Self.otherVersion("its name is none") }
        return Deployment(id, events: try await deploymentEvents(name))
    }

    /// What the agent has stored of a deployment, in its order.
    func deploymentEvents(_ name: String) async throws(Failure) -> [DeploymentEvent] {
        let answer = try await get("deployments/\(Self.escaped(name))/events")
        guard case .array(let documents) = answer else { throw Self.otherVersion("a list is expected") }
        var events: [DeploymentEvent] = []
        for document in documents {
            do throws(DocumentError) { events.append(try DeploymentEvent(document: document)) } catch {
                throw Self.otherVersion("\(error)")
            }
        }
        return events
    }

    private static func otherVersion(_ reason: String) -> Failure {
        .foreign("the agent's answer is no deployment (\(reason)); is it of another version?")
    }
}
