import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutProbes

@Suite struct WebSocketCodecTests {
    @Test(arguments: [
        ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
        ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        (String(repeating: "a", count: 55), "c1c8bbdc22796e28c0e15163d20899b65621d65a"),
        (String(repeating: "a", count: 56), "c2db330f6083854c99d4b5bfb6e8f29f201be699"),
        (String(repeating: "a", count: 64), "0098ba824b5c16427bd7a1122a5a442a25ec644d"),
    ])
    func `SHA-1 gives the known digests`(text: String, digest: String) {
        let hex = SHA1.digest(Array(text.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        #expect(hex == digest)
    }

    @Test func `the accept value is the one of RFC 6455`() throws {
        let url = try #require(WebURL("ws://server.example/chat"))
        let handshake = WebSocketHandshake(url: url, nonce: Array("the sample nonce".utf8))
        #expect(handshake.key == "dGhlIHNhbXBsZSBub25jZQ==")
        #expect(handshake.expectedAccept == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
    }

    @Test(arguments: [0, 1, 125, 126, 65_535, 65_536])
    func `a frame of any length is masked and read back`(count: Int) throws {
        let payload = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let bytes = WebSocketFrame(opcode: .binary, payload: payload).encoded(maskingKey: 0x0102_0304)
        #expect(bytes[1] & 0x80 != 0)
        var decoder = WebSocketFrameDecoder(maximumPayload: 1 << 20)
        decoder.append(unmasked(bytes))
        #expect(try decoder.next() == WebSocketFrame(opcode: .binary, payload: payload))
        #expect(try decoder.next() == nil)
    }

    @Test func `frames come out the same however the bytes are cut`() throws {
        let frames = [
            WebSocketFrame(opcode: .text, isFinal: false, payload: Array("hel".utf8)),
            WebSocketFrame(opcode: .ping, payload: [1, 2]),
            WebSocketFrame(opcode: .continuation, payload: Array("lo".utf8)),
            WebSocketFrame(opcode: .binary, payload: [UInt8](repeating: 7, count: 300)),
        ]
        let bytes = frames.flatMap { unmasked($0.encoded(maskingKey: 0)) }
        for size in [1, 2, 3, 7, 100, 1000] {
            var decoder = WebSocketFrameDecoder(maximumPayload: 1000)
            var seen: [WebSocketFrame] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                decoder.append(Array(bytes[start..<min(start + size, bytes.count)]))
                while let frame = try decoder.next() { seen.append(frame) }
            }
            #expect(seen == frames)
        }
    }

    @Test(
        arguments: [
            ([0x83, 0x00], .badOpcode), ([0x8B, 0x00], .badOpcode), ([0xC1, 0x00], .reservedBits),
            ([0x81, 0x80], .maskedFrame), ([0x09, 0x00], .invalidFrameHeader),
            ([0x89, 126, 0, 126], .invalidFrameHeader),
            ([0x82, 126, 0, 125], .invalidFrameHeader),
            ([0x82, 127, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF], .invalidFrameHeader),
            ([0x82, 127, 0x80, 0, 0, 0, 0, 0, 0, 0], .invalidFrameHeader),
            ([0x82, 126, 0x04, 0x00], .tooLarge),
        ] as [([UInt8], WebSocketViolation.Code)]
    )
    func `a frame that breaks the RFC fails by its header`(bytes: [UInt8], code: WebSocketViolation.Code) {
        var decoder = WebSocketFrameDecoder(maximumPayload: 1000)
        decoder.append(bytes)
        let error = #expect(throws: WebSocketViolation.self) { try decoder.next() }
        #expect(error?.code == code)
    }

    @Test func `the check of UTF-8 agrees with the standard library`() async {
        let edges: [UInt8] = [
            0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED,
            0xEE,
            0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
        ]
        await checkAll(cases: 20_000) { random in
            let text = random.bytes(upTo: 5, from: edges)
            var check = UTF8Check()
            let isValid = check.append(text) && check.isComplete
            try #require(isValid == (String(validating: text, as: UTF8.self) != nil), "\(text)")
        }
    }

    @Test(
        arguments: [
            ([], 1005, ""), ([0x03, 0xE8], 1000, ""), ([0x0F, 0xA1, 0x6E, 0x6F], 4001, "no"),
        ] as [([UInt8], Int, String)]
    )
    func `a Close frame is read`(payload: [UInt8], code: Int, reason: String) throws {
        #expect(try WebSocketClose(payload: payload) == WebSocketClose(code: code, reason: reason))
    }

    @Test(arguments: [[0x03], [0x03, 0xED], [0x03, 0xEE], [0x03, 0xF7], [0x03, 0xE8, 0xC3]] as [[UInt8]])
    func `a malformed Close frame breaks the RFC`(payload: [UInt8]) {
        #expect(throws: WebSocketViolation.self) { try WebSocketClose(payload: payload) }
    }

    @Test func `a reason of ours is cut to what a Close frame takes`() {
        let payload = WebSocketClose.payload(code: 1000, reason: String(repeating: "\u{E4}", count: 100))
        #expect(payload.count <= 125)
        #expect(String(validating: payload.dropFirst(2), as: UTF8.self) != nil)
    }

    @Test func `no bytes can trap the state`() async throws {
        let handshake = WebSocketHandshake(url: try #require(WebURL("ws://a.example/")), nonce: Array(0..<16))
        let accept =
            "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: upgrade\r\n"
            + "Sec-WebSocket-Accept: \(handshake.expectedAccept)\r\n\r\n"
        await checkAll(cases: 3000) { random in
            var state = WebSocketConnectionState(handshake, maximumMessageLength: 4096, random: random)
            _ = state.receive(Array(accept.utf8))
            try #require(state.isOpen)
            for _ in 0..<20 where !state.isOver {
                let first = UInt8.random(in: 0x80...0x8A, using: &random)
                let payload = random.bytes(upTo: 8, from: Array(0...255))
                _ = state.receive(
                    [random.next() % 4 == 0 ? first & 0x7F : first, UInt8(payload.count)] + payload
                )
            }
            if !state.isOver { try #require(state.receiveEnd(isReset: false).count == 1) }
            try #require(state.isOver)
        }
    }

    private func unmasked(_ bytes: [UInt8]) -> [UInt8] {
        let size = bytes[1] & 0x7F == 126 ? 4 : bytes[1] & 0x7F == 127 ? 10 : 2
        let mask = Array(bytes[size..<(size + 4)])
        let head = [bytes[0], bytes[1] & 0x7F] + bytes[2..<size]
        return head + bytes[(size + 4)...].enumerated().map { $1 ^ mask[$0 % 4] }
    }
}
