import LookoutHTTP
import LookoutProbes

/// The server's side of one chat socket: bytes of the client in, bytes for the client out (RFC 6455).
struct VirtualChat {
    /// What happens to the connection.
    enum Output: Equatable {
        case bytes([UInt8])
        case end
    }

    private enum Phase {
        case handshake
        case open(DemoChat)
        case over
    }

    private let site: any DemoSite
    private var phase = Phase.handshake
    private var unread: [UInt8] = []

    init(site: any DemoSite) {
        self.site = site
    }

    /// Takes what the client sent; what the server answers to it.
    mutating func take(_ bytes: [UInt8]) async -> [Output] {
        unread += bytes
        if case .handshake = phase { return await shakeHands() }
        var outputs: [Output] = []
        while case .open(let manner) = phase, let frame = nextFrame() {
            outputs += answer(frame, manner)
        }
        return outputs
    }

    private mutating func shakeHands() async -> [Output] {
        guard let request = takeRequest() else { return [] }
        guard let key = request.header("sec-websocket-key"), let manner = site.chat(for: request) else {
            phase = .over
            return [.bytes(Self.head(await site.reply(to: request).status, [])), .end]
        }
        if case .refuses(let status) = manner {
            phase = .over
            return [.bytes(Self.head(status, [])), .end]
        }
        phase = .open(manner)
        let accepted = Self.head(
            101,
            [
                "upgrade: websocket", "connection: upgrade",
                "sec-websocket-accept: \(WebSocketAccept.value(for: key))",
            ]
        )
        guard case .closes(let code, let reason) = manner else { return [.bytes(accepted)] }
        let words = [UInt8(code >> 8), UInt8(code & 0xFF)] + Array(reason.utf8)
        return [.bytes(accepted), .bytes(Self.frame(8, words))]
    }

    private mutating func answer(_ frame: Frame, _ manner: DemoChat) -> [Output] {
        switch (manner, frame.opcode) {
        case (.closes, 8), (.talks, 8):
            phase = .over
            let echo: [Output] =
                if case .talks = manner { [.bytes(Self.frame(8, frame.payload))] } else { [] }
            return echo + [.end]
        case (.talks, 9): return [.bytes(Self.frame(10, frame.payload))]
        case (.talks, 1):
            return [.bytes(Self.frame(1, Array(#"{"type":"reply","text":"Hello from PAM"}"#.utf8)))]
        default: return []
        }
    }

    private mutating func takeRequest() -> DemoRequest? {
        let end = Array("\r\n\r\n".utf8)
        guard let length = unread.indices.first(where: { unread[$0...].starts(with: end) }) else {
            return nil
        }
        let head = String(decoding: unread[..<length], as: UTF8.self)
        unread.removeFirst(length + end.count)
        let lines = head.split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count == 3 else { return nil }
        let headers = lines.dropFirst().compactMap { line -> (name: String, value: String)? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            return (String(line[..<colon]), String(value))
        }
        return DemoRequest(method: String(words[0]), target: String(words[1]), headers: headers)
    }

    private static func head(_ status: Int, _ lines: [String]) -> [UInt8] {
        let lengths = status == 101 ? [] : ["content-length: 0", "connection: close"]
        let head = ["HTTP/1.1 \(status) Demo"] + lines + lengths + ["", ""]
        return Array(head.joined(separator: "\r\n").utf8)
    }
}

extension VirtualChat {
    fileprivate struct Frame {
        let opcode: UInt8
        let payload: [UInt8]
    }

    /// The next whole frame of the client, unmasked; nil until it is there.
    fileprivate mutating func nextFrame() -> Frame? {
        guard unread.count >= 2 else { return nil }
        var length = Int(unread[1] & 0x7F)
        var start = 2
        let extra = length == 126 ? 2 : length == 127 ? 8 : 0
        guard unread.count >= start + extra + 4 else { return nil }
        if extra > 0 { length = unread[2..<(2 + extra)].reduce(0) { $0 << 8 | Int($1) } }
        start += extra
        let key = Array(unread[start..<(start + 4)])
        start += 4
        guard length <= 1 << 20, unread.count >= start + length else { return nil }
        let payload = unread[start..<(start + length)].enumerated().map { $0.element ^ key[$0.offset % 4] }
        let opcode = unread[0] & 0x0F
        unread.removeFirst(start + length)
        return Frame(opcode: opcode, payload: payload)
    }

    /// A whole frame of the server, which does not mask.
    fileprivate static func frame(_ opcode: UInt8, _ payload: [UInt8]) -> [UInt8] {
        let head: [UInt8] =
            payload.count < 126
            ? [UInt8(payload.count)] : [126, UInt8(payload.count >> 8 & 0xFF), UInt8(payload.count & 0xFF)]
        return [0x80 | opcode] + head + payload
    }
}
