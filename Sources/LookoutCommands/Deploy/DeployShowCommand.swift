import ArgumentParser
import LookoutDaemon
import LookoutDeployments
import LookoutModel

/// `lookout deploy show [ID]`.
struct DeployShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows a deployment with all that became known of it.",
        discussion: """
            Examples:
              lookout deploy show
              lookout deploy show 20250820-124908 --json
            """
    )

    @OptionGroup var access: AgentAccess
    @OptionGroup var reference: DeploymentReference

    func run() async throws {
        let name = try await reference.name(access)
        let (answer, deployment) = try await access.ask { agent throws(AgentClient.Failure) in
            (
                try await agent.get("deployments/\(AgentClient.escaped(name))"),
                try await agent.deployment(name)
            )
        }
        access.show(answer) { DeploymentPage(deployment, concerns: DeploymentConcerns.lines($0)).text }
    }
}

/// What speaks against a deployment that is watched, from the agent's answer.
enum DeploymentConcerns {
    static func lines(_ answer: JSONValue) -> [String] {
        AnswerRow.rows(answer["concerns"]).compactMap { $0.text("text") }
    }
}

/// `lookout deploy plan [ID]`.
struct DeployPlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Shows what could be rolled back, with exact commands; --script writes them as a script.",
        discussion: """
            Nothing is carried out. The script asks before each step and stops at the first failure; tokens are \
            variables of the one who runs it.

            Examples:
              lookout deploy plan
              lookout deploy plan 20250820-124908 --script > rollback.sh
            """
    )

    @OptionGroup var access: AgentAccess
    @OptionGroup var reference: DeploymentReference

    @Flag(help: "Writes a script for bash.")
    var script = false

    func run() async throws {
        let name = try await reference.name(access)
        let deployment = try await access.ask { agent throws(AgentClient.Failure) in
            try await agent.deployment(name)
        }
        guard let plan = deployment.plan else {
            StandardStreams.writeError("lookout: no rollback of \(name) is planned\n")
            throw ExitCode.dataError
        }
        guard script else {
            access.show(plan.document) { _ in plan.text }
            return
        }
        guard let text = RollbackScript(plan, environment: deployment.environment).text else {
            StandardStreams.writeError("lookout: \(PlainText.line(plan.suggestion, atMost: 400))\n")
            throw ExitCode.dataError
        }
        StandardStreams.write(text)
    }
}
