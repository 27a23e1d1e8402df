import ArgumentParser
import LookoutDaemon
import LookoutModel

/// `lookout deploy list`.
struct DeployListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the deployments, the newest first.",
        discussion: """
            Examples:
              lookout deploy list --limit 5
              lookout deploy list --json
            """
    )

    @OptionGroup var access: AgentAccess

    @Option(help: ArgumentHelp("How many at most.", valueName: "count"))
    var limit = 20

    func run() async throws {
        guard (1...10_000).contains(limit) else { throw ValidationError("--limit is from 1 to 10000") }
        let answer = try await access.ask { agent throws(AgentClient.Failure) in
            try await agent.get("deployments?limit=\(limit)")
        }
        access.show(answer, as: Self.table)
    }

    static func table(_ answer: JSONValue) -> String {
        let rows = AnswerRow.rows(answer)
        guard !rows.isEmpty else { return "No deployments.\n" }
        var table = TextTable(header: [
            "ID", "ENVIRONMENT", "BEGAN", "PHASE", "VERDICT", "RESULT", "COMMIT", "TRIGGER",
        ])
        for row in rows {
            table.add([
                row["id"], row["environment"], row.clock("began_at"), row["phase"], row["verdict"],
                row.member("result")["kind"], String(row["commit"].prefix(7)),
                (row.flag("emergency") ? "(emergency) " : "") + row["trigger"],
            ])
        }
        return table.text
    }
}
