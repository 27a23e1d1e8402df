import ArgumentParser
import LookoutDaemon
import LookoutDeployments
import LookoutModel

/// `lookout deploy record [ID]`.
struct DeployRecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Writes the record of a deployment in Markdown; --all writes the history of all.",
        discussion: """
            Examples:
              lookout deploy record
              lookout deploy record 20250820-124908 --output record.md
              lookout deploy record --all > DEPLOYMENT_HISTORY.md
            """
    )

    /// The agent gives so many lines of the list at once.
    private static let page = 1_000

    @OptionGroup var access: AgentAccess
    @OptionGroup var reference: DeploymentReference

    @Flag(help: "The history of all deployments, the newest first.")
    var all = false

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("A new file, instead of standard output.", valueName: "file")
    )
    var output: String?

    func validate() throws {
        if all, reference.id != DeploymentReference.newest {
            throw ValidationError("--all is about all deployments: leave the name away")
        }
    }

    func run() async throws {
        let names = all ? try await allNames() : [try await reference.name(access)]
        var records: [DeploymentRecord] = []
        for name in names {
            let events = try await access.ask { agent throws(AgentClient.Failure) in
                try await agent.deploymentEvents(name)
            }
            if let record = DeploymentRecord(of: events) { records.append(record) }
        }
        let document = all ? DeploymentRecord.history(records) : records.first?.markdown ?? ""
        if let output {
            try NewFile.write(document, to: output)
        } else if access.json {
            StandardStreams.write(JSONValue.object(["markdown": .string(document)]).prettyJSONText + "\n")
        } else {
            StandardStreams.write(document)
        }
    }

    /// Page by page, the newest first.
    private func allNames() async throws -> [String] {
        var names: [String] = []
        var before: String?
        while true {
            let query = before.map { "&before=\(AgentClient.escaped($0))" } ?? ""
            let answer = try await access.ask { agent throws(AgentClient.Failure) in
                try await agent.get("deployments?limit=\(Self.page)\(query)")
            }
            let rows = AnswerRow.rows(answer)
            names += rows.compactMap { $0.text("id") }
            guard rows.count == Self.page, let last = rows.last?.text("began_at"), last != before else {
                return names
            }
            before = last
        }
    }
}
