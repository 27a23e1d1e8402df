import ArgumentParser
import LookoutAlerting
import LookoutDaemon
import LookoutModel
import LookoutProbing

/// `lookout maintenance`: work on a target, such as a deployment.
struct MaintenanceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "maintenance",
        abstract: "Announces work on a target: what it breaks is not told until the work is over.",
        discussion: """
            Examples:
              lookout maintenance start --environment production --for 30m --comment "deploy 2.0.4"
              lookout maintenance list
              lookout maintenance end
            """,
        subcommands: [
            MaintenanceStartCommand.self, MaintenanceListCommand.self, MaintenanceEndCommand.self,
        ],
        defaultSubcommand: MaintenanceListCommand.self
    )
}

/// `lookout maintenance start`.
struct MaintenanceStartCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start",
        abstract: "Begins maintenance of an environment, or of what matches.",
        discussion: """
            Examples:
              lookout maintenance start --environment production --for 30m --comment "deploy 2.0.4"
              lookout maintenance start 'probe=~"chat.*"' --for 1h --starts-at 2026-11-22T20:00:00Z
            """
    )

    @OptionGroup var access: AgentAccess
    @OptionGroup var silence: SilenceOptions

    @Option(help: ArgumentHelp("Everything of this environment.", valueName: "environment"))
    var environment: String?

    @Argument(help: ArgumentHelp("Matchers, as of `lookout silence add`.", valueName: "matcher"))
    var matchers: [String] = []

    func validate() throws {
        if environment == nil, matchers.isEmpty {
            throw ValidationError("say what is worked on: --environment or matchers")
        }
    }

    /// What the agent is asked for.
    var body: JSONValue {
        let place = environment.map { [LabelMatcher("environment", .equal($0)).description] } ?? []
        return silence.document(place + matchers)
    }

    func run() async throws {
        let body = body
        let answer = try await access.ask(changes: true) { agent throws(AgentClient.Failure) in
            try await agent.post("maintenance", body)
        }
        access.show(answer) { SilenceWords.added(AnswerRow($0)) }
    }
}

/// `lookout maintenance list`.
struct MaintenanceListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists maintenance that is under way or lies ahead, and what the configuration plans.",
        discussion: """
            Examples:
              lookout maintenance list
              lookout maintenance list --json
            """
    )

    @OptionGroup var access: AgentAccess

    @Flag(help: "What is over, too.")
    var all = false

    func run() async throws {
        let answer = try await access.ask { agent throws(AgentClient.Failure) in
            try await agent.get(all ? "maintenance?state=all" : "maintenance")
        }
        access.show(answer) { MaintenanceTables($0, at: SystemTimekeeper.now.wall).text }
    }
}

/// `lookout maintenance end [ID]`.
struct MaintenanceEndCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "end",
        abstract: "Ends maintenance now; what still fires is told.",
        discussion: """
            Examples:
              lookout maintenance end          # where there is only one
              lookout maintenance end 77ab
            """
    )

    @OptionGroup var access: AgentAccess

    @Argument(
        help: ArgumentHelp(
            "Its id, or the first characters (at least 4); the only one, if not given.",
            valueName: "id"
        )
    )
    var id: String?

    func run() async throws {
        let name = if let id { id } else { try await onlyOne() }
        let answer = try await access.ask(changes: true) { agent throws(AgentClient.Failure) in
            try await agent.delete("maintenance/\(AgentClient.escaped(name))")
        }
        access.show(answer) { SilenceWords.ended(AnswerRow($0)) }
    }

    private func onlyOne() async throws -> String {
        let answer = try await access.ask { agent throws(AgentClient.Failure) in
            try await agent.get("maintenance")
        }
        let rows = AnswerRow.rows(answer["one_off"])
        guard rows.count == 1, let row = rows.first else {
            let which = rows.isEmpty ? "there is no maintenance" : "there are \(rows.count): say which"
            StandardStreams.writeError("lookout: \(which)\n")
            throw ExitCode.dataError
        }
        return row["id"]
    }
}

/// Maintenance by people and by the configuration.
struct MaintenanceTables {
    private let answer: JSONValue
    private let now: Timestamp

    init(_ answer: JSONValue, at now: Timestamp) {
        self.answer = answer
        self.now = now
    }

    var text: String {
        let begun = SilencesTable(answer["one_off"] ?? .null, "maintenance by hand", at: now).text
        let windows = AnswerRow.rows(answer["windows"])
        guard !windows.isEmpty else { return begun }
        var table = TextTable(header: ["WINDOW", "NOW", "MATCHERS"])
        for window in windows {
            table.add([
                window["name"], window.flag("in_force") ? "in force" : "-",
                window.texts("matchers").joined(separator: " "),
            ])
        }
        return begun + "\n" + table.text
    }
}
