/// Cuts a server's bytes into frames and checks each by itself (RFC 6455 §5.2, §5.5).
struct WebSocketFrameDecoder: Sendable {
    /// The longest payload of one frame that is read; a longer one fails on its header.
    private let maximumPayload: Int
    private var buffer: [UInt8] = []
    private var position = 0

    init(maximumPayload: Int) {
        self.maximumPayload = maximumPayload
    }

    /// Whether bytes of a frame have come whose end has not.
    var isMidFrame: Bool { position < buffer.count }

    mutating func append(_ bytes: [UInt8]) {
        if position > 0 {
            buffer.removeFirst(position)
            position = 0
        }
        buffer += bytes
    }

    /// The next whole frame; nil until more bytes have come.
    mutating func next() throws(WebSocketViolation) -> WebSocketFrame? {
        let available = buffer.count - position
        guard available >= 2 else { return nil }
        let first = buffer[position]
        let second = buffer[position + 1]
        let opcode = try WebSocketFrameDecoder.opcode(first, second)
        guard let (length, headerLength) = try payloadLength(second & 0x7F, available: available) else {
            return nil
        }
        if opcode.isControl, length > UInt64(WebSocketFrame.maximumControlPayload) {
            throw WebSocketViolation(
                .invalidFrameHeader,
                "a control frame of \(length) bytes, expected at most 125"
            )
        }
        guard length <= UInt64(maximumPayload) else {
            throw WebSocketViolation(
                .tooLarge,
                "a frame of \(length) bytes, expected at most \(maximumPayload)"
            )
        }
        let count = Int(length)
        guard available >= headerLength + count else { return nil }
        let start = position + headerLength
        position = start + count
        return WebSocketFrame(
            opcode: opcode,
            isFinal: first & 0x80 != 0,
            payload: Array(buffer[start..<position])
        )
    }

    private static func opcode(
        _ first: UInt8,
        _ second: UInt8
    ) throws(WebSocketViolation) -> WebSocketFrame.Opcode {
        guard let opcode = WebSocketFrame.Opcode(rawValue: first & 0x0F) else {
            throw WebSocketViolation(.badOpcode, "the reserved opcode \(first & 0x0F)")
        }
        guard first & 0x70 == 0 else {
            throw WebSocketViolation(.reservedBits, "reserved bits are set though no extension was agreed")
        }
        guard second & 0x80 == 0 else {
            throw WebSocketViolation(.maskedFrame, "a masked frame; only clients mask")
        }
        guard !opcode.isControl || first & 0x80 != 0 else {
            throw WebSocketViolation(.invalidFrameHeader, "a fragmented control frame")
        }
        return opcode
    }

    /// The payload's length and the header's; nil until the header is whole.
    private func payloadLength(
        _ short: UInt8,
        available: Int
    ) throws(WebSocketViolation) -> (length: UInt64, headerLength: Int)? {
        guard short >= 126 else { return (UInt64(short), 2) }
        let size = short == 126 ? 2 : 8
        guard available >= 2 + size else { return nil }
        let length = buffer[(position + 2)..<(position + 2 + size)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let isMinimal = short == 126 ? length > 125 : length > 0xFFFF
        guard isMinimal, length <= UInt64(Int64.max) else {
            throw WebSocketViolation(
                .invalidFrameHeader,
                "a length that is not encoded in as few bytes as possible"
            )
        }
        return (length, 2 + size)
    }
}
