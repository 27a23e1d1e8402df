import LookoutHTTP
import LookoutModel
import LookoutTestSupport
import Testing

/// Connections for protocols of our own.
@Suite struct `Byte streams` {
    let client: HTTPClient

    init() throws {
        client = try HTTPClient()
    }

    private static let echo: LoopbackScript = { connection in
        while true { try connection.send(connection.read()) }
    }

    private func receive(_ count: Int, from stream: any ByteStream) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let more = try await stream.receive(timeout: .seconds(10))
            guard !more.isEmpty else { break }
            bytes += more
        }
        return bytes
    }

    @Test func `bytes go both ways over plain TCP`() async throws {
        try await withLoopbackServer(Self.echo) { server in
            let stream = try await client.connect(ConnectionRequest(url: server.url()))
            #expect(stream.certificates == nil)
            #expect(stream.timings.connect != nil)
            #expect(stream.timings.tls == nil)
            #expect(stream.timings.firstByte == nil)
            for message in ["hello", "again"] {
                try await stream.send(Array(message.utf8), timeout: .seconds(10))
                #expect(try await receive(5, from: stream) == Array(message.utf8))
            }
            await stream.close()
        }
    }

    @Test func `a megabyte goes both ways at once`() async throws {
        try await withLoopbackServer(Self.echo) { server in
            let stream = try await client.connect(ConnectionRequest(url: server.url()))
            let message = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            async let sending: Void = stream.send(message, timeout: .seconds(20))
            let echoed = try await receive(message.count, from: stream)
            try await sending
            #expect(echoed == message)
        }
    }

    @Test(.enabled(if: NginxServer.isAvailable, "nginx and openssl are needed"))
    func `bytes go both ways over TLS`() async throws {
        let fixture = try #require(CertificateFixture.shared)
        try await withLoopbackServer { connection in
            try connection.readRequest()
            try connection.send("HTTP/1.1 101 Switching\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n")
            try Self.echo(connection)
        } _: { inner in
            let directives = """
                location / {
                    proxy_pass \(inner.url()); proxy_http_version 1.1;
                    proxy_set_header Upgrade echo; proxy_set_header Connection Upgrade;
                }
                """
            try await withNginx(certificate: .good, directives) { server in
                let tls = TLSOptions(authorityFile: fixture.authorityFile)
                let stream = try await client.connect(ConnectionRequest(url: server.url(), tls: tls))
                #expect(stream.certificates?.isTrusted == true)
                #expect(try #require(stream.timings.tls) > .zero)
                let head = "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n"
                try await stream.send(Array(head.utf8), timeout: .seconds(10))
                let answer = try await stream.receive(timeout: .seconds(10))
                #expect(answer.starts(with: "HTTP/1.1 101".utf8))
                let message = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
                async let sending: Void = stream.send(message, timeout: .seconds(20))
                #expect(try await receive(message.count, from: stream) == message)
                try await sending
                await stream.close()
            }
        }
    }

    @Test(.enabled(if: NginxServer.isAvailable, "nginx and openssl are needed"))
    func `a bad certificate fails the connection and is reported`() async throws {
        try await withNginx(certificate: .selfSigned) { server in
            let error = await #expect(throws: TransferError.self) {
                try await client.connect(ConnectionRequest(url: server.url()))
            }
            #expect(error?.cause == .target(.tls))
            #expect(error?.certificates?.certificates.isEmpty == false)
        }
    }

    @Test func `a closed port is a failure to connect`() async throws {
        let error = await #expect(throws: TransferError.self) {
            try await client.connect(ConnectionRequest(url: closedLoopbackURL()))
        }
        #expect(error?.cause == .target(.connect))
    }

    @Test func `a silent peer times out, and may speak afterwards`() async throws {
        let gate = Gate(opensAt: 2)
        try await withLoopbackServer { connection in
            gate.pass()
            try connection.send("late")
            try connection.hang()
        } _: { server in
            let stream = try await client.connect(ConnectionRequest(url: server.url()))
            let error = await #expect(throws: TransferError.self) {
                try await stream.receive(timeout: .milliseconds(50))
            }
            #expect(error?.cause == .target(.timeout))
            gate.pass()
            #expect(try await receive(4, from: stream) == Array("late".utf8))
        }
    }

    @Test func `bytes sent before anyone asks are kept`() async throws {
        try await withLoopbackServer {
            try $0.send("banner")
        } _: { server in
            let stream = try await client.connect(ConnectionRequest(url: server.url()))
            #expect(try await receive(6, from: stream) == Array("banner".utf8))
            #expect(try await stream.receive(timeout: .seconds(10)).isEmpty)
        }
    }

    @Test func `the end of the stream is empty, again and again`() async throws {
        try await withLoopbackServer { _ in
        } _: { server in
            let stream = try await client.connect(ConnectionRequest(url: server.url()))
            for _ in 1...3 {
                #expect(try await stream.receive(timeout: .seconds(10)).isEmpty)
            }
        }
    }

    @Test func `a reset is a failure to connect`() async throws {
        try await withLoopbackServer {
            _ = try $0.read()
            $0.reset()
        } _: { server in
            let stream = try await client.connect(ConnectionRequest(url: server.url()))
            try await stream.send([1], timeout: .seconds(10))
            for _ in 1...2 {
                let error = await #expect(throws: TransferError.self) {
                    try await stream.receive(timeout: .seconds(10))
                }
                #expect(error?.cause == .target(.connect))
            }
            let sending = await #expect(throws: TransferError.self) {
                try await stream.send([1], timeout: .seconds(10))
            }
            #expect(sending?.cause == .target(.connect))
        }
    }

    @Test func `a peer that reads nothing lets sending time out, and that ends the stream`() async throws {
        try await withLoopbackServer {
            try $0.stall()
        } _: { server in
            let stream = try await client.connect(ConnectionRequest(url: server.url()))
            let much = [UInt8](repeating: 7, count: 20_000_000)
            let first = await #expect(throws: TransferError.self) {
                try await stream.send(much, timeout: .milliseconds(100))
            }
            #expect(first?.cause == .target(.timeout))
            let second = await #expect(throws: TransferError.self) {
                try await stream.send([1], timeout: .seconds(10))
            }
            #expect(second?.cause == .target(.closed))
        }
    }

    @Test func `closing is final, and twice is once`() async throws {
        try await withLoopbackServer {
            try $0.hang()
        } _: { server in
            let stream = try await client.connect(ConnectionRequest(url: server.url()))
            await stream.close()
            await stream.close()
            await #expect(throws: TransferError.self) { try await stream.receive(timeout: .seconds(10)) }
            await #expect(throws: TransferError.self) { try await stream.send([1], timeout: .seconds(10)) }
        }
    }

    @Test func `cancelling ends the wait, and the stream goes on`() async throws {
        try await withLoopbackServer(Self.echo) { server in
            let stream = try await client.connect(ConnectionRequest(url: server.url()))
            let task = Task { try await stream.receive(timeout: .seconds(600)) }
            task.cancel()
            let error = await #expect(throws: TransferError.self) { try await task.value }
            #expect(error?.cause == .cancelled)
            try await stream.send([1, 2], timeout: .seconds(10))
            #expect(try await receive(2, from: stream) == [1, 2])
        }
    }

    @Test func `dropping the stream closes it`() async throws {
        let gate = Gate(opensAt: 2)
        try await withLoopbackServer { connection in
            defer { gate.pass() }
            try connection.hang()
        } _: { server in
            do { _ = try await client.connect(ConnectionRequest(url: server.url())) }
            gate.pass()
        }
    }
}
