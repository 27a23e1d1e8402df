import Foundation
import LookoutHTTP
import LookoutModel

@testable import LookoutProbes

/// The scripted server and the page, in lockstep without time.
struct WebSocketScriptPlayer {
    var replay = RecordedWebSocketCase.Replay()
    private let client: JSONValue
    private let handshake: WebSocketHandshake
    private var state: WebSocketConnectionState
    private var unread = 0
    private var isCloseSent = false

    init(client: JSONValue) {
        self.client = client
        let url = client["url"]?.string?.replacing("{{target}}", with: "ws://127.0.0.1:28110") ?? ""
        handshake = WebSocketHandshake(
            url: WebURL(url) ?? WebURL(scheme: "ws"),
            nonce: Array(0..<16),
            protocols: (client["protocols"]?.array ?? []).compactMap(\.string)
        )
        state = WebSocketConnectionState(handshake, maximumMessageLength: 64 << 20)
    }

    mutating func play(_ steps: [JSONValue]) {
        var time = 0
        let limit = client["timeout_ms"]?.int ?? 5000
        for step in steps {
            switch step["do"]?.string {
            case "send": feed(bytes(of: step), chunk: step["chunk_bytes"]?.int)
            case "delay": time += step["ms"]?.int ?? 0
            case "wait" where frames(step["for"]?.string).isEmpty: time += step["timeout_ms"]?.int ?? 4000
            case "echo": echo()
            case "echo_close": echoClose()
            case "hang":
                time += step["ms"]?.int ?? 0
                if isCloseSent, time >= 60_000 { handle(state.abandon()) }
            case "fin", "reset":
                if time < limit { handle(state.receiveEnd(isReset: step["do"]?.string == "reset")) }
                return
            default: break
            }
            if time >= limit { return }
        }
        handle(state.receiveEnd(isReset: false))
    }

    private mutating func feed(_ bytes: [UInt8], chunk: Int?) {
        let size = chunk ?? max(bytes.count, 1)
        for start in stride(from: 0, to: bytes.count, by: size) {
            handle(state.receive(Array(bytes[start..<min(start + size, bytes.count)])))
        }
    }

    private mutating func handle(_ effects: [WebSocketConnectionState.Effect]) {
        for effect in effects {
            switch effect {
            case .send(let bytes): replay.sent.append(clientFrame(bytes))
            case .opened(let subprotocol):
                replay.isOpened = true
                replay.subprotocol = subprotocol ?? ""
                for message in client["send"]?.array ?? [] { sendAtOpen(message) }
                closeIfDue()
            case .message(let message):
                if isCloseSent { continue }
                replay.messages.append(message)
                closeIfDue()
            case .closed(let end):
                replay.close = end.close
                replay.isClean = end.isClean
            case .refused, .pong: break
            }
        }
    }

    private mutating func sendAtOpen(_ message: JSONValue) {
        if let text = message["data"]?.string {
            handle(state.send(text))
        } else {
            handle(state.sendBinary(hexBytes(message["hex"]?.string ?? "")))
        }
    }

    private mutating func closeIfDue() {
        guard let close = client[present: "close"], !isCloseSent,
            replay.messages.count >= close["after_messages"]?.int ?? 0
        else { return }
        isCloseSent = true
        let code = close[present: "code"]?.int.map { UInt16($0) }
        handle(state.close(code: code, reason: close["reason"]?.string ?? ""))
    }

    private func frames(_ kind: String?) -> ArraySlice<RecordedWebSocketCase.ClientFrame> {
        let opcodes: Set<UInt8> =
            switch kind {
            case "data": [0, 1, 2]
            case "close": [8]
            case "ping": [9]
            case "pong": [10]
            default: Set(0...15)
            }
        return replay.sent[...].filter { opcodes.contains($0.opcode) }[...]
    }

    private mutating func echo() {
        let data = Array(frames("data"))
        guard unread < data.count else { return }
        let payload = data[unread].payload
        unread += 1
        let count = payload.count
        let length: [UInt8] =
            count < 126
            ? [UInt8(count)]
            : count < 65_536
                ? [126, UInt8(count >> 8), UInt8(count & 0xFF)]
                : [127] + (0..<8).reversed().map { UInt8(truncatingIfNeeded: count >> ($0 * 8)) }
        feed([0x80 | data[unread - 1].opcode] + length + payload, chunk: nil)
    }

    private mutating func echoClose() {
        guard let close = frames("close").first else { return }
        feed([0x88, UInt8(close.payload.count)] + close.payload, chunk: nil)
    }

    private func clientFrame(_ bytes: [UInt8]) -> RecordedWebSocketCase.ClientFrame {
        let size = bytes[1] & 0x7F == 126 ? 4 : bytes[1] & 0x7F == 127 ? 10 : 2
        let mask = bytes[size..<(size + 4)]
        let payload = bytes[(size + 4)...].enumerated().map { $1 ^ mask[mask.startIndex + $0 % 4] }
        return .init(opcode: bytes[0] & 0x0F, isMasked: bytes[1] & 0x80 != 0, payload: payload)
    }

    private func bytes(of step: JSONValue) -> [UInt8] {
        (step["parts"]?.array ?? [step]).flatMap { part -> [UInt8] in
            let repeats = part["repeat"]?.int ?? 1
            return [[UInt8]](repeating: partBytes(part), count: repeats).flatMap(\.self)
        }
    }

    private func partBytes(_ part: JSONValue) -> [UInt8] {
        if let hex = part["hex"]?.string { return hexBytes(hex) }
        if let encoded = part["b64"]?.string { return Data(base64Encoded: encoded).map { Array($0) } ?? [] }
        var text = part["text"]?.string ?? ""
        let accept = handshake.expectedAccept
        let key = handshake.key
        let digest = SHA1.digest(Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8))
        let words = [
            "accept": accept, "key": key, "protocols": handshake.protocols.joined(separator: ", "),
            "accept_lower": accept.lowercased(), "accept_upper": accept.uppercased(),
            "accept_nopad": accept.replacing("=", with: ""),
            "accept_hex": digest.map { String(format: "%02x", $0) }.joined(),
            "accept_reversed": String(accept.reversed()),
            "accept_no_guid": Base64.encoded(SHA1.digest(Array(key.utf8))),
            "accept_other": "ICX+Yqv66kxgM0FcWaLWlFLwTAI=",
        ]
        for (name, word) in words { text = text.replacing("{{\(name)}}", with: word) }
        return text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    }

    private func hexBytes(_ text: String) -> [UInt8] {
        let digits = Array(text)
        return stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(digits[$0..<($0 + 2)]), radix: 16)
        }
    }
}
