import ArgumentParser
import LookoutDaemon
import LookoutModel
import LookoutSettings

/// `lookout ack ALERT`: somebody takes care.
struct AckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ack",
        abstract: "Takes an alert on: no reminders, no escalation to others, until it ends or for a while.",
        discussion: """
            A worse severity and the end are told as ever.

            Examples:
              lookout ack 5618f1c79552-4
              lookout ack 5618 --for 1h --comment "rolling back"
              lookout ack 5618 --remove
            """
    )

    @OptionGroup var access: AgentAccess

    @Argument(help: ArgumentHelp(AlertName.help, valueName: "alert"))
    var name: String

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("For how long; until the alert ends, if not given.", valueName: "duration")
    )
    var length: DurationArgument?

    @Option(help: ArgumentHelp("What you are about to do.", valueName: "text"))
    var comment = ""

    @Option(name: .customLong("by"), help: Person.help)
    var author: String?

    @Flag(help: "Nobody takes care any more.")
    var remove = false

    func validate() throws {
        if remove, length != nil { throw ValidationError("--remove and --for contradict each other") }
    }

    func run() async throws {
        let path = "alerts/\(AgentClient.escaped(name))/acknowledgement"
        var members: [String: JSONValue] = [
            "by": .string(author ?? Person.name), "comment": .string(comment),
        ]
        if let length { members["for"] = .string(length.duration.durationText) }
        let body = JSONValue.object(members)
        let answer = try await access.ask(changes: true) { agent throws(AgentClient.Failure) in
            remove ? try await agent.delete(path, body) : try await agent.post(path, body)
        }
        access.show(answer) { word in
            let row = AnswerRow(word)
            guard let by = row.text("by") else { return "nobody takes care of it any more\n" }
            let until = row.text("until") == nil ? "until it ends" : "until \(row.clock("until"))"
            return "taken by \(by) \(until)\n"
        }
    }
}
