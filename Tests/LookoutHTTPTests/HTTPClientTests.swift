import LookoutHTTP
import LookoutModel
import LookoutTestSupport
import Testing

/// What goes over the wire and what comes back, against scripted servers.
@Suite struct `HTTP exchanges` {
    let client: HTTPClient

    init() throws {
        client = try HTTPClient()
    }

    @Test func `an answer comes with status, headers, body and phases`() async throws {
        try await withLoopbackServer { connection in
            try connection.readRequest()
            try connection.send("HTTP/1.1 200 OK\r\nX-One: a\r\nx-one:  b \r\nContent-Length: 2\r\n\r\nhi")
        } _: { server in
            let response = try await client.send(HTTPRequest(url: server.url("/health?full=1")))
            #expect(response.statusCode == 200)
            #expect(response.version == "HTTP/1.1")
            let headers = [("X-One", "a"), ("x-one", "b"), ("Content-Length", "2")].map(HeaderField.init)
            #expect(response.headers == headers)
            #expect(response.body == Array("hi".utf8))
            #expect(response.remoteAddress == "127.0.0.1")
            #expect(response.finalURL == server.url("/health?full=1"))
            #expect(response.redirects == 0)
            #expect(response.certificates == nil)
            #expect(server.requests.map(\.target) == ["/health?full=1"])
        }
    }

    @Test func `each phase has its own length and together they are no longer than the whole`() async throws {
        try await withLoopbackServer { connection in
            try connection.readRequest()
            try connection.pauseScript(for: .milliseconds(30))
            try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nh")
            try connection.pauseScript(for: .milliseconds(20))
            try connection.send("i")
        } _: { server in
            let timings = try await client.send(HTTPRequest(url: server.url())).timings
            let dns = try #require(timings.dns)
            let connect = try #require(timings.connect)
            let firstByte = try #require(timings.firstByte)
            let transfer = try #require(timings.transfer)
            #expect(timings.tls == nil)
            #expect(firstByte >= .milliseconds(30))
            #expect(firstByte + transfer >= .milliseconds(50))
            #expect(dns + connect + firstByte + transfer <= timings.total)
        }
    }

