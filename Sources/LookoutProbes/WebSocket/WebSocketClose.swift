/// What a Close frame says (RFC 6455 §5.5.1, §7.4).
struct WebSocketClose: Hashable, Sendable {
    /// 1005 where the frame has none, 1006 where no frame came.
    var code: Int
    var reason = ""

    /// Closed by a frame without a code.
    static let withoutCode = WebSocketClose(code: 1005)
    /// Ended without a Close frame.
    static let abnormal = WebSocketClose(code: 1006)

    init(code: Int, reason: String = "") {
        self.code = code
        self.reason = reason
    }

    /// Reads a Close frame's payload.
    init(payload: [UInt8]) throws(WebSocketViolation) {
        guard payload.count != 1 else {
            throw WebSocketViolation(.closeOneByte, "a Close frame of one byte")
        }
        guard payload.count >= 2 else {
            self = .withoutCode
            return
        }
        let code = Int(payload[0]) << 8 | Int(payload[1])
        guard ![1005, 1006, 1015].contains(code) else {
            throw WebSocketViolation(.closeReservedCode, "a Close frame with the reserved code \(code)")
        }
        var check = UTF8Check()
        guard check.append(payload.dropFirst(2)), check.isComplete else {
            throw WebSocketViolation(.closeInvalidUTF8, "a Close frame whose reason is not UTF-8")
        }
        self.init(code: code, reason: String(decoding: payload.dropFirst(2), as: UTF8.self))
    }

    /// The payload of a Close frame of ours, the reason cut to what fits.
    static func payload(code: UInt16, reason: String = "") -> [UInt8] {
        var text: [UInt8] = []
        for character in reason {
            guard text.count + character.utf8.count <= WebSocketFrame.maximumControlPayload - 2 else { break }
            text += character.utf8
        }
        return [UInt8(code >> 8), UInt8(code & 0xFF)] + text
    }

    /// Whether the RFC lets a server send the code; browsers are laxer.
    var isDefined: Bool {
        switch code {
        case 1000...1003, 1005...1014, 3000...4999: true
        default: false
        }
    }

    /// Code, name where it has one, and reason, for messages: `1011 (internal error) "oops"`.
    var words: String {
        let name = WebSocketClose.names[code].map { " (\($0))" } ?? ""
        return "\(code)\(name)" + (reason.isEmpty ? "" : " \"\(reason.excerpt)\"")
    }

    private static let names = [
        1000: "normal", 1001: "going away", 1002: "protocol error", 1003: "unsupported data",
        1005: "no code", 1006: "no Close frame", 1007: "invalid data", 1008: "policy violation",
        1009: "message too big", 1010: "extension expected", 1011: "internal error",
        1012: "service restart", 1013: "try again later", 1014: "bad gateway",
    ]
}
