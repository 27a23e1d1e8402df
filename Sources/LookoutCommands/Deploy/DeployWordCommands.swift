import ArgumentParser
import LookoutDaemon
import LookoutModel

/// A word of a person on a deployment, told to the agent.
private func say(
    _ part: String,
    _ members: [String: String?],
    of reference: String,
    by author: String?,
    _ access: AgentAccess,
    _ done: String
) async throws {
    let name = try await DeploymentReference.name(reference, access)
    var body = members.compactMapValues { $0.map { JSONValue.string($0) } }
    body["by"] = .string(author ?? Person.name)
    let document = JSONValue.object(body)
    let answer = try await access.ask(changes: true) { agent throws(AgentClient.Failure) in
        try await agent.post("deployments/\(AgentClient.escaped(name))/\(part)", document)
    }
    access.show(answer) { "\(done) of deployment \(AnswerRow($0)["id"])\n" }
}

/// `lookout deploy tick ID ITEM`.
struct DeployTickCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tick",
        abstract: "Says that somebody has looked at an item of the checklist.",
        discussion: """
            Examples:
              lookout deploy tick latest trip-planning
              lookout deploy tick 20250820-124908 user-reports --by alice
            """
    )

    @OptionGroup var access: AgentAccess
    @Argument(help: ArgumentHelp("The deployment, or `latest`.", valueName: "id")) var id: String
    @Argument(help: ArgumentHelp("The id of the checklist's item.", valueName: "item")) var item: String
    @Option(name: .customLong("by"), help: Person.help) var author: String?

    func run() async throws {
        try await say("ticks", ["item": item], of: id, by: author, access, "ticked \(item)")
    }
}

/// `lookout deploy override ID CRITERION --reason TEXT`.
struct DeployOverrideCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "override",
        abstract: "Goes on although a criterion of the gate is not met or not known; it is recorded by name.",
        discussion: """
            Examples:
              lookout deploy override latest database-backup --reason "made by hand, see OPS-12"
            """
    )

    @OptionGroup var access: AgentAccess
    @Argument(help: ArgumentHelp("The deployment, or `latest`.", valueName: "id")) var id: String
    @Argument(help: ArgumentHelp("The criterion as the gate names it.", valueName: "criterion"))
    var criterion: String
    @Option(help: ArgumentHelp("Why it is right to go on.", valueName: "text")) var reason: String
    @Option(name: .customLong("by"), help: Person.help) var author: String?

    func run() async throws {
        let members = ["criterion": criterion, "reason": reason]
        try await say("overrides", members, of: id, by: author, access, "overrode \(criterion)")
    }
}

/// `lookout deploy note ID TEXT…`.
struct DeployNoteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "note",
        abstract: "Writes a note on a deployment.",
        discussion: """
            Examples:
              lookout deploy note latest "two users report slow maps"
            """
    )

    @OptionGroup var access: AgentAccess
    @Argument(help: ArgumentHelp("The deployment, or `latest`.", valueName: "id")) var id: String
    @Argument(help: ArgumentHelp("What is to be remembered.", valueName: "text")) var words: [String]
    @Option(name: .customLong("by"), help: Person.help) var author: String?

    func run() async throws {
        let text = words.joined(separator: " ")
        try await say("notes", ["text": text], of: id, by: author, access, "noted")
    }
}

/// `lookout deploy amend ID FIELD TEXT…`.
struct DeployAmendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "amend",
        abstract: "Puts a field of the record right; what stood there before is kept.",
        discussion: """
            Examples:
              lookout deploy amend latest issues "maps were slow for ten minutes"
            """
    )

    @OptionGroup var access: AgentAccess
    @Argument(help: ArgumentHelp("The deployment, or `latest`.", valueName: "id")) var id: String
    @Argument(help: ArgumentHelp("The field of the record.", valueName: "field")) var field: String
    @Argument(help: ArgumentHelp("What is right.", valueName: "text")) var words: [String]
    @Option(name: .customLong("by"), help: Person.help) var author: String?

    func run() async throws {
        let members = ["field": field, "text": words.joined(separator: " ")]
        try await say("amendments", members, of: id, by: author, access, "amended \(field)")
    }
}

/// `lookout deploy finish [ID]`.
struct DeployFinishCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "finish",
        abstract: "Ends a deployment by hand, with what became of it.",
        discussion: """
            Without --result it is what the verdict says, and abandoned where there is none.

            Examples:
              lookout deploy finish
              lookout deploy finish 20250820-124908 --result rolled-back
              lookout deploy finish latest --result abandoned --reason "not needed any more"
            """
    )

    /// What may become of a deployment.
    enum Result: String, CaseIterable, ExpressibleByArgument {
        case successful, regressed, failed, inconclusive, abandoned
        case rolledBack = "rolled-back"
    }

    @OptionGroup var access: AgentAccess
    @OptionGroup var reference: DeploymentReference
    @Option(help: "What became of it.") var result: Result?
    @Option(help: ArgumentHelp("Why; asked for by failed, inconclusive and abandoned.", valueName: "text"))
    var reason: String?
    @Option(name: .customLong("by"), help: Person.help) var author: String?

    func validate() throws {
        let needsReason = result == .failed || result == .inconclusive || result == .abandoned
        if needsReason, reason?.isEmpty ?? true { throw ValidationError("say why: add --reason \"…\"") }
        if !needsReason, reason != nil {
            throw ValidationError("--reason goes with --result failed, inconclusive or abandoned")
        }
    }

    func run() async throws {
        let members = ["result": result?.rawValue, "reason": reason]
        try await say("finish", members, of: reference.id, by: author, access, "this is the end")
    }
}
