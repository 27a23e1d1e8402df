import LookoutDeployments
import LookoutHTTP
import LookoutModel
import LookoutProviders
import LookoutSimulation
import Testing

@Suite struct ProviderTransportTests {
    private let request = ProviderRequest("the things", path: ["things"])

    @Test func `a read goes to the address with the token and comes back as JSON`() async throws {
        let provider = ScriptedProvider([.answer(#"{"name":"one"}"#)])
        let transport = try ProviderTransport(scripted: provider)
        let answer = try await transport.read(
            ProviderRequest("a thing", path: ["things", "a/b c"], query: [.init("q", "x&y=z")])
        )
        #expect(try answer.object().text("name") == "one")
        let sent = try #require(provider.requests.values.first)
        #expect(sent.url == "https://api.example.org/v1/things/a%2Fb%20c?q=x%26y%3Dz")
        #expect(sent.bearerToken == Secret("tok-3c9f1a"))
        #expect(sent.headers.first(named: "Accept") == "application/json")
        #expect(sent.maximumRedirects == 0)
    }

    @Test func `what may pass is asked for again until it has passed`() async throws {
        let provider = ScriptedProvider([
            .fault(.target(.timeout)), .answer("bad gateway", status: 502), .answer("{}", status: 503),
            .answer("[]"),
        ])
        let world = Simulation()
        let transport = try ProviderTransport(scripted: provider, by: world.timekeeper)
        let answer = try await world.run { [request] in try await transport.read(request) }
        #expect(answer.body == [])
        #expect(provider.requests.count == 4)
    }

    @Test func `after three retries it is given up, and the message says how often`() async throws {
        let provider = ScriptedProvider([.answer(#"{"message":"oops"}"#, status: 500)])
        let world = Simulation()
        let transport = try ProviderTransport(scripted: provider, by: world.timekeeper)
        let failure = await problem { [request] in
            try await world.run { try await transport.read(request) }
        }
        #expect(
            failure
                == .unreachable(
                    "Example, the things: the provider is in trouble (500: oops), after 4 attempts"
                )
        )
        #expect(provider.requests.count == 4)
    }

    @Test(arguments: [
        ScriptedProvider.Reply.answer("{}", status: 400), .answer("{}", status: 401),
        .answer("{}", status: 403),
        .answer("{}", status: 404), .answer("{}", status: 409), .answer("<html>"), .fault(.target(.tls)),
        .fault(.target(.size)), .fault(.local), .fault(.forbidden), .fault(.cancelled),
    ])
    func `what will not pass by itself is asked for once`(reply: ScriptedProvider.Reply) async throws {
        let provider = ScriptedProvider([reply])
        let transport = try ProviderTransport(scripted: provider)
        let failure = await problem { [request] in try await transport.read(request) }
        #expect(failure != nil)
        #expect(provider.requests.count == 1)
    }

    @Test func `a change is sent once, and what became of it is not guessed`() async throws {
        let provider = ScriptedProvider([.fault(.target(.timeout), "no answer within 15 s")])
        var account = ProviderAccount.example
        account.isReadOnly = false
        let transport = try ProviderTransport(scripted: provider, account)
        let change = ProviderRequest("a status", method: "POST", path: ["s"], body: ["state": "success"])
        let failure = await problem { try await transport.change(change) }
        #expect(failure?.code == "unreachable")
        #expect(failure?.message.hasSuffix("whether it was carried out is not known") == true)
        let sent = try #require(provider.requests.values.first)
        #expect(provider.requests.count == 1)
        #expect(sent.body.map { String(decoding: $0, as: UTF8.self) } == #"{"state":"success"}"#)
        #expect(sent.headers.first(named: "Content-Type") == "application/json")
    }

    @Test func `nothing is changed in read-only mode, which is how an account begins`() async throws {
        let provider = ScriptedProvider([.answer("{}")])
        let transport = try ProviderTransport(scripted: provider)
        let change = ProviderRequest("a status", method: "POST", path: ["s"])
        #expect(await problem { try await transport.change(change) }?.code == "read_only")
        #expect(provider.requests.count == 0)
    }

    @Test func `without a token nobody is asked`() async throws {
        let provider = ScriptedProvider([.answer("{}")])
        var account = ProviderAccount.example
        account.token = nil
        let transport = try ProviderTransport(scripted: provider, account)
        let failure = await problem { [request] in try await transport.read(request) }
        #expect(
            failure
                == .notConfigured("Example, the things: no token is configured; put one into EXAMPLE_TOKEN")
        )
        #expect(provider.requests.count == 0)
    }

    @Test func `an API that is open to all needs no token`() async throws {
        let provider = ScriptedProvider([.answer("{}")])
        let account = ProviderAccount(name: "Page", base: "https://status.example.org")
        let transport = try ProviderTransport(scripted: provider, account)
        _ = try await transport.read(request)
        #expect(provider.requests.values.first?.bearerToken == nil)
    }

    @Test func `headers of the account go along and replace those of the house`() async throws {
        let provider = ScriptedProvider([.answer("{}")])
        var account = ProviderAccount.example
        account.headers = [
            HeaderField("accept", "application/vnd.example+json"), HeaderField("X-Version", "3"),
        ]
        let transport = try ProviderTransport(scripted: provider, account)
        _ = try await transport.read(request)
        let sent = try #require(provider.requests.values.first)
        #expect(sent.headers.values(named: "Accept") == ["application/vnd.example+json"])
        #expect(sent.headers.first(named: "X-Version") == "3")
    }

    @Test func `a key may go in a header line of its own`() async throws {
        let provider = ScriptedProvider([.answer(#"{"message":"no key k-5518"}"#, status: 401)])
        let account = ProviderAccount.supabaseGateway(key: Secret("k-5518"), base: "https://x.example.org")
        let transport = try ProviderTransport(scripted: provider, account)
        let failure = await problem { [request] in try await transport.read(request) }
        let sent = try #require(provider.requests.values.first)
        #expect(sent.bearerToken == nil)
        #expect(sent.headers.values(named: "apikey") == ["k-5518"])
        #expect(failure?.message.contains("no key <secret>") == true)
    }

    @Test(arguments: [
        ProviderAccount.netlify(token: nil, base: "https://api.example.org"),
        .netlify(token: nil, base: "https://api.example.org/"),
        .netlify(token: nil, base: "https://api.example.org/api/v1/"),
    ])
    func `an address may be written with its version or without`(account: ProviderAccount) {
        #expect(account.base == "https://api.example.org/api/v1")
    }
}

/// What an operation of a provider fails with; nil if it does not fail, or with something else.
func problem<Value>(of operation: () async throws -> Value) async -> ProviderFailure? {
    do {
        _ = try await operation()
        return nil
    } catch {
        return error as? ProviderFailure
    }
}
