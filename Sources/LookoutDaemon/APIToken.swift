package import LookoutModel

/// What shows the local API that somebody may change something: random, made at each start, and kept where only
/// the agent's user (and root) can read it.
package enum APIToken {
    /// Where it is kept.
    package static func path(in dataDirectory: String) -> String { "\(dataDirectory)/api-token" }

    /// Makes a token and keeps it, in place of the one of the last start.
    package static func make(in dataDirectory: String) throws(AgentError) -> Secret {
        var generator = SystemRandomNumberGenerator()
        let digits = (0..<4).map { _ in
            let text = String(generator.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - text.utf8.count) + text
        }
        let token = digits.joined()
        let path = path(in: dataDirectory)
        do throws(PrivateFile.Failure) {
            try PrivateFile(path: path).replace(with: "\(token)\n")
        } catch {
            throw AgentError(
                .storage,
                "\(path) cannot be written (\(error)); it holds the token of the local API"
            )
        }
        return Secret(token)
    }

    /// Reads the token of a running agent.
    package static func read(in dataDirectory: String) throws(AgentError) -> Secret {
        let path = path(in: dataDirectory)
        let text: String
        do throws(PrivateFile.Failure) {
            text = try PrivateFile(path: path).text(limit: 4096)
        } catch {
            let hint =
                error.isForbidden
                ? "run the command as the agent's user or as root"
                : "the agent makes it when it starts; is it running with this configuration?"
            throw AgentError(.permission, "\(path) cannot be read (\(error)); \(hint)")
        }
        guard let line = text.split(separator: "\n").first else {
            throw AgentError(.permission, "\(path) holds no token; start the agent again to make a new one")
        }
        return Secret(String(line))
    }
}
