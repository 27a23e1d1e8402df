import LookoutHTTP
import LookoutModel
import LookoutTestSupport
import Testing

/// Certificates, good and bad, against a real TLS server.
@Suite(.enabled(if: NginxServer.isAvailable, "nginx and openssl are needed"))
struct `TLS exchanges` {
    let client: HTTPClient
    let fixture: CertificateFixture

    init() throws {
        client = try HTTPClient()
        fixture = try #require(CertificateFixture.shared)
    }

    private var tls: TLSOptions {
        TLSOptions(authorityFile: fixture.authorityFile)
    }

    @Test(arguments: ["localhost", "127.0.0.1"])
    func `a good certificate is accepted, and its chain reported`(host: String) async throws {
        try await withNginx(certificate: .good) { server in
            let response = try await client.send(HTTPRequest(url: server.url(host: host), tls: tls))
            #expect(response.statusCode == 200)
            #expect(response.body == Array("hello".utf8))
            let chain = try #require(response.certificates)
            let leaf = try #require(chain.certificates.first)
            #expect(chain.isTrusted)
            #expect(leaf.names == ["localhost", "127.0.0.1"])
            #expect(leaf.subject.contains("good"))
            #expect(leaf.issuer.contains("authority"))
            #expect(leaf.notAfter - leaf.notBefore == .seconds(365 * 86_400))
            #expect(try #require(response.timings.tls) > .zero)
        }
    }

    @Test func `a redirect into TLS has a handshake, and the chain of its last hop`() async throws {
        try await withNginx(certificate: .good) { secure in
            try await withNginx("return 301 \(secure.url());") { plain in
                let request = HTTPRequest(url: plain.url(), maximumRedirects: 1, tls: tls)
                let response = try await client.send(request)
                let timings = response.timings
                #expect(response.finalURL == secure.url())
                #expect(response.certificates?.isTrusted == true)
                #expect(try #require(timings.tls) > .zero)
                let parts = [timings.dns, timings.connect, timings.tls, timings.firstByte, timings.transfer]
                #expect(parts.compactMap { $0 }.reduce(.zero, +) <= timings.total)
            }
        }
    }

    @Test func `a redirect out of TLS reports no chain`() async throws {
        try await withNginx { plain in
            try await withNginx(certificate: .good, "return 301 \(plain.url());") { secure in
                let request = HTTPRequest(url: secure.url(), maximumRedirects: 1, tls: tls)
                let response = try await client.send(request)
                #expect(response.certificates == nil)
            }
        }
    }

    /// What is wrong, and the word for it.
    static let problems: [(CertificateFixture.Kind, String)] = [
        (.expired, "has expired"),
        (.notYetValid, "is not valid yet"),
        (.wrongHost, "is not for this host"),
        (.selfSigned, "is self-signed"),
        (.unknownAuthority, "is from an unknown authority"),
    ]

    @Test(arguments: problems)
    func `a bad certificate is named for what it is, and its chain is reported all the same`(
        kind: CertificateFixture.Kind,
        words: String
    ) async throws {
        try await withNginx(certificate: kind) { server in
            let error = try #require(
                await #expect(throws: TransferError.self) {
                    try await client.send(HTTPRequest(url: server.url(), tls: tls))
                }
            )
            #expect(error.cause == .target(.tls))
            #expect(error.message.contains(words), "\(error.message)")
            let chain = try #require(error.certificates)
            #expect(!chain.isTrusted)
            #expect(try #require(chain.certificates.first).subject.contains(kind.rawValue))
            #expect(error.timings.connect != nil)
        }
    }

    @Test func `the chain of an expired certificate tells when it expired`() async throws {
        try await withNginx(certificate: .expired) { server in
            let error = await #expect(throws: TransferError.self) {
                try await client.send(HTTPRequest(url: server.url(), tls: tls))
            }
            // 2021-02-03T04:05:06Z, as the fixture has it.
            #expect(error?.certificates?.earliestExpiry == Timestamp(seconds: 1_612_325_106))
        }
    }

    @Test(arguments: CertificateFixture.Kind.allCases)
    func `without verification each is accepted, and said to be untrusted if it is`(
        kind: CertificateFixture.Kind
    ) async throws {
        try await withNginx(certificate: kind) { server in
            let options = TLSOptions(verifies: false, authorityFile: fixture.authorityFile)
            let response = try await client.send(HTTPRequest(url: server.url(), tls: options))
            let isGood = kind == .good || kind == .expiringSoon
            #expect(response.statusCode == 200)
            #expect(try #require(response.certificates).isTrusted == isGood)
        }
    }

    @Test func `our authority is not trusted unless it is named`() async throws {
        try await withNginx(certificate: .good) { server in
            let error = await #expect(throws: TransferError.self) {
                try await client.send(HTTPRequest(url: server.url()))
            }
            #expect(error?.cause == .target(.tls))
            #expect(error?.message.contains("unknown authority") == true)
        }
    }

    @Test func `a server that does not speak TLS fails the handshake`() async throws {
        try await withNginx { server in
            let url = server.url().replacing("http://", with: "https://")
            let error = await #expect(throws: TransferError.self) {
                try await client.send(HTTPRequest(url: url))
            }
            #expect(error?.cause == .target(.tls))
            #expect(error?.certificates == nil)
        }
    }

    @Test func `a server that is silent in the handshake times out there`() async throws {
        try await withLoopbackServer {
            try $0.hang()
        } _: { server in
            let url = server.url(scheme: "https")
            let error = await #expect(throws: TransferError.self) {
                try await client.send(HTTPRequest(url: url, timeout: .milliseconds(150)))
            }
            #expect(error?.cause == .target(.timeout))
            #expect(error?.message == "no answer within 150 ms (connected, in the TLS handshake)")
        }
    }

    @Test func `HTTP 2 is spoken where the server offers it`() async throws {
        try await withNginx(certificate: .good) { server in
            let response = try await client.send(HTTPRequest(url: server.url(), tls: tls))
            #expect(response.version == "HTTP/2")
        }
    }

    @Test func `a plain answer of nginx is read like any other`() async throws {
        try await withNginx(
            "location / { gzip on; gzip_types *; return 200 'hello'; } location /x { return 404; }"
        ) { server in
            let found = try await client.send(HTTPRequest(url: server.url()))
            #expect(found.body == Array("hello".utf8))
            #expect(found.headers.first(named: "Content-Encoding") == nil)
            let missing = try await client.send(HTTPRequest(url: server.url("/x"), method: "HEAD"))
            #expect(missing.statusCode == 404)
            #expect(missing.body.isEmpty)
        }
    }
}
