import ArgumentParser
import LookoutDaemon
import LookoutDeployments
import LookoutModel

/// What people say of a deployment that they make, as options.
struct DeploymentIntentOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Why it is made: a sentence, or a reason such as backend-fixes.",
            valueName: "text"
        )
    )
    var trigger: String?

    @Option(
        name: .customLong("changes"),
        parsing: .upToNextOption,
        help: ArgumentHelp("What it changes, a text each.", valueName: "text")
    )
    var changes: [String] = []

    @Flag(help: "It is made in a hurry, with the shortened gate; takes --reason.")
    var emergency = false

    @Option(help: ArgumentHelp("Why it is an emergency.", valueName: "text"))
    var reason: String?

    @Option(name: .customLong("by"), help: Person.help)
    var author: String?

    func validate() throws {
        if emergency, reason?.isEmpty ?? true {
            throw ValidationError("an emergency has a reason: add --reason \"…\"")
        }
        if !emergency, reason != nil { throw ValidationError("--reason goes with --emergency") }
    }

    /// What the agent is asked for.
    var members: [String: JSONValue] {
        var members: [String: JSONValue] = [
            "by": .string(author ?? Person.name), "changes": .array(changes.map { .string($0) }),
        ]
        members["trigger"] = trigger.map { .string($0) }
        members["reason"] = reason.map { .string($0) }
        if emergency { members["emergency"] = true }
        return members
    }
}

/// `lookout deploy start`.
struct DeployStartCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start",
        abstract: "Begins a deployment and shows how it goes, until it is judged.",
        discussion: """
            Lookout pushes nothing: it follows what people push and what the providers make of it. Control-C ends the \
            showing, not the watch.

            Examples:
              lookout deploy start --trigger backend-fixes --changes "health monitoring" "CORS origins"
              lookout deploy start --emergency --reason "chat is down" --trigger pam-broken --detach

            Exit codes: 0 pass; 1 regressed; 2 inconclusive, or closed without a verdict; with --detach 0.
            """
    )

    @OptionGroup var access: AgentAccess
    @OptionGroup var intent: DeploymentIntentOptions

    @Option(help: ArgumentHelp("Its name; the time, if not given.", valueName: "name"))
    var name: String?

    @Flag(help: "Does not wait for the verdict.")
    var detach = false

    func run() async throws {
        var members = intent.members
        members["name"] = name.map { .string($0) }
        let body = JSONValue.object(members)
        let answer = try await access.ask(changes: true) { agent throws(AgentClient.Failure) in
            try await agent.post("deployments", body)
        }
        guard !detach, let id = AnswerRow(answer).text("id") else {
            access.show(answer) { "deployment \(AnswerRow($0)["id"]) has begun\n" }
            return
        }
        if !access.json { StandardStreams.write("deployment \(id) has begun\n") }
        try await DeployWatchCommand.follow(id, access)
    }
}

/// `lookout deploy watch [ID]`.
struct DeployWatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Shows how a deployment goes, until it is judged.",
        discussion: """
            Control-C ends the showing, not the watch; --json prints the deployment when it is judged.

            Examples:
              lookout deploy watch
              lookout deploy watch 20250820-124908 --to-the-end

            Exit codes: 0 pass; 1 regressed; 2 inconclusive, or closed without a verdict; 69 the agent has not \
            answered for five minutes.
            """
    )

    @OptionGroup var access: AgentAccess
    @OptionGroup var reference: DeploymentReference

    @Flag(help: "Goes on after the verdict, until the deployment is closed.")
    var toTheEnd = false

    func run() async throws {
        try await Self.follow(try await reference.name(access), access, toTheEnd: toTheEnd)
    }

    static func follow(_ name: String, _ access: AgentAccess, toTheEnd: Bool = false) async throws {
        let following = DeploymentFollowing(access: access, name: name, showsAll: toTheEnd)
        let deployment = try await following.run()
        if access.json {
            let answer = try await access.ask { agent throws(AgentClient.Failure) in
                try await agent.get("deployments/\(AgentClient.escaped(name))")
            }
            StandardStreams.write(answer.prettyJSONText + "\n")
        }
        let code = ExitCode(deployment.verdict?.word ?? .inconclusive)
        if code != .allWell { throw code }
    }
}
