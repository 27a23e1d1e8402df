import ArgumentParser
import LookoutDaemon
import LookoutModel
import LookoutProbing

/// `lookout alerts`: what fires, what is known of it, and what was.
struct AlertsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts",
        abstract: "Shows the running agent's alerts, their history, and what people would be told of one.",
        discussion: """
            Examples:
              lookout alerts
              lookout alerts show 5618f1
              lookout alerts history 5618f1c79552 --since 2h
              lookout alerts preview database-unhealthy --receiver team
            """,
        subcommands: [
            AlertsListCommand.self, AlertsShowCommand.self, AlertsHistoryCommand.self,
            AlertsPreviewCommand.self,
        ],
        defaultSubcommand: AlertsListCommand.self
    )
}

/// `lookout alerts list`.
struct AlertsListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the alerts that are not at rest, the worst first.",
        discussion: """
            Examples:
              lookout alerts
              lookout alerts list --all --json

            Exit codes: 0 whatever fires (`lookout status` exits with the severity); 69 the agent does not answer.
            """
    )

    @OptionGroup var access: AgentAccess

    @Flag(help: "Resolved ones, too.")
    var all = false

    func run() async throws {
        let answer = try await access.ask { agent throws(AgentClient.Failure) in
            try await agent.get(all ? "alerts?state=all" : "alerts")
        }
        access.show(answer) { AlertsTable($0, at: SystemTimekeeper.now.wall).text }
    }
}

/// `lookout alerts show ID`.
struct AlertsShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows all that is known of one alert.",
        discussion: """
            Examples:
              lookout alerts show 5618f1
              lookout alerts show 5618f1c79552-4 --json
            """
    )

    @OptionGroup var access: AgentAccess

    @Argument(help: ArgumentHelp(AlertName.help, valueName: "alert"))
    var name: String

    func run() async throws {
        let answer = try await access.ask { agent throws(AgentClient.Failure) in
            try await agent.get("alerts/\(AgentClient.escaped(name))")
        }
        access.show(answer) { AlertPage($0, at: SystemTimekeeper.now.wall).text }
    }
}

/// How alerts are named on the command line.
enum AlertName {
    static let help = "The alert's id, or its first characters (at least 4), with or without `-episode`."
}

/// `lookout alerts history`.
struct AlertsHistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Lists what happened to one alert or to all, oldest first.",
        discussion: """
            Examples:
              lookout alerts history --since 24h
              lookout alerts history 5618f1
            """
    )

    @OptionGroup var access: AgentAccess

    @Argument(help: ArgumentHelp(AlertName.help, valueName: "alert"))
    var name: String?

    @Option(help: ArgumentHelp("Where to begin: \(PastTime.help).", valueName: "time"))
    var since: PastTime?

    @Option(help: ArgumentHelp("How many lines at most, the newest.", valueName: "count"))
    var limit = 100

    func run() async throws {
        guard (1...10_000).contains(limit) else { throw ValidationError("--limit is from 1 to 10000") }
        let begin = since?.time(before: SystemTimekeeper.now.wall).rfc3339
        let query = "?limit=\(limit)" + (begin.map { "&since=\(AgentClient.escaped($0))" } ?? "")
        let path = name.map { "alerts/\(AgentClient.escaped($0))/history" } ?? "history"
        let answer = try await access.ask { agent throws(AgentClient.Failure) in
            try await agent.get(path + query)
        }
        access.show(answer) { AlertHistoryTable($0).text }
    }
}

/// Changes of alerts as a table.
struct AlertHistoryTable {
    private let rows: [AnswerRow]

    init(_ answer: JSONValue) {
        rows = AnswerRow.rows(answer)
    }

    var text: String {
        guard !rows.isEmpty else { return "Nothing happened.\n" }
        var table = TextTable(header: ["AT", "ALERT", "RULE", "FROM", "TO", "SEVERITY", "CAUSE"])
        for row in rows {
            table.add([
                row.clock("at"), "\(row["alert"].prefix(12))-\(row["episode"])", row["rule"], row["from"],
                row["to"], row["severity"], row["cause"],
            ])
        }
        return table.text
    }
}
