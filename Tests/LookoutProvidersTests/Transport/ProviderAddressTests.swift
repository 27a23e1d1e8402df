import LookoutDeployments
import LookoutHTTP
import LookoutModel
import LookoutSimulation
import Testing

@testable import LookoutProviders

@Suite struct ProviderAddressTests {
    @Test(arguments: [
        "http://api.example.org", "ftp://api.example.org", "api.example.org", "", "https://",
        "https://user:secret@api.example.org", "https://api.example.org/?x=1", "https://api.example.org/#x",
        "http://127.0.0.1.evil.example", "http://localhost@evil.example", "http://10.0.0.7:8080",
    ])
    func `a token is not sent to such an address`(text: String) throws {
        let account = ProviderAccount(name: "Example", base: text, token: Secret("t"), tokenName: "T")
        let problem = #expect(throws: ProviderFailure.self) {
            try ProviderTransport(scripted: ScriptedProvider([]), account)
        }
        #expect(problem?.code == "not_configured")
        #expect(problem?.message.contains("secret") == false)
    }

    @Test(arguments: [
        "https://api.example.org", "https://api.example.org:8443/v1/", "http://127.0.0.1:8080",
        "http://localhost:1", "http://[::1]:1/x",
    ])
    func `https, and plain http on this machine alone, are good`(text: String) throws {
        _ = try ProviderAddress(text, of: "Example")
    }

    @Test(arguments: [
        ("plain-id_1.2~", "plain-id_1.2~"), ("a/b", "a%2Fb"), ("../x", "..%2Fx"), ("a?b#c", "a%3Fb%23c"),
        ("ä\n", "%C3%A4%0A"), ("%2e", "%252e"), ("…", "%E2%80%A6"),
    ])
    func `a part of a path stays one part`(part: String, encoded: String) throws {
        let address = try ProviderAddress("https://api.example.org/v1/", of: "Example")
        let url = try address.url(of: ProviderRequest("x", path: ["things", part]))
        #expect(url == "https://api.example.org/v1/things/\(encoded)")
    }

    @Test(arguments: ["", ".", ".."])
    func `a part that would change the path is refused`(part: String) throws {
        let address = try ProviderAddress("https://api.example.org/v1", of: "Example")
        #expect(throws: ProviderFailure.self) {
            try address.url(of: ProviderRequest("x", path: [part, "x"]))
        }
    }

    @Test(
        arguments: [
            ("https://api.example.org/v1/x?page=2", "https://api.example.org/v1/x?page=2"),
            ("https://API.example.org:443/v1/x", "https://API.example.org:443/v1/x"),
            ("/v2/x", "https://api.example.org:443/v2/x"),
            ("http://api.example.org/v1/x", nil), ("https://evil.example/v1/x", nil),
            ("//evil.example/x", nil),
            ("https://api.example.org@evil.example/", nil), ("https://x:y@api.example.org/", nil),
            ("https://api.example.org:444/", nil), ("x/y", nil), ("", nil), ("file:///etc/passwd", nil),
        ] as [(String, String?)]
    )
    func `what an answer leads to is followed on the same server alone`(
        reference: String,
        url: String?
    ) throws {
        let address = try ProviderAddress("https://api.example.org/v1", of: "Example")
        #expect(address.resolved(reference) == url)
    }

    @Test func `a read is sent on within the server, with the token, and not for ever`() async throws {
        let moved = ScriptedProvider([.answer("", status: 301, ["Location": "/v2/x"]), .answer("{}")])
        let request = ProviderRequest("x", path: ["x"])
        _ = try await ProviderTransport(scripted: moved).read(request)
        #expect(moved.asked == ["GET /v1/x", "GET /v2/x"])

        let circle = ScriptedProvider([.answer("", status: 302, ["Location": "/v2/x"])])
        let transport = try ProviderTransport(scripted: circle)
        #expect(await problem { try await transport.read(request) }?.code == "unexpected")
        #expect(circle.requests.count == 4)
    }

    @Test func `a redirect to another server is not followed, so the token stays here`() async throws {
        let provider = ScriptedProvider([
            .answer("", status: 307, ["Location": "https://evil.example/\u{1B}[2J"]), .answer("{}"),
        ])
        let transport = try ProviderTransport(scripted: provider)
        let failure = await problem { try await transport.read(ProviderRequest("x", path: ["x"])) }
        #expect(provider.requests.count == 1)
        #expect(failure?.code == "unexpected")
        #expect(failure?.message.contains(#"https://evil.example/\u{1b}[2J"#) == true)
    }
}
