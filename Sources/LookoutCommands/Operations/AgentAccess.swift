import ArgumentParser
import Glibc
import LookoutConfiguration
import LookoutDaemon
import LookoutModel

/// How a command reaches the running agent, and what becomes of its word.
struct AgentAccess: ParsableArguments {
    @OptionGroup var options: ConfigurationOptions

    @Option(help: "The agent's address, host:port, instead of the configuration's `listen`.")
    var address: String?

    @Flag(help: "Prints JSON.")
    var json = false

    /// Asks the agent something; ends the command with the right exit code where that fails.
    ///
    /// Where something is changed, that takes the agent's token.
    func ask<Answer>(
        changes: Bool = false,
        _ question: (AgentClient) async throws(AgentClient.Failure) -> Answer
    ) async throws -> Answer {
        let client = try client(changes: changes)
        do throws(AgentClient.Failure) {
            return try await question(client)
        } catch {
            StandardStreams.writeError("lookout: \(error)\n")
            throw ExitCode(error)
        }
    }

    /// Prints an answer: as JSON where that is asked for, else as text for people.
    func show(_ answer: JSONValue, as text: (JSONValue) -> String) {
        StandardStreams.write(json ? answer.prettyJSONText + "\n" : text(answer))
    }

    /// Who to ask; ends the command where the configuration or the token cannot be read.
    func client(changes: Bool) throws -> AgentClient {
        guard changes || address == nil else { return AgentClient(address: address ?? "") }
        // Who asks need not be able to read the agent's secrets.
        let configuration = try options.loadOfAgent()
        let address = address ?? configuration.listen.reachable
        guard changes else { return AgentClient(address: address) }
        do throws(AgentError) {
            return AgentClient(address: address, token: try APIToken.read(in: configuration.dataDirectory))
        } catch {
            StandardStreams.writeError("lookout: \(error)\n")
            throw ExitCode(error.code)
        }
    }
}

extension ListenAddress {
    /// Where somebody on this machine reaches it: an address that stands for all is none.
    var reachable: String {
        switch host {
        case "0.0.0.0": "127.0.0.1:\(port)"
        case "::": "[::1]:\(port)"
        default: description
        }
    }
}

extension ExitCode {
    /// The sysexits(3) code for a reason why the agent did not do what it was asked for.
    init(_ failure: AgentClient.Failure) {
        self =
            switch failure {
            case .unreachable, .foreign: .unavailable
            case .refused(status: 401, _), .refused(status: 403, _): .noPermission
            case .refused(status: 500..., _): .inputOutput
            case .refused: .dataError
            }
    }
}

/// Who types a command.
enum Person {
    /// The name of the user, also of the one who became root for this.
    static var name: String {
        for variable in ["SUDO_USER", "USER", "LOGNAME"] {
            if let text = getenv(variable).map({ String(cString: $0) }), !text.isEmpty { return text }
        }
        guard let entry = getpwuid(getuid()) else { return "user \(getuid())" }
        return String(cString: entry.pointee.pw_name)
    }

    static let help = ArgumentHelp("Who says so; you, if not given.", valueName: "name")
}
