import LookoutDeployments
import LookoutHTTP
import LookoutModel
import LookoutProviders
import LookoutSimulation
import LookoutTestSupport
import Testing

/// The transport over libcurl against servers on this machine.
@Suite struct ProviderOverTheWireTests {
    private let request = ProviderRequest("the things", path: ["a/b", "things"], query: [.init("q", "x y")])

    private func transport(
        to server: LoopbackServer,
        over client: HTTPClient,
        _ policy: ReadPolicy = ReadPolicy()
    ) throws -> ProviderTransport {
        let account = ProviderAccount(
            name: "Example",
            base: server.url("/v1"),
            token: Secret("tok-3c9f1a"),
            tokenName: "EXAMPLE_TOKEN"
        )
        return try ProviderTransport(account, over: client, by: VirtualTimekeeper(), policy: policy)
    }

    private func withClient<Result>(_ body: (HTTPClient) async throws -> Result) async throws -> Result {
        let client = try HTTPClient()
        let result: Swift.Result<Result, any Error>
        do { result = .success(try await body(client)) } catch { result = .failure(error) }
        await client.shutdown()
        return try result.get()
    }

    @Test func `a read arrives as it was meant`() async throws {
        try await withClient { client in
            try await withLoopbackServer(answering: { _ in LoopbackAnswer(body: #"{"name":"ä"}"#) }) {
                server in
                let answer = try await transport(to: server, over: client).read(request)
                #expect(try answer.object().text("name") == "ä")
                let received = try #require(server.requests.first)
                #expect(received.target == "/v1/a%2Fb/things?q=x%20y")
                #expect(received.headers.first(named: "Authorization") == "Bearer tok-3c9f1a")
            }
        }
    }

    @Test func `a server that sends readers on to another one does not get the token there`() async throws {
        try await withClient { client in
            try await withLoopbackServer(answering: { _ in LoopbackAnswer(body: "{}") }) { thief in
                let place = thief.url("/v1/things")
                try await withLoopbackServer(
                    answering: { _ in LoopbackAnswer(302, headers: [HeaderField("Location", place)]) }
                ) { server in
                    let transport = try transport(to: server, over: client)
                    #expect(await problem { try await transport.read(request) }?.code == "unexpected")
                }
                #expect(thief.connectionCount == 0)
            }
        }
    }

    @Test func `an answer without an end is not read to it`() async throws {
        try await withClient { client in
            try await withLoopbackServer({ connection in
                try connection.readRequest()
                try connection.send("HTTP/1.1 200 OK\r\n\r\n[")
                try connection.sendEndlessly(String(repeating: "1,", count: 10_000))
            }) { server in
                var policy = ReadPolicy()
                policy.maximumBodyBytes = 100_000
                let transport = try transport(to: server, over: client, policy)
                let failure = await problem { try await transport.read(request) }
                #expect(failure?.code == "unexpected")
                #expect(server.connectionCount == 1)
            }
        }
    }

    @Test(arguments: ["HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[1,", "", "SSH-2.0-OpenSSH\r\n"])
    func `an answer that breaks off is no answer`(text: String) async throws {
        try await withClient { client in
            try await withLoopbackServer({ connection in
                try connection.readRequest()
                try connection.send(text)
            }) { server in
                var policy = ReadPolicy()
                policy.maximumRetries = 0
                let transport = try transport(to: server, over: client, policy)
                #expect(await problem { try await transport.read(request) }?.code == "unreachable")
            }
        }
    }

    @Test func `a server that says nothing is given up after the time of one attempt`() async throws {
        try await withClient { client in
            try await withLoopbackServer({ try $0.hang() }) { server in
                var policy = ReadPolicy()
                policy.maximumRetries = 0
                policy.timeout = .milliseconds(100)
                let transport = try transport(to: server, over: client, policy)
                let failure = await problem { try await transport.read(request) }
                #expect(failure?.code == "unreachable")
                #expect(failure?.message.contains("within") == true)
            }
        }
    }
}
