import ArgumentParser
import LookoutAlerting
import LookoutDaemon
import LookoutModel

/// `lookout announce`: what the team tells itself about deployments and incidents.
struct AnnounceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "announce",
        abstract: "Tells the team of a deployment, or of the work on an incident, step by step.",
        discussion: """
            The steps of the communication protocol: planned, start, document, watch, update, close. Each goes \
            to the receivers that the routes say, in one thread where the receiver has threads, and into the \
            timeline of the incident that it belongs to.

            Examples:
              lookout announce planned --environment production --planned-for 2026-11-23T20:00:00Z "2.0.4: new chat"
              lookout announce start --environment production --emergency "CORS lost the app's origin"
              lookout announce document "cause and fix are in commit 4f2c1d9"
              lookout announce watch "2.0.4 is live"
              lookout announce close "no errors in 30 minutes"
              lookout announce update --incident 42 "rolled back, the cause is not known yet"
              lookout announce list
            """,
        subcommands: [AnnounceStepCommand.self, AnnounceListCommand.self],
        defaultSubcommand: AnnounceStepCommand.self
    )
}

/// `lookout announce STEP [TEXT…]`.
struct AnnounceStepCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "step",
        abstract: "Announces a step; the word `step` may be left out.",
        discussion: """
            Without --deployment or --incident it goes on about the deployment to the environment that is not \
            closed yet (of several it must be said which); `planned` and `start` may begin a new one, named after \
            the time.

            Examples:
              lookout announce start --environment production --deployment 2.0.4
              lookout announce close "no errors in 30 minutes"
              lookout announce update --incident 42 "rolled back, the cause is not known yet"
            """
    )

    @OptionGroup var access: AgentAccess

    @Argument(help: ArgumentHelp("planned, start, document, watch, update or close.", valueName: "step"))
    var stage: Announcement.Stage

    @Argument(help: ArgumentHelp("What there is to say.", valueName: "text"))
    var words: [String] = []

    @Option(help: ArgumentHelp("Where to.", valueName: "environment"))
    var environment: String?

    @Option(help: ArgumentHelp("The deployment's name, such as a version.", valueName: "name"))
    var deployment: String?

    @Option(help: ArgumentHelp("The number of the incident that it is about.", valueName: "number"))
    var incident: Int64?

    @Flag(help: "It is done in a hurry, without the steps of an ordinary deployment.")
    var emergency = false

    @Option(help: ArgumentHelp("When it is planned to begin (RFC 3339).", valueName: "time"))
    var plannedFor: String?

    @Option(name: .customLong("by"), help: Person.help)
    var author: String?

    /// What the agent is asked for.
    var body: JSONValue {
        var members: [String: JSONValue] = [
            "stage": .string(stage.rawValue),
            "by": .string(author ?? Person.name),
            "text": .string(words.joined(separator: " ")),
        ]
        members["environment"] = environment.map { .string($0) }
        members["deployment"] = deployment.map { .string($0) }
        members["incident"] = incident.map { .int($0) }
        members["planned_for"] = plannedFor.map { .string($0) }
        if emergency { members["emergency"] = true }
        return .object(members)
    }

    func run() async throws {
        let body = body
        let answer = try await access.ask(changes: true) { agent throws(AgentClient.Failure) in
            try await agent.post("announcements", body)
        }
        access.show(answer) { Self.words(for: AnswerRow($0)) }
    }

    static func words(for answer: AnswerRow) -> String {
        let what = "\(answer["topic"]) \(answer["name"]), \(answer["stage"])"
        let told = answer.texts("told")
        guard told.isEmpty else { return "announced \(what): told \(told.joined(separator: ", "))\n" }
        return
            "recorded \(what), but no receiver hears of it: the routes lead to none that takes announcements\n"
    }
}

extension Announcement.Stage: ExpressibleByArgument {}

/// `lookout announce list`.
struct AnnounceListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists what was announced, the newest first.",
        discussion: """
            Examples:
              lookout announce list --limit 5
              lookout announce list --json
            """
    )

    @OptionGroup var access: AgentAccess

    @Option(help: ArgumentHelp("How many at most.", valueName: "count"))
    var limit = 20

    func run() async throws {
        guard (1...10_000).contains(limit) else { throw ValidationError("--limit is from 1 to 10000") }
        let answer = try await access.ask { agent throws(AgentClient.Failure) in
            try await agent.get("announcements?limit=\(limit)")
        }
        access.show(answer) { Self.table($0) }
    }

    static func table(_ answer: JSONValue) -> String {
        let rows = AnswerRow.rows(answer)
        guard !rows.isEmpty else { return "nothing was announced\n" }
        var table = TextTable(header: ["AT", "STEP", "ABOUT", "ENVIRONMENT", "BY", "TEXT"])
        for row in rows {
            let about = "\(row["topic"]) \(row["name"])\(row.flag("emergency") ? " (emergency)" : "")"
            table.add([row.clock("at"), row["stage"], about, row["environment"], row["by"], row["text"]])
        }
        return table.text
    }
}
