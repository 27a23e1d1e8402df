import ArgumentParser
import LookoutDaemon
import LookoutModel
import LookoutProbing

/// `lookout status`: what the running daemon says.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Asks the running daemon for its checks and alerts.",
        discussion: """
            Exit codes: 0 nothing fires; 1, 2 or 3 the worst severity that fires; 69 the daemon does not \
            answer; 78 wrong configuration.
            """
    )

    @OptionGroup var access: AgentAccess

    func run() async throws {
        let status = try await access.ask { agent throws(AgentClient.Failure) in try await agent.get("status")
        }
        access.show(status) { StatusTable($0, at: SystemTimekeeper.now.wall).text }
        if case .int(let number)? = status["worst_severity"], let severity = Severity(rawValue: Int(number)) {
            throw ExitCode.found(severity)
        }
    }
}
