import ArgumentParser
import LookoutConfiguration
import LookoutDaemon
import LookoutModel

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

    @OptionGroup var options: ConfigurationOptions

    @Option(help: "The daemon's address, host:port, instead of the configuration's `listen`.")
    var address: String?

    @Flag(help: "Prints the daemon's JSON.")
    var json = false

    func run() async throws {
        let address = try address ?? options.load().listen.description
        let status: JSONValue
        do {
            status = try await StatusClient(address: address).status()
        } catch {
            StandardStreams.writeError("lookout status: \(error)\n")
            throw ExitCode.unavailable
        }
        StandardStreams.write(json ? status.prettyJSONText + "\n" : StatusTable(status).text)
        if case .int(let number)? = status["worst_severity"], let severity = Severity(rawValue: Int(number)) {
            throw ExitCode.found(severity)
        }
    }
}
