import ArgumentParser
import LookoutDaemon
import LookoutModel
import LookoutProbing
import LookoutSettings

/// `lookout silence`: not to hear of some alerts for a while.
struct SilenceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "silence",
        abstract: "Holds back what is told of some alerts for a while.",
        discussion: """
            Alerts are judged as ever; what still fires when a silence ends is told then.

            Examples:
              lookout silence add environment=staging --for 2h --comment "load test"
              lookout silence list
              lookout silence expire 3f9a
            """,
        subcommands: [SilenceAddCommand.self, SilenceListCommand.self, SilenceExpireCommand.self],
        defaultSubcommand: SilenceListCommand.self
    )
}

/// `lookout silence add MATCHER…`.
struct SilenceAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Adds a silence for the alerts that match all matchers.",
        discussion: """
            Matchers are Alertmanager's: name=value, name!=value, name=~regex, name!~regex. Names are the labels \
            of the alert, `rule` (or `alertname`) and `severity`.

            Examples:
              lookout silence add environment=staging --for 2h --comment "load test"
              lookout silence add 'rule="backend-down"' 'severity=~"2|3"' --for 30m
              lookout silence add probe=chat --for 8h --expire-on-resolve
            """
    )

    @OptionGroup var access: AgentAccess
    @OptionGroup var silence: SilenceOptions

    @Argument(help: ArgumentHelp("What the alerts are known by; all must match.", valueName: "matcher"))
    var matchers: [String]

    func run() async throws {
        let body = silence.document(matchers)
        let answer = try await access.ask(changes: true) { agent throws(AgentClient.Failure) in
            try await agent.post("silences", body)
        }
        access.show(answer) { SilenceWords.added(AnswerRow($0)) }
    }
}

/// What silences and maintenance have in common on the command line.
struct SilenceOptions: ParsableArguments {
    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("How long, such as 30m, 2h, 1d12h.", valueName: "duration")
    )
    var length: DurationArgument

    @Option(help: ArgumentHelp("Why.", valueName: "text"))
    var comment = ""

    @Option(name: .customLong("by"), help: Person.help)
    var author: String?

    @Option(
        help: ArgumentHelp(
            "When to begin, such as 2026-11-22T20:00:00Z; now, if not given.",
            valueName: "time"
        )
    )
    var startsAt: String?

    @Flag(help: "Ends earlier, when nothing that it matches fires any more.")
    var expireOnResolve = false

    func validate() throws {
        if let startsAt, Timestamp(rfc3339: startsAt) == nil {
            throw ValidationError("--starts-at is a time such as 2026-11-22T20:00:00Z")
        }
    }

    func document(_ matchers: [String]) -> JSONValue {
        var members: [String: JSONValue] = [
            "matchers": .array(matchers.map(JSONValue.string)),
            "for": .string(length.duration.durationText),
            "by": .string(author ?? Person.name),
            "comment": .string(comment),
        ]
        if let startsAt { members["starts_at"] = .string(startsAt) }
        if expireOnResolve { members["expires_on_resolve"] = true }
        return .object(members)
    }
}

/// A length of time on the command line, as the configuration writes it.
struct DurationArgument: ExpressibleByArgument {
    let duration: Duration

    init?(argument: String) {
        guard let duration = Duration(durationText: argument), duration > .zero else { return nil }
        self.duration = duration
    }
}

/// `lookout silence list`.
struct SilenceListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the silences that are in force or lie ahead.",
        discussion: """
            Examples:
              lookout silence list
              lookout silence list --all --json
            """
    )

    @OptionGroup var access: AgentAccess

    @Flag(help: "Those that are over, too.")
    var all = false

    func run() async throws {
        let answer = try await access.ask { agent throws(AgentClient.Failure) in
            try await agent.get(all ? "silences?state=all" : "silences")
        }
        access.show(answer) { SilencesTable($0, "silences", at: SystemTimekeeper.now.wall).text }
    }
}

/// `lookout silence expire ID`.
struct SilenceExpireCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "expire",
        abstract: "Ends a silence now; what still fires is told.",
        discussion: """
            Examples:
              lookout silence expire 3f9a
            """
    )

    @OptionGroup var access: AgentAccess

    @Argument(help: ArgumentHelp("The silence's id, or its first characters (at least 4).", valueName: "id"))
    var id: String

    func run() async throws {
        let answer = try await access.ask(changes: true) { agent throws(AgentClient.Failure) in
            try await agent.delete("silences/\(AgentClient.escaped(id))")
        }
        access.show(answer) { SilenceWords.ended(AnswerRow($0)) }
    }
}