    @Test func `headers are sent in their order, repeats and empty values included`() async throws {
        try await withLoopbackServer(answering: Answers.empty()) { server in
            let fields = [("X-B", "2"), ("X-A", "1"), ("x-b", "3"), ("X-Empty", ""), ("User-Agent", "me")]
            let request = HTTPRequest(url: server.url(), headers: fields.map(HeaderField.init))
            _ = try await client.send(request)
            let names = ["x-a", "x-b", "x-empty", "user-agent"]
            let sent = try #require(server.requests.first).headers
            #expect(
                sent.filter { names.contains($0.name.lowercased()) } == fields.map(HeaderField.init)
            )
            #expect(sent.values(named: "Accept-Encoding").isEmpty)
            #expect(sent.values(named: "Expect").isEmpty)
        }
    }

    @Test func `a host of our own replaces the one of the URL`() async throws {
        try await withLoopbackServer(answering: Answers.empty()) { server in
            let headers = [HeaderField("Host", "other.example"), HeaderField("Accept", "text/html")]
            _ = try await client.send(HTTPRequest(url: server.url(), headers: headers))
            let sent = try #require(server.requests.first).headers
            #expect(sent.values(named: "Host") == ["other.example"])
            #expect(sent.values(named: "Accept") == ["text/html"])
        }
    }

    @Test(arguments: ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PURGE", "get"])
    func `the method is sent as it is written`(method: String) async throws {
        try await withLoopbackServer(answering: Answers.empty(204)) { server in
            let response = try await client.send(HTTPRequest(url: server.url(), method: method))
            #expect(response.statusCode == 204)
            #expect(server.requests.map(\.method) == [method])
        }
    }

    @Test(arguments: ["POST", "PUT", "PATCH", "DELETE", "GET"], [0, 5, 2_000_000])
    func `a body is sent with its length and without a type of libcurl's choice`(
        method: String,
        size: Int
    ) async throws {
        try await withLoopbackServer(answering: Answers.empty()) { server in
            let body = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
            _ = try await client.send(HTTPRequest(url: server.url(), method: method, body: body))
            let request = try #require(server.requests.first)
            #expect(request.method == method)
            #expect(request.body == body)
            #expect(request.header("Content-Length") == "\(size)")
            #expect(request.header("Content-Type") == nil)
        }
    }

    @Test func `basic authentication and bearer tokens are sent`() async throws {
        try await withLoopbackServer(answering: Answers.empty()) { server in
            let basic = BasicAuthentication(user: "Aladdin", password: Secret("open sesame"))
            _ = try await client.send(HTTPRequest(url: server.url(), basicAuthentication: basic))
            _ = try await client.send(HTTPRequest(url: server.url(), bearerToken: Secret("t0ken")))
            let sent = server.requests.map { $0.header("Authorization") }
            #expect(sent == ["Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "Bearer t0ken"])
        }
    }

    @Test func `interim answers and trailers are dropped`() async throws {
        try await withLoopbackServer { connection in
            try connection.readRequest()
            try connection.send("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n")
            try connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            try connection.send("3\r\nabc\r\n2\r\nde\r\n0\r\nX-Trailer: t\r\n\r\n")
        } _: { server in
            let response = try await client.send(HTTPRequest(url: server.url()))
            #expect(response.headers.map(\.name) == ["Transfer-Encoding"])
            #expect(response.body == Array("abcde".utf8))
        }
    }

    @Test func `header bytes that are not UTF-8 are read as ISO-8859-1`() async throws {
        try await withLoopbackServer { connection in
            try connection.readRequest()
            try connection.send(Array("HTTP/1.1 200 OK\r\nX-Latin: ".utf8) + [0xE4, 0xFF])
            try connection.send("\r\nX-UTF: \u{E4}\u{1F600}\r\nContent-Length: 0\r\n\r\n")
        } _: { server in
            let response = try await client.send(HTTPRequest(url: server.url()))
            #expect(response.headers.first(named: "X-Latin") == "\u{E4}\u{FF}")
            #expect(response.headers.first(named: "X-UTF") == "\u{E4}\u{1F600}")
        }
    }

    @Test func `an answer that comes byte by byte is whole`() async throws {
        try await withLoopbackServer { connection in
            try connection.readRequest()
            try connection.sendBytewise("HTTP/1.1 200 OK\r\nX-Slow: yes\r\nContent-Length: 3\r\n\r\nabc")
        } _: { server in
            let response = try await client.send(HTTPRequest(url: server.url()))
            #expect(response.headers.first(named: "x-slow") == "yes")
            #expect(response.body == Array("abc".utf8))
        }
    }

    @Test func `a name can be pinned to an address, for one request only`() async throws {
        try await withLoopbackServer(answering: Answers.empty()) { server in
            let url = "http://pinned.invalid:\(server.port)/"
            let pinned = HTTPRequest(url: url, resolve: ["pinned.invalid:\(server.port):127.0.0.1"])
            let response = try await client.send(pinned)
            #expect(response.statusCode == 200)
            #expect(server.requests.map { $0.header("Host") } == ["pinned.invalid:\(server.port)"])
            let error = await #expect(throws: TransferError.self) {
                try await client.send(HTTPRequest(url: url))
            }
            #expect(error?.cause == .target(.dns))
        }
    }

    @Test func `a connection is reused only where that is asked for`() async throws {
        try await withLoopbackServer { connection in
            while true {
                try connection.readRequest()
                try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            }
        } _: { server in
            for _ in 1...3 { _ = try await client.send(HTTPRequest(url: server.url())) }
            #expect(server.connectionCount == 3)
            for _ in 1...3 {
                _ = try await client.send(HTTPRequest(url: server.url(), reusesConnection: true))
            }
            #expect(server.connectionCount == 4)
            let again = HTTPRequest(url: server.url(), reusesConnection: true)
            let timings = try await client.send(again).timings
            #expect(timings.connect == nil)
            #expect(timings.dns == nil)
            await client.shutdown()
        }
    }
}
