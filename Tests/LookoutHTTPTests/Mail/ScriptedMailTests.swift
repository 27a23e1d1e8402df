import LookoutHTTP
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

/// Mail servers that misbehave.
struct ScriptedMailTests {
    let client: HTTPClient

    init() throws {
        client = try HTTPClient()
    }

    private func withServer<Result>(
        _ script: MailScript,
        _ body: (LoopbackServer, MailScript.Journal) async throws -> Result
    ) async throws -> Result {
        let journal = MailScript.Journal()
        return try await withLoopbackServer {
            try script.run($0, journal)
        } _: {
            try await body($0, journal)
        }
    }

    /// Why a mail to such a server was not taken.
    private func error(
        _ answers: [String: String],
        timeout: Duration = .seconds(10)
    ) async throws -> MailError? {
        try await withServer(MailScript(answers: answers)) { server, _ in
            await client.mailError(.scripted(port: server.port, timeout: timeout))
        }
    }

    @Test func `the commands come in their order and say no more than they must`() async throws {
        try await withServer(MailScript()) { server, journal in
            let receipt = try await client.send(.scripted(port: server.port))
            #expect(receipt.reply == MailReply(code: 250, status: "2.0.0", lines: ["queued as 4711"]))
            #expect(!receipt.isEncrypted)
            _ = try await journal.values(atLeast: 6)
            #expect(
                journal.values == [
                    "EHLO lookout.example.org", "MAIL FROM:<lookout@example.org> SIZE=26",
                    "RCPT TO:<ops@example.org>", "DATA", ".", "QUIT",
                ]
            )
        }
    }

    @Test(
        arguments: [
            ("MAIL", "450 4.3.2 come back later\r\n", MailStep.sender, 450),
            ("RCPT", "451 4.7.1 greylisted\r\n", .recipient, 451),
            ("RCPT", "421 4.3.2 closing\r\n", .recipient, 421),
            ("DATA", "554 5.7.1 no\r\n", .data, 554),
            ("DATA", "250 what?\r\n", .data, 250),
            (".", "452 4.3.1 disk full\r\n", .message, 452),
            (".", "550-5.7.1 looks\r\n550 5.7.1 like spam\r\n", .message, 550),
            (".", "354 go on\r\n", .message, 354),
            ("EHLO", "502 no\r\n", .hello, 250),
        ] as [(String, String, MailStep, Int)]
    )
    func `a refusal is told with its step and its reply`(
        command: String,
        answer: String,
        step: MailStep,
        code: Int
    ) async throws {
        var answers = [command: answer]
        if command == "EHLO" { answers["HELO"] = "550 5.7.0 go away\r\n" }
        guard case .refused(let refusal) = try await error(answers) else {
            Issue.record("it was not refused")
            return
        }
        #expect(refusal.step == step)
        #expect(refusal.reply.code == (command == "EHLO" ? 550 : code))
    }

    @Test func `a reply of several lines is one, with its enhanced code said once`() async throws {
        let answers = [".": "550-5.7.1 looks\r\n550 5.7.1 like spam\r\n"]
        guard case .refused(let refusal) = try await error(answers) else {
            Issue.record("it was not refused")
            return
        }
        #expect(refusal.reply.description == "550 5.7.1 looks like spam")
    }

    @Test func `a server that has no room at the greeting is heard`() async throws {
        let script = MailScript(greeting: "421 4.7.0 too many connections\r\n")
        try await withServer(script) { server, _ in
            guard case .refused(let refusal) = await client.mailError(.scripted(port: server.port)) else {
                Issue.record("it was not refused")
                return
            }
            #expect(refusal.step == .greeting)
            #expect(refusal.reply.description == "421 4.7.0 too many connections")
        }
    }

    @Test(
        arguments: [
            ("EHLO", nil), ("MAIL", .sender), ("RCPT", .recipient), ("DATA", .data), (".", .message),
        ] as [(String, MailStep?)]
    )
    func `silence ends at the deadline, and it is known where`(command: String, step: MailStep?) async throws
    {
        guard case .transfer(let error, let at) = try await error([command: ""], timeout: .seconds(2))
        else {
            Issue.record("there was an answer")
            return
        }
        #expect(error.cause == .target(.timeout))
        #expect(at == step)
    }

    @Test(arguments: [
        "hello?\r\n", "99 x\r\n", "250_x\r\n", "\r\n", "\u{0}\u{1}\u{2}\r\n", "HTTP/1.1 200 OK\r\n",
    ])
    func `garbage is no answer`(garbage: String) async throws {
        guard case .transfer(let error, let step) = try await error(["RCPT": garbage]) else {
            Issue.record("it was an answer")
            return
        }
        #expect(error.cause == .target(.protocolViolation))
        #expect(step == .recipient)
    }

    @Test func `a server that says garbage at once is none`() async throws {
        try await withServer(MailScript(greeting: "HTTP/1.1 400 Bad Request\r\n\r\n")) { server, _ in
            let mail = MailSubmission.scripted(port: server.port, timeout: .milliseconds(500))
            guard case .transfer = await client.mailError(mail) else {
                Issue.record("it was an answer")
                return
            }
        }
    }

    @Test func `an endless reply is not read to its end`() async throws {
        try await withLoopbackServer { connection in
            var lines = LineReader(connection: connection)
            try connection.send("220 x\r\n")
            _ = try lines.next()
            try connection.send("250 x\r\n")
            _ = try lines.next()
            try connection.sendEndlessly("x")
        } _: { server in
            guard case .transfer(let error, _) = await client.mailError(.scripted(port: server.port)) else {
                Issue.record("it was an answer")
                return
            }
            #expect(error.cause == .target(.protocolViolation))
        }
    }

    @Test func `a connection that is closed in the middle is known as such`() async throws {
        try await withLoopbackServer { connection in
            var lines = LineReader(connection: connection)
            try connection.send("220 x\r\n")
            _ = try lines.next()
            try connection.send("250 x\r\n")
            _ = try lines.next()
        } _: { server in
            guard case .transfer(let error, let step) = await client.mailError(.scripted(port: server.port))
            else {
                Issue.record("it was an answer")
                return
            }
            #expect(error.cause == .target(.closed))
            #expect(step == .sender)
        }
    }

    @Test(arguments: ["", "EHLO", "MAIL", "RCPT", "DATA", ".", "QUIT"])
    func `a mail server that says nothing does not hold up other transfers`(command: String) async throws {
        // Whether libcurl or we speak with it: the loop's thread must not wait for its answer.
        var script = MailScript(answers: [command: ""])
        if command.isEmpty { script.greeting = "" }
        try await withServer(script) { server, journal in
            try await withLoopbackServer { connection in
                try connection.readRequest()
                try connection.send(LoopbackAnswer())
            } _: { webServer in
                let mail = MailSubmission.scripted(port: server.port, timeout: .seconds(60))
                let client = self.client
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { _ = try? await client.send(mail) }
                    let count =
                        ["", "EHLO", "MAIL", "RCPT", "DATA", ".", "QUIT"].firstIndex(of: command) ?? 0
                    try await eventually("the server was asked") {
                        count == 0 ? server.connectionCount == 1 : journal.count >= count
                    }
                    // Were the loop blocked by the mail, this would not come back before its minute is over.
                    let request = HTTPRequest(url: webServer.url(), timeout: .seconds(20))
                    #expect(try await client.send(request).statusCode == 200)
                    group.cancelAll()
                }
            }
        }
    }

    @Test func `a cancelled mail ends at once`() async throws {
        try await withServer(MailScript(answers: ["DATA": ""])) { server, journal in
            let mail = MailSubmission.scripted(port: server.port, timeout: .seconds(600))
            let client = self.client
            try await withThrowingTaskGroup(of: MailError?.self) { group in
                group.addTask { await client.mailError(mail) }
                _ = try await journal.values(atLeast: 4)
                group.cancelAll()
                guard case .transfer(let error, .data)?? = try await group.next() else {
                    Issue.record("it was not cancelled")
                    return
                }
                #expect(error.cause == .cancelled)
            }
        }
    }

    @Test(
        arguments: [
            "a@b\r\nRCPT TO:<c@d", "a@b>", "a b@c", "", "ä@example.org", "a@b\u{0}",
        ]
    )
    func `an address that would be a command never reaches the server`(address: String) async throws {
        try await withServer(MailScript()) { server, journal in
            let mail = MailSubmission.scripted(port: server.port, recipients: [address])
            guard case .transfer(let error, nil) = await client.mailError(mail) else {
                Issue.record("it was sent")
                return
            }
            #expect(error.cause == .local)
            #expect(journal.values.isEmpty)
        }
    }
}
