import LookoutHTTP
import LookoutModel
import LookoutTestSupport
import Testing

/// Each way in which an exchange can fail, and the class that it gets.
@Suite struct `Failures of exchanges` {
    let client: HTTPClient

    init() throws {
        client = try HTTPClient()
    }

    private func failure(of request: HTTPRequest) async throws -> TransferError {
        try #require(
            await #expect(throws: TransferError.self) { try await client.send(request) }
        )
    }

    @Test func `a closed port is a failure to connect`() async throws {
        let error = try await failure(of: HTTPRequest(url: closedLoopbackURL()))
        #expect(error.cause == .target(.connect))
        #expect(error.message.contains("Connection refused"))
        #expect(error.timings.connect == nil)
        #expect(error.timings.total > .zero)
    }

    @Test func `an unknown name is a failure of name resolution`() async throws {
        let error = try await failure(of: HTTPRequest(url: "http://no-such-host.invalid/"))
        #expect(error.cause == .target(.dns))
        #expect(error.message.contains("no-such-host.invalid"))
    }

    private static let page = String(repeating: "0123456789", count: 1000)

    /// Scripts, the class of the failure, and a part of its message.
    static let scripts: [(String, LoopbackScript, FailureClass, String)] = [
        (
            "hangs before the first byte",
            {
                try $0.readRequest()
                try $0.hang()
            },
            .timeout, "connected, waiting for the first byte"
        ),
        (
            "hangs within the headers",
            {
                try $0.readRequest()
                try $0.send("HTTP/1.1 200 OK\r\nX-A: ")
                try $0.hang()
            },
            .timeout, "the headers were incomplete"
        ),
        (
            "hangs within the body",
            {
                try $0.readRequest()
                try $0.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")
                try $0.hang()
            },
            .timeout, "the body was incomplete"
        ),
        ("closes without an answer", { try $0.readRequest() }, .protocolViolation, "without an answer"),
        (
            "resets",
            {
                try $0.readRequest()
                $0.reset()
            }, .connect, "reset"
        ),
        (
            "resets within the body",
            {
                try $0.readRequest()
                try $0.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")
                $0.reset()
            },
            .connect, "reset"
        ),
        (
            "ends within the body",
            {
                try $0.readRequest()
                try $0.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")
            },
            .protocolViolation, "before it was complete"
        ),
        (
            "sends half a status line",
            {
                try $0.readRequest()
                try $0.send("HTTP/1.1 2")
            },
            .protocolViolation, ""
        ),
        (
            "sends half a head",
            {
                try $0.readRequest()
                try $0.send("HTTP/1.1 200 OK\r\nX-A: b\r\n")
            },
            .protocolViolation, "within its headers"
        ),
        (
            "speaks something else",
            {
                try $0.readRequest()
                try $0.send("220 mail ready\r\n")
            },
            .protocolViolation, ""
        ),
        (
            "sends a line that is no header",
            {
                try $0.readRequest()
                try $0.send("HTTP/1.1 200 OK\r\nnonsense\r\n\r\n")
            },
            .protocolViolation, ""
        ),
        (
            "breaks its chunks",
            {
                try $0.readRequest()
                try $0.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n")
            },
            .protocolViolation, ""
        ),
        (
            "sends a body without end",
            {
                try $0.readRequest()
                try $0.send("HTTP/1.1 200 OK\r\n\r\n")
                try $0.sendEndlessly(page)
            },
            .size, "the body is larger"
        ),
        (
            "sends headers without end",
            {
                try $0.readRequest()
                try $0.send("HTTP/1.1 200 OK\r\n")
                try $0.sendEndlessly("X-A: b\r\n")
            },
            .size, "the headers are larger"
        ),
        (
            "sends one header line without end",
            {
                try $0.readRequest()
                try $0.send("HTTP/1.1 200 OK\r\nX-A: ")
                try $0.sendEndlessly("0123456789")
            },
            .size, "the headers are larger"
        ),
        (
            "sends interim answers without end",
            {
                try $0.readRequest()
                try $0.sendEndlessly("HTTP/1.1 102 Processing\r\nX-A: b\r\n\r\n")
            },
            .size, "the headers are larger"
        ),
        (
            "sends trailers without end",
            {
                try $0.readRequest()
                try $0.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n")
                try $0.sendEndlessly("X-A: b\r\n")
            },
            .size, "the headers are larger"
        ),
        (
            "redirects in a circle",
            {
                try $0.readRequest()
                try $0.send("HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n")
            },
            .protocolViolation, "redirects"
        ),
    ]

    @Test(arguments: scripts)
    func `a peer's fault is of the class that it belongs to`(
        name: String,
        script: @escaping LoopbackScript,
        kind: FailureClass,
        words: String
    ) async throws {
        try await withLoopbackServer(script) { server in
            let timeout: Duration = kind == .timeout ? .milliseconds(150) : .seconds(10)
            let error = try await failure(
                of: HTTPRequest(url: server.url(), maximumRedirects: 3, timeout: timeout)
            )
            #expect(error.cause == .target(kind), "\(error)")
            #expect(words.isEmpty || error.message.contains(words), "\(error.message)")
            #expect(error.timings.total > .zero)
        }
    }

    @Test func `a body may be exactly as large as allowed`() async throws {
        try await withLoopbackServer(answering: Answers.body("12345")) { server in
            let response = try await client.send(HTTPRequest(url: server.url(), maximumBodyBytes: 5))
            #expect(response.body.count == 5)
            let error = try await failure(of: HTTPRequest(url: server.url(), maximumBodyBytes: 4))
            #expect(error.cause == .target(.size))
            let cut = HTTPRequest(url: server.url(), maximumBodyBytes: 4, cutsLongBody: true)
            #expect(try await client.send(cut).body == Array("1234".utf8))
        }
    }

    /// Requests that cannot be made, and a part of what is said about them.
    static let impossible: [(HTTPRequest, String)] = [
        (HTTPRequest(url: ""), "URL"),
        (HTTPRequest(url: "localhost/x"), "URL"),
        (HTTPRequest(url: "ftp://127.0.0.1/"), "URL"),
        (HTTPRequest(url: "http://"), "URL"),
        (HTTPRequest(url: "http://a b/"), "URL"),
        (HTTPRequest(url: "http://127.0.0.1/\0"), "URL"),
        (HTTPRequest(url: "http://127.0.0.1/", method: "GET /x"), "method"),
        (HTTPRequest(url: "http://127.0.0.1/", method: ""), "method"),
        (HTTPRequest(url: "http://127.0.0.1/", headers: [HeaderField("X:", "1")]), "header name"),
        (HTTPRequest(url: "http://127.0.0.1/", headers: [HeaderField("X", "1\r\nY: 2")]), "line break"),
        (HTTPRequest(url: "http://127.0.0.1/", bearerToken: Secret("t\r\nY: 2")), "line break"),
        (HTTPRequest(url: "http://127.0.0.1/", resolve: ["nonsense"]), "resolve"),
        (
            HTTPRequest(url: "https://127.0.0.1:1/", tls: TLSOptions(authorityFile: "/no/such/file")),
            "authorities"
        ),
    ]

    @Test(arguments: impossible)
    func `what cannot be asked is our fault, not the target's`(
        request: HTTPRequest,
        words: String
    ) async throws {
        let error = try await failure(of: request)
        #expect(error.cause == .local, "\(error)")
        #expect(error.message.contains(words), "\(error.message)")
    }

    @Test func `a secret is in no message`() async throws {
        let basic = BasicAuthentication(user: "u", password: Secret("hunter2\r\n"))
        let error = try await failure(
            of: HTTPRequest(url: "http://127.0.0.1/", basicAuthentication: basic)
        )
        #expect(!"\(error)".contains("hunter2"))
        let refused = try await failure(
            of: HTTPRequest(url: closedLoopbackURL().replacing("127.0.0.1", with: "me:hunter2@127.0.0.1"))
        )
        #expect(!"\(refused)".contains("hunter2"))
    }
}
