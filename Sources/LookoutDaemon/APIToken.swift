import Glibc
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
        let draft = path + ".new"
        unlink(draft)
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let descriptor = open(draft, flags, 0o600)
        guard descriptor >= 0 else { throw failure(draft) }
        let bytes = Array("\(token)\n".utf8)
        let written = write(descriptor, bytes, bytes.count)
        guard close(descriptor) == 0, written == bytes.count, rename(draft, path) == 0 else {
            throw failure(path)
        }
        return Secret(token)
    }

    /// Reads the token of a running agent.
    package static func read(in dataDirectory: String) throws(AgentError) -> Secret {
        let path = path(in: dataDirectory)
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            let hint =
                errno == EACCES || errno == EPERM
                ? "run the command as the agent's user or as root"
                : "the agent makes it when it starts; is it running with this configuration?"
            throw AgentError(.permission, "\(path) cannot be read (\(reason)); \(hint)")
        }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        let text = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
        guard let line = text.split(separator: "\n").first else {
            throw AgentError(.permission, "\(path) holds no token; start the agent again to make a new one")
        }
        return Secret(String(line))
    }

    private static func failure(_ path: String) -> AgentError {
        AgentError(.storage, "\(path) cannot be written (\(reason)); it holds the token of the local API")
    }

    private static var reason: String { String(cString: strerror(errno)) }
}
