import ArgumentParser
import LookoutAlerting
import LookoutConfiguration
import LookoutDaemon
import LookoutDashboard
import LookoutModel
import LookoutProbing
import LookoutSettings

/// `lookout receivers`: who is told, how they fare, and whether they can be reached.
struct ReceiversCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receivers",
        abstract: "Shows the receivers and what they still have to be told, and tests them.",
        discussion: """
            Examples:
              lookout receivers
              lookout receivers test team
            """,
        subcommands: [ReceiversListCommand.self, ReceiversTestCommand.self],
        defaultSubcommand: ReceiversListCommand.self
    )
}

/// `lookout receivers list`.
struct ReceiversListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the receivers: how they fare, what waits, what was given up.",
        discussion: """
            Examples:
              lookout receivers
              lookout receivers list --json
            """
    )

    @OptionGroup var access: AgentAccess

    func run() async throws {
        let answer = try await access.ask { agent throws(AgentClient.Failure) in
            try await agent.get("receivers")
        }
        access.show(answer) { ReceiversTable(AnswerRow.rows($0), at: SystemTimekeeper.now.wall).text }
    }
}

/// Receivers as a table.
struct ReceiversTable {
    private let rows: [AnswerRow]
    private let now: Timestamp

    init(_ rows: [AnswerRow], at now: Timestamp) {
        self.rows = rows
        self.now = now
    }

    var text: String {
        guard !rows.isEmpty else { return "No receivers.\n" }
        var table = TextTable(
            header: ["RECEIVER", "TYPE", "HEALTH", "QUEUED", "OLDEST", "DELIVERED", "GIVEN UP", "LAST ERROR"]
        )
        for row in rows {
            table.add([
                row["name"], row["type"], row["health"], row["queued"],
                row.distance("oldest_queued_at", from: now), row["delivered"], row["dead"], row["error"],
            ])
        }
        return table.text
    }
}

/// `lookout receivers test NAME`: a fire drill.
struct ReceiversTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Fire drill: sends one marked test notice and shows request and answer, secrets masked.",
        discussion: """
            The running agent sends it, with its own network and secrets; where none answers (or with --here) this \
            command does. A peer that keeps alerts (PagerDuty, Alertmanager) is told of the end as well.

            Examples:
              lookout receivers test team
              lookout receivers test team --here --json

            Exit codes: 0 it was taken; 69 it was not; 65 there is no such receiver; 78 wrong configuration.
            """
    )

    @OptionGroup var access: AgentAccess

    @Argument(help: ArgumentHelp("The receiver's name in the configuration.", valueName: "name"))
    var name: String

    @Flag(help: "Sends from here, whether or not an agent runs.")
    var here = false

    func run() async throws {
        let answer = here ? nil : try await askAgent()
        let report = if let answer { answer } else { try await drill().json }
        access.show(report) { FireDrillPage($0).text }
        if report["delivered"] != .bool(true) { throw ExitCode.unavailable }
    }

    /// What the agent says; nil where none answers.
    private func askAgent() async throws -> JSONValue? {
        let configuration = try access.options.loadOfAgent()
        let address = access.address ?? configuration.listen.reachable
        let token = try? APIToken.read(in: configuration.dataDirectory)
        guard let token else { return nil }
        do throws(AgentClient.Failure) {
            return try await AgentClient(address: address, token: token)
                .post("receivers/\(AgentClient.escaped(name))/test", .object([:]))
        } catch {
            if case .unreachable = error {
                StandardStreams.writeError("no agent answers at \(address); sending from here\n")
                return nil
            }
            StandardStreams.writeError("lookout: \(error)\n")
            throw ExitCode(error)
        }
    }

    private func drill() async throws -> FireDrillReport {
        let configuration = try access.options.load()
        let receiver = try configuration.receiver(named: name)
        return try await LocalDrill(secrets: ConfigurationOptions.secrets.all).report(receiver)
    }
}

extension Configuration {
    /// The receiver of a name; ends the command where there is none.
    func receiver(named name: String) throws -> ConfiguredReceiver {
        if let receiver = receivers.first(where: { $0.name == name }) { return receiver }
        let hint = Spelling.hint(for: name, among: receivers.map(\.name)).map { "; \($0)" } ?? ""
        StandardStreams.writeError("lookout: there is no receiver \"\(name)\"\(hint)\n")
        throw ExitCode.dataError
    }
}

/// What went over the wire in a fire drill, for people.
struct FireDrillPage {
    private let report: AnswerRow

    init(_ answer: JSONValue) {
        report = AnswerRow(answer)
    }

    var text: String {
        var lines: [String] = []
        for exchange in AnswerRow.rows(report.value["exchanges"]) {
            lines += exchange["request"].split(separator: "\n", omittingEmptySubsequences: false).map {
                "> \($0)"
            }
            lines += exchange["answer"].split(separator: "\n", omittingEmptySubsequences: false).map {
                "< \($0)"
            }
            lines.append("")
        }
        lines.append("\(report["receiver"]) (\(report["type"])): \(report["verdict"])")
        return lines.map(TextTable.printable).map { line in
            String(line.reversed().drop { $0 == " " }.reversed())
        }
        .joined(separator: "\n") + "\n"
    }
}
