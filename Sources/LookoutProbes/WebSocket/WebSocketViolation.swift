/// How a server broke RFC 6455: a code, words, and the close code that the client answers with.
struct WebSocketViolation: Error, Hashable, Sendable {
    /// The closed set of violations after the handshake.
    enum Code: String, CaseIterable, Hashable, Sendable {
        case invalidFrameHeader = "invalid_frame_header"
        case invalidUTF8 = "invalid_utf8"
        case badOpcode = "bad_opcode"
        case maskedFrame = "masked_frame"
        case reservedBits = "reserved_bits"
        case unexpectedContinuation = "unexpected_continuation"
        case unfinishedMessage = "unfinished_message"
        case closeReservedCode = "close_reserved_code"
        case closeOneByte = "close_one_byte"
        case closeInvalidUTF8 = "close_invalid_utf8"
        /// Not a breach of the RFC: the message is longer than this client takes.
        case tooLarge = "too_large"
    }

    var code: Code
    /// What the server sent, in one sentence without a full stop.
    var message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The status with which the client fails the connection (§7.4.1).
    var closeCode: UInt16 {
        switch code {
        case .invalidUTF8: 1007
        case .tooLarge: 1009
        default: 1002
        }
    }
}
