import LookoutHTTP
import LookoutModel
import LookoutProbing
import LookoutTestSupport
import Testing

@testable import LookoutProbes

@Suite(.timeLimit(.minutes(3))) struct WebSocketProbeTests {
    /// Runs the probe against a server that accepts the handshake and then follows a script.
    private func run(
        _ settings: [String: JSONValue] = [:],
        timeout: Duration = .seconds(60),
        _ script: @escaping @Sendable (LoopbackWebSocket) throws -> Void
    ) async throws -> ProbeResult {
        try await serve { connection in
            try script(LoopbackWebSocket(accepting: connection))
        } during: { server in
            let url: [String: JSONValue] = ["url": .string(server.url("/chat?room=1", scheme: "ws"))]
            return try await ProbeBench().run(
                WebSocketProbe.self,
                .object(settings.merging(url) { $1 }),
                timeout: timeout
            )
        }
    }

    @Test func `an echo that answers pings and closes is well`() async throws {
        let result = try await run(["send": "hello", "expect_reply": "ell"]) { try $0.echo() }
        #expect(result.outcome == .ok)
        #expect(result.statusCode == 101)
        #expect(result.facts["opened"] == true)
        #expect(result.facts["clean"] == true)
        #expect(result.facts["closed_by_server"] == false)
        #expect(result.facts["close_code"] == 1000)
        #expect(result.facts["messages"] == 1)
        #expect(result.facts["last_messages"] == ["hello"])
        #expect(result.facts["ping_seconds"] != nil)
        #expect(result.timings.firstByte != nil)
    }

    @Test func `a connection that stays open is well without a reply`() async throws {
        let result = try await run(["hold": "20ms"]) { try $0.echo() }
        #expect(result.outcome == .ok)
    }

    @Test func `a hold longer than the run is cut to what fits`() async throws {
        let result = try await run(["hold": "1h"], timeout: .seconds(2)) { try $0.echo() }
        #expect(result.outcome == .ok, "\(result.outcome)")
    }

    @Test func `closed right after accept tells code and reason`() async throws {
        let result = try await run {
            try $0.send(0x8, WebSocketClose.payload(code: 4001, reason: "no token"))
        }
        #expect(result.failureClass == .closed)
        #expect(
            result.outcome.message?.hasPrefix("the connection was closed with 4001 \"no token\" ") == true
        )
        #expect(result.facts["reason_code"] == "close_4001")
        #expect(result.facts["close_code"] == 4001)
        #expect(result.facts["close_reason"] == "no token")
        #expect(result.facts["closed_by_server"] == true)
    }

    @Test func `an expected close code is well, another is not`() async throws {
        let close = { @Sendable (socket: LoopbackWebSocket) in
            try socket.send(0x8, WebSocketClose.payload(code: 4001))
        }
        #expect(try await run(["expect_close": 4001], close).outcome == .ok)
        let other = try await run(["expect_close": 4003], close)
        #expect(other.failureClass == .closed)
        #expect(other.outcome.message?.hasSuffix("expected to be closed with 4003") == true)
    }

    @Test func `a server that accepts and is silent is a timeout`() async throws {
        let result = try await run(timeout: .milliseconds(150)) { try $0.connection.hang() }
        #expect(result.failureClass == .timeout)
        #expect(result.facts["opened"] == true)
        #expect(result.facts["reason_code"] == "timeout")
        #expect(result.outcome.message?.contains("was accepted and the server silent") == true)
    }

    @Test func `a reply that does not come is a timeout that shows what came`() async throws {
        let result = try await run(["expect_reply": "pong", "ping": false], timeout: .milliseconds(150)) {
            socket in
            try socket.send(0x1, Array("welcome".utf8))
            try socket.connection.hang()
        }
        #expect(result.failureClass == .timeout)
        #expect(result.outcome.message?.contains("the last message was \"welcome\"") == true)
    }

    @Test func `a flood of pings ends with the deadline`() async throws {
        let result = try await run(["expect_reply": "never"], timeout: .milliseconds(300)) { socket in
            while true { try socket.send(0x9, [1]) }
        }
        #expect(result.failureClass == .timeout)
    }

    @Test func `a cut connection is closed without a Close frame`() async throws {
        let result = try await run { _ in }
        #expect(result.failureClass == .closed)
        #expect(result.facts["close_code"] == 1006)
        #expect(result.facts["reason_code"] == "connection_lost")
    }

    @Test func `a reset is told as one`() async throws {
        let result = try await run { $0.connection.reset() }
        #expect(result.failureClass == .closed)
        #expect(result.facts["reason_code"] == "closed_by_reset")
    }

    @Test func `a masked frame breaks the protocol`() async throws {
        let result = try await run { socket in
            try socket.connection.send(WebSocketFrame(opcode: .text, payload: [65]).encoded(maskingKey: 7))
            try socket.connection.hang()
        }
        #expect(result.failureClass == .protocolViolation)
        #expect(result.facts["reason_code"] == "masked_frame")
    }

    @Test func `a frame that announces too much fails on its header`() async throws {
        let result = try await run(["message_limit": "1KiB"]) { socket in
            try socket.connection.send([0x82, 127, 0x3F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF])
            try socket.connection.hang()
        }
        #expect(result.failureClass == .size)
    }

    @Test(arguments: [401, 403, 503]) func `a refused handshake is a failure of the status`(
        code: Int
    ) async throws {
        try await serveAnswers { _ in
            LoopbackAnswer(code)
        } during: { server in
            let result = try await ProbeBench().run(
                WebSocketProbe.self,
                ["url": .string(server.url(scheme: "ws")), "origin": "https://shop.example"]
            )
            #expect(result.failureClass == .status)
            #expect(result.statusCode == code)
            #expect(result.facts["opened"] == false)
            #expect(server.requests.first?.header("Origin") == "https://shop.example")
            #expect(server.requests.first?.header("Sec-WebSocket-Version") == "13")
        }
    }

    @Test func `a subprotocol must be chosen`() async throws {
        let result = try await run(["subprotocols": ["chat"]]) { try $0.echo() }
        #expect(result.failureClass == .header)
        #expect(result.facts["reason_code"] == "missing_subprotocol")
    }

    @Test(
        arguments: [
            (["url": "ftp://a.example"], "\"ftp://a.example\" is not a URL that can be asked"),
            (["url": "ws://a.example", "expect_close": 12], "12 is not a close code"),
            (["url": "ws://a.example", "origin": "a.example"], "\"a.example\" is not an origin"),
            (["url": "ws://a.example", "subprotocols": ["a b"]], "\"a b\" is not a subprotocol name"),
        ] as [(JSONValue, String)]
    )
    func `wrong settings are told`(settings: JSONValue, complaint: String) {
        #expect(ProbeBench.complaints(WebSocketProbe.self, settings) == [complaint])
    }
}

/// The server's side of a WebSocket on a loopback connection.
struct LoopbackWebSocket {
    let connection: LoopbackConnection

    init(accepting connection: LoopbackConnection) throws {
        self.connection = connection
        let key = try connection.readRequest().header("Sec-WebSocket-Key") ?? ""
        let digest = SHA1.digest(Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8))
        try connection.send(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: \(Base64.encoded(digest))\r\n\r\n"
        )
    }

    func send(_ opcode: UInt8, _ payload: [UInt8]) throws {
        try connection.send([0x80 | opcode, UInt8(payload.count)] + payload)
    }

    /// Sends messages and Close frames back and answers pings, until the client closes.
    func echo() throws {
        while true {
            let head = try read(2)
            let mask = try read(4)
            let payload = try read(Int(head[1] & 0x7F)).enumerated().map { $1 ^ mask[$0 % 4] }
            let opcode = head[0] & 0x0F
            try send(opcode == 0x9 ? 0xA : opcode, payload)
            if opcode == 0x8 { return }
        }
    }

    private func read(_ count: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count { bytes += try connection.read(atMost: count - bytes.count) }
        return bytes
    }
}
