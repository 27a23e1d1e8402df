import Glibc
import LookoutModel
import LookoutTestSupport
import Testing

@testable import LookoutHTTP

struct PublicAddressTests {
    private static func isPublic(_ text: String) throws -> Bool {
        if text.contains(":") {
            var bytes = [UInt8](repeating: 0, count: 16)
            try #require(inet_pton(AF_INET6, text, &bytes) == 1)
            return PublicAddress.contains(version6: bytes)
        }
        var address: UInt32 = 0
        try #require(inet_pton(AF_INET, text, &address) == 1)
        return PublicAddress.contains(version4: UInt32(bigEndian: address))
    }

    /// The borders of each range of the registries, inside and outside.
    @Test(arguments: [
        ("0.0.0.0", false), ("0.255.255.255", false), ("1.0.0.0", true), ("9.255.255.255", true),
        ("10.0.0.0", false), ("10.255.255.255", false), ("11.0.0.0", true), ("100.63.255.255", true),
        ("100.64.0.0", false), ("100.127.255.255", false), ("100.128.0.0", true), ("127.0.0.1", false),
        ("126.255.255.255", true), ("128.0.0.0", true), ("169.254.169.254", false), ("169.253.0.0", true),
        ("169.255.0.0", true), ("172.15.255.255", true), ("172.16.0.0", false), ("172.31.255.255", false),
        ("172.32.0.0", true), ("192.0.0.8", false), ("192.0.1.0", true), ("192.0.2.1", false),
        ("192.88.99.1", false), ("192.167.255.255", true), ("192.168.0.0", false), ("192.169.0.0", true),
        ("198.17.255.255", true), ("198.18.0.0", false), ("198.19.255.255", false), ("198.20.0.0", true),
        ("198.51.100.7", false), ("203.0.113.7", false), ("203.0.114.0", true), ("223.255.255.255", true),
        ("224.0.0.1", false), ("239.1.1.1", false), ("240.0.0.1", false), ("255.255.255.255", false),
        ("8.8.8.8", true), ("::", false), ("::1", false), ("fe80::1", false), ("fc00::1", false),
        ("fd12::1", false), ("ff02::1", false), ("fec0::1", false), ("2001:4860:4860::8888", true),
        ("2606:4700::1111", true), ("2001:db8::1", false), ("2001::1", false), ("2001:1ff::1", false),
        ("2001:200::1", true), ("3fff::1", false), ("3fff:fff::1", false), ("3fff:1000::1", true),
        ("4000::1", false), ("1fff::1", false), ("::ffff:8.8.8.8", true), ("::ffff:10.0.0.1", false),
        ("::ffff:127.0.0.1", false), ("64:ff9b::8.8.8.8", true), ("64:ff9b::192.168.0.1", false),
        ("64:ff9b:1::1", false), ("2002:0a00:0001::1", false), ("2002:0808:0808::1", true),
        ("::8.8.8.8", false),
    ])
    func `only what the whole internet can reach is public`(address: String, expected: Bool) throws {
        #expect(try Self.isPublic(address) == expected)
    }
}

/// Requests that may only go to public addresses, with the real client.
struct ForbiddenAddressTests {
    @Test(arguments: [true, false])
    func `a private address is refused where that is asked, whatever it is called`(
        isForbidden: Bool
    ) async throws {
        let script: @Sendable (LoopbackRequest) -> LoopbackAnswer = { _ in LoopbackAnswer(200) }
        try await withLoopbackServer(answering: script) { server in
            let client = try HTTPClient()
            // The last one is a public name that leads here: what a rebinding resolver answers.
            let targets: [(String, [String])] = [
                (server.url(), []), ("http://localhost:\(server.port)/", []),
                ("http://[::ffff:127.0.0.1]:\(server.port)/", []),
                ("http://example.org:\(server.port)/", ["example.org:\(server.port):127.0.0.1"]),
            ]
            for (url, resolve) in targets {
                let request = HTTPRequest(
                    url: url,
                    resolve: resolve,
                    reusesConnection: true,
                    forbidsPrivateAddresses: isForbidden
                )
                do throws(TransferError) {
                    let response = try await client.send(request)
                    #expect(!isForbidden, "\(url) was reached")
                    #expect(response.statusCode == 200)
                } catch {
                    #expect(isForbidden && error.cause == .forbidden, "\(url): \(error)")
                }
            }
            #expect(server.connectionCount == 0 || !isForbidden)
            await client.shutdown()
        }
    }

    @Test func `a connection that somebody else opened is not borrowed`() async throws {
        try await withLoopbackServer(
            { connection in
                while true {
                    try connection.readRequest()
                    try connection.send(Array("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".utf8))
                }
            },
            { server in
                let client = try HTTPClient()
                let open = HTTPRequest(url: server.url(), reusesConnection: true)
                #expect(try await client.send(open).statusCode == 200)
                var forbidden = open
                forbidden.forbidsPrivateAddresses = true
                await #expect(throws: TransferError.self) { try await client.send(forbidden) }
                #expect(server.requests.count == 1)
                await client.shutdown()
            }
        )
    }
}
