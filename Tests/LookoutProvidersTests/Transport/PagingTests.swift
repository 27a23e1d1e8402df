import LookoutDeployments
import LookoutHTTP
import LookoutModel
import LookoutSimulation
import Testing

@testable import LookoutProviders

@Suite struct PagingTests {
    private let request = ProviderRequest("the things", path: ["things"])

    @Test func `numbered pages are read until one is short`() async throws {
        let provider = ScriptedProvider([.answer("[1,2]"), .answer("[3,4]"), .answer("[5]")])
        let transport = try ProviderTransport(scripted: provider)
        #expect(try await transport.elements(request, .numbers(size: 2)) == [1, 2, 3, 4, 5])
        #expect(
            provider.asked
                == [1, 2, 3].map { "GET /v1/things?page=\($0)&per_page=2" }
        )
    }

    @Test func `a provider that gives less on a page than it is asked for is read to its end`() async throws {
        let next = ["Link": #"<https://api.example.org/v1/things?page=2>; rel="next""#]
        let provider = ScriptedProvider([.answer("[1,2]", next), .answer("[3]")])
        let transport = try ProviderTransport(scripted: provider)
        #expect(try await transport.elements(request, .numbers(size: 100)) == [1, 2, 3])
    }

    @Test func `links are followed until there is none`() async throws {
        let next = ["Link": #"<https://api.example.org/v1/things?c=2>; rel="next", <x>; rel="last""#]
        let provider = ScriptedProvider([.answer("[1]", next), .answer("[2]")])
        let transport = try ProviderTransport(scripted: provider)
        #expect(try await transport.elements(request, .links) == [1, 2])
        #expect(provider.asked == ["GET /v1/things", "GET /v1/things?c=2"])
    }

    @Test func `Sentry's last page has a next link that leads nowhere`() async throws {
        let link =
            #"<https://api.example.org/v1/things?cursor=0:100:0>; rel="next"; results="false"; cursor="0:100:0""#
        let provider = ScriptedProvider([.answer("[1]", ["Link": link])])
        let transport = try ProviderTransport(scripted: provider)
        #expect(try await transport.elements(request, .links) == [1])
        #expect(provider.requests.count == 1)
    }

    @Test func `cursors of the last element lead on`() async throws {
        let provider = ScriptedProvider([
            .answer(#"[{"cursor":"a"},{"cursor":"b=="}]"#), .answer(#"[{"cursor":"c"}]"#),
        ])
        let transport = try ProviderTransport(scripted: provider)
        #expect(try await transport.elements(request, .cursors(size: 2)).count == 3)
        #expect(provider.asked == ["GET /v1/things?limit=2", "GET /v1/things?cursor=b%3D%3D&limit=2"])
    }

    @Test func `no more is asked for than is wanted`() async throws {
        let provider = ScriptedProvider([.answer("[1,2]"), .answer("[3,4]"), .answer("[5,6]")])
        let transport = try ProviderTransport(scripted: provider)
        #expect(try await transport.elements(request, .numbers(size: 2), atMost: 3) == [1, 2, 3])
        #expect(provider.requests.count == 2)
        #expect(try await transport.elements(request, .numbers(size: 2), atMost: 0) == [])
        #expect(provider.requests.count == 2)
    }

    @Test func `a list may be a field of the answer`() async throws {
        let provider = ScriptedProvider([.answer(#"{"total":1,"runs":[7]}"#)])
        let transport = try ProviderTransport(scripted: provider)
        #expect(try await transport.elements(request, .links, in: "runs") == [7])
        let failure = await problem { try await transport.elements(request, .links, in: "checks") }
        #expect(failure == .unexpected(#"Example, the things: "checks" is not a list"#))
    }

    @Test func `a list without an end is no list`() async throws {
        let provider = ScriptedProvider { _, number in .answer(#"[{"cursor":"\#(number)"}]"#) }
        let transport = try ProviderTransport(scripted: provider)
        let failure = await problem { try await transport.elements(request, .cursors(size: 1)) }
        #expect(failure == .unexpected("Example, the things: the list does not end after 50 pages"))
        #expect(provider.requests.count == 50)
    }

    @Test func `a list that leads back to itself is no list`() async throws {
        let provider = ScriptedProvider([.answer(#"[{"cursor":"same"}]"#)])
        let transport = try ProviderTransport(scripted: provider)
        let failure = await problem { try await transport.elements(request, .cursors(size: 1)) }
        #expect(failure?.message.contains("leads back") == true)
        #expect(provider.requests.count == 2)
    }

    @Test(arguments: [
        "https://evil.example/v1/things?page=2", "http://api.example.org/v1/things?page=2",
        "//evil.example/x", "https://api.example.org@evil.example/x",
    ])
    func `a next page on another server is not read`(target: String) async throws {
        let provider = ScriptedProvider([.answer("[1]", ["Link": "<\(target)>; rel=next"]), .answer("[2]")])
        let transport = try ProviderTransport(scripted: provider)
        let failure = await problem { try await transport.elements(request, .links) }
        #expect(failure?.message.contains("another server") == true)
        #expect(provider.requests.count == 1)
    }

    @Test func `a full page without a cursor is not taken for the end`() async throws {
        let provider = ScriptedProvider([.answer(#"[{"deploy":{}}]"#)])
        let transport = try ProviderTransport(scripted: provider)
        #expect(
            await problem { try await transport.elements(request, .cursors(size: 1)) }?.code == "unexpected"
        )
    }

    @Test(
        arguments: [
            (#"<https://a/?x=1,2>; rel="next""#, "https://a/?x=1,2"), ("<b>;rel=next", "b"),
            (#"<a>; rel="prev", <c>; title="x, \"y\"; rel=next"; rel="last next""#, "c"),
            (#"<a>; rel="NEXT""#, "a"), (#"<a>; rel="prev"; rel="next""#, nil), ("a; rel=next", nil),
            ("<a", nil),
            ("", nil), (#"<a>; rel="next"#, "a"), ("<a>; rel", nil), (",,<a>;;rel=next", "a"),
        ] as [(String, String?)]
    )
    func `links are read as RFC 8288 has them`(line: String, next: String?) {
        #expect(LinkHeader.next(in: [HeaderField("link", line)]) == next)
    }
}
