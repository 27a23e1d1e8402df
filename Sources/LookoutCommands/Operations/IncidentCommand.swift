import ArgumentParser
import LookoutDaemon
import LookoutModel
import LookoutProbing

/// `lookout incident`: alerts that belong together, and their document.
struct IncidentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "incident",
        abstract: "Shows incidents with their timeline, takes notes, and writes the incident document.",
        discussion: """
            An incident is what fired in one environment without five quiet minutes in between.

            Examples:
              lookout incident list
              lookout incident show 42
              lookout incident note 42 "rolled back to 2.0.3"
              lookout incident export 42 --zone Europe/Berlin > incident-42.md
            """,
        subcommands: [
            IncidentListCommand.self, IncidentShowCommand.self, IncidentNoteCommand.self,
            IncidentExportCommand.self,
        ],
        defaultSubcommand: IncidentListCommand.self
    )
}

/// `lookout incident list`.
struct IncidentListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the incidents, the newest first.",
        discussion: """
            Examples:
              lookout incident list --limit 5
              lookout incident list --json
            """
    )

    @OptionGroup var access: AgentAccess

    @Option(help: ArgumentHelp("How many at most.", valueName: "count"))
    var limit = 20

    func run() async throws {
        guard (1...10_000).contains(limit) else { throw ValidationError("--limit is from 1 to 10000") }
        let answer = try await access.ask { agent throws(AgentClient.Failure) in
            try await agent.get("incidents?limit=\(limit)")
        }
        access.show(answer) { IncidentsTable($0).text }
    }
}

/// `lookout incident show N`.
struct IncidentShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows one incident with its timeline.",
        discussion: """
            Examples:
              lookout incident show 42
            """
    )

    @OptionGroup var access: AgentAccess

    @Argument(help: ArgumentHelp("Its number.", valueName: "number"))
    var number: Int

    func run() async throws {
        let answer = try await access.ask { agent throws(AgentClient.Failure) in
            try await agent.get("incidents/\(number)")
        }
        access.show(answer) { IncidentPage($0).text }
    }
}

/// `lookout incident note N TEXT`.
struct IncidentNoteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "note",
        abstract: "Writes a note into an incident's timeline.",
        discussion: """
            Examples:
              lookout incident note 42 "rolled back to 2.0.3"
              lookout incident note 42 --by alice "the cause was REDIS_URL"
            """
    )

    @OptionGroup var access: AgentAccess

    @Argument(help: ArgumentHelp("The incident's number.", valueName: "number"))
    var number: Int

    @Argument(help: ArgumentHelp("What is to be remembered.", valueName: "text"))
    var words: [String]

    @Option(name: .customLong("by"), help: Person.help)
    var author: String?

    func run() async throws {
        let body: JSONValue = [
            "text": .string(words.joined(separator: " ")), "by": .string(author ?? Person.name),
        ]
        let answer = try await access.ask(changes: true) { agent throws(AgentClient.Failure) in
            try await agent.post("incidents/\(number)/notes", body)
        }
        access.show(answer) { "noted in incident \(AnswerRow($0)["incident"])\n" }
    }
}

/// `lookout incident export N`.
struct IncidentExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes the incident document in Markdown.",
        discussion: """
            What only people know is left open, to be filled in.

            Examples:
              lookout incident export 42 > incident-42.md
              lookout incident export 42 --zone Europe/Berlin --output incident-42.md
            """
    )

    @OptionGroup var access: AgentAccess

    @Argument(help: ArgumentHelp("Its number.", valueName: "number"))
    var number: Int

    @Option(
        help: ArgumentHelp("Times in this zone as well as in UTC, such as Europe/Berlin.", valueName: "zone")
    )
    var zone = "UTC"

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("A new file, instead of standard output.", valueName: "file")
    )
    var output: String?

    func run() async throws {
        let document = try await access.ask { agent throws(AgentClient.Failure) in
            try await agent.text("incidents/\(number)/document?zone=\(AgentClient.escaped(zone))")
        }
        if let output {
            try NewFile.write(document, to: output)
        } else if access.json {
            StandardStreams.write(JSONValue.object(["markdown": .string(document)]).prettyJSONText + "\n")
        } else {
            StandardStreams.write(document)
        }
    }
}
