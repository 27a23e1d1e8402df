import LookoutHTTP
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

/// What a scripted mail server answers; everything that is not said is answered as a good server would.
struct MailScript: Sendable {
    var greeting = "220 mail.example.org ready\r\n"
    var hello = "250-mail.example.org\r\n250 SIZE 1000000\r\n"
    /// By the first word of a command in capitals, and `.` for the end of the message.
    var answers: [String: String] = [:]

    /// The commands that came; the message counts as one.
    typealias Journal = Recorder<String>

    func run(_ connection: LoopbackConnection, _ journal: Journal) throws {
        var lines = LineReader(connection: connection)
        try connection.send(greeting)
        while true {
            let command = try lines.next()
            journal.record(command)
            let verb = command.split(separator: " ").first.map { $0.uppercased() } ?? ""
            try connection.send(answers[command] ?? answers[verb] ?? usual(verb))
            if verb == "DATA", (answers[command] ?? answers[verb] ?? usual(verb)).hasPrefix("354") {
                while try lines.next() != "." {}
                journal.record(".")
                try connection.send(answers["."] ?? "250 2.0.0 queued as 4711\r\n")
            }
        }
    }

    private func usual(_ verb: String) -> String {
        switch verb {
        case "EHLO": hello
        case "DATA": "354 go on\r\n"
        case "QUIT": "221 bye\r\n"
        default: "250 2.0.0 fine\r\n"
        }
    }
}

/// Lines that end with CRLF, one after the other.
struct LineReader {
    let connection: LoopbackConnection
    private var bytes: [UInt8] = []

    init(connection: LoopbackConnection) {
        self.connection = connection
    }

    mutating func next() throws -> String {
        while true {
            if let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: bytes[..<end], as: UTF8.self)
                bytes.removeFirst(end + 1)
                return line.last == "\r" ? String(line.dropLast()) : line
            }
            bytes += try connection.read()
        }
    }
}

extension MailSubmission {
    /// A mail in the clear to a scripted server.
    static func scripted(
        port: UInt16,
        recipients: [String] = ["ops@example.org"],
        timeout: Duration = .seconds(10)
    ) -> MailSubmission {
        MailSubmission(
            host: "127.0.0.1",
            port: Int(port),
            security: .none,
            clientName: "lookout.example.org",
            sender: "lookout@example.org",
            recipients: recipients,
            content: Array("Subject: hello\r\n\r\nA line\r\n".utf8),
            timeout: timeout
        )
    }
}

extension HTTPClient {
    /// Why a mail was not taken; records an issue if it was.
    func mailError(_ mail: MailSubmission) async -> MailError? {
        do {
            let receipt = try await send(mail)
            Issue.record("it was taken: \(receipt)")
            return nil
        } catch {
            return error
        }
    }
}
