/// One WebSocket frame (RFC 6455 §5.2).
struct WebSocketFrame: Hashable, Sendable {
    /// The opcodes that are defined.
    enum Opcode: UInt8, Hashable, Sendable {
        case continuation = 0x0
        case text = 0x1
        case binary = 0x2
        case close = 0x8
        case ping = 0x9
        case pong = 0xA

        /// Control frames are short, whole, and may come between the fragments of a message.
        var isControl: Bool { rawValue >= 0x8 }
    }

    var opcode: Opcode
    var isFinal = true
    var payload: [UInt8]

    /// The longest payload of a control frame.
    static let maximumControlPayload = 125

    /// The frame as a client sends it: masked (§5.3), the length in as few bytes as possible.
    func encoded(maskingKey: UInt32) -> [UInt8] {
        var bytes: [UInt8] = [(isFinal ? 0x80 : 0) | opcode.rawValue]
        switch payload.count {
        case ...125: bytes.append(0x80 | UInt8(payload.count))
        case ...0xFFFF:
            bytes.append(0x80 | 126)
            bytes += WebSocketFrame.bigEndian(UInt16(payload.count))
        default:
            bytes.append(0x80 | 127)
            bytes += WebSocketFrame.bigEndian(UInt64(payload.count))
        }
        let mask = WebSocketFrame.bigEndian(maskingKey)
        bytes += mask
        bytes.reserveCapacity(bytes.count + payload.count)
        for (index, byte) in payload.enumerated() { bytes.append(byte ^ mask[index % 4]) }
        return bytes
    }

    private static func bigEndian(_ value: some FixedWidthInteger & UnsignedInteger) -> [UInt8] {
        withUnsafeBytes(of: value.bigEndian) { Array($0) }
    }
}
