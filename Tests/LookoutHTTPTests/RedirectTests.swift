import LookoutHTTP
import LookoutModel
import LookoutTestSupport
import Testing

/// What happens at an answer that points elsewhere.
@Suite struct `Redirects of exchanges` {
    let client: HTTPClient

    init() throws {
        client = try HTTPClient()
    }

    /// Sends `/0` to `/1`, `/1` to `/2`, …, and answers 200 at `/<hops>`.
    private func withChain(of hops: Int, _ body: (LoopbackServer) async throws -> Void) async throws {
        try await withLoopbackServer(
            answering: { request in
                let step = Int(request.target.dropFirst()) ?? 0
                return step < hops
                    ? LoopbackAnswer(302, headers: [HeaderField("Location", "/\(step + 1)")], body: "moved")
                    : LoopbackAnswer(200, headers: [HeaderField("X-Step", "\(step)")], body: "there")
            },
            body
        )
    }

    @Test func `no redirect is followed by default`() async throws {
        try await withChain(of: 1) { server in
            let response = try await client.send(HTTPRequest(url: server.url("/0")))
            #expect(response.statusCode == 302)
            #expect(response.headers.first(named: "location") == "/1")
            #expect(response.body == Array("moved".utf8))
            #expect(response.redirects == 0)
        }
    }

    @Test func `only the final answer is reported, with the number of redirects`() async throws {
        try await withChain(of: 3) { server in
            let response = try await client.send(HTTPRequest(url: server.url("/0"), maximumRedirects: 3))
            #expect(response.statusCode == 200)
            #expect(response.headers.map(\.name) == ["X-Step", "Content-Length", "Connection"])
            #expect(response.body == Array("there".utf8))
            #expect(response.finalURL == server.url("/3"))
            #expect(response.redirects == 3)
        }
    }

    @Test func `one redirect too many is a failure`() async throws {
        try await withChain(of: 3) { server in
            let error = await #expect(throws: TransferError.self) {
                try await client.send(HTTPRequest(url: server.url("/0"), maximumRedirects: 2))
            }
            #expect(error?.cause == .target(.protocolViolation))
        }
    }

    @Test(arguments: ["ftp://127.0.0.1/", "file:///etc/passwd", "http://[bad/", "gopher://127.0.0.1:1/"])
    func `a redirect to something that is not http is the target's fault`(location: String) async throws {
        try await withLoopbackServer(answering: Answers.redirect(to: location)) { server in
            let error = await #expect(throws: TransferError.self) {
                try await client.send(HTTPRequest(url: server.url(), maximumRedirects: 5))
            }
            #expect(error?.cause == .target(.protocolViolation))
        }
    }

    @Test func `credentials do not follow to another host`() async throws {
        try await withLoopbackServer(answering: Answers.empty()) { other in
            let location = "http://localhost:\(other.port)/"
            try await withLoopbackServer(answering: Answers.redirect(to: location)) { server in
                let basic = BasicAuthentication(user: "u", password: Secret("p"))
                let url = server.url()
                _ = try await client.send(
                    HTTPRequest(url: url, maximumRedirects: 1, basicAuthentication: basic)
                )
                _ = try await client.send(
                    HTTPRequest(url: url, maximumRedirects: 1, bearerToken: Secret("t"))
                )
                #expect(server.requests.map { $0.header("Authorization") } == ["Basic dTpw", "Bearer t"])
                #expect(other.requests.map { $0.header("Authorization") } == [nil, nil])
            }
        }
    }

    @Test func `user name and password are not part of the final URL`() async throws {
        try await withLoopbackServer(answering: Answers.empty()) { server in
            let url = "http://user:secret@127.0.0.1:\(server.port)/x"
            let response = try await client.send(HTTPRequest(url: url))
            #expect(response.finalURL == server.url("/x"))
        }
    }

    @Test func `phases are summed over all hops`() async throws {
        try await withLoopbackServer { connection in
            let request = try connection.readRequest()
            try connection.pauseScript(for: .milliseconds(20))
            let isFirst = request.target == "/"
            let status = isFirst ? "302 Found\r\nLocation: /next" : "200 OK"
            try connection.send("HTTP/1.1 \(status)\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        } _: { server in
            let request = HTTPRequest(url: server.url(), maximumRedirects: 1)
            let timings = try await client.send(request).timings
            #expect(try #require(timings.firstByte) >= .milliseconds(40))
            let parts = [timings.dns, timings.connect, timings.firstByte, timings.transfer]
            #expect(parts.compactMap { $0 }.reduce(.zero, +) <= timings.total)
        }
    }
}
