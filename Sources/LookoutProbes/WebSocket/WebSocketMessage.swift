/// A whole message that the server sent.
struct WebSocketMessage: Hashable, Sendable {
    enum Kind: String, Hashable, Sendable {
        case text
        case binary
    }

    var kind: Kind
    var payload: [UInt8]

    /// The payload as text; what is not UTF-8 is replaced.
    var text: String { String(decoding: payload, as: UTF8.self) }
}

/// Puts the fragments of data frames together (RFC 6455 §5.4) and checks texts as they come.
struct WebSocketMessageAssembler: Sendable {
    private let maximumLength: Int
    private var message: WebSocketMessage?
    private var check = UTF8Check()

    init(maximumLength: Int) {
        self.maximumLength = maximumLength
    }

    /// Takes a data frame; the message if it is whole now.
    mutating func append(_ frame: WebSocketFrame) throws(WebSocketViolation) -> WebSocketMessage? {
        var current = try begin(frame)
        guard current.payload.count + frame.payload.count <= maximumLength else {
            throw WebSocketViolation(.tooLarge, "a message longer than \(maximumLength) bytes")
        }
        if current.kind == .text {
            guard check.append(frame.payload), !frame.isFinal || check.isComplete else {
                throw WebSocketViolation(.invalidUTF8, "a text that is not UTF-8")
            }
        }
        current.payload += frame.payload
        message = frame.isFinal ? nil : current
        return frame.isFinal ? current : nil
    }

    private mutating func begin(_ frame: WebSocketFrame) throws(WebSocketViolation) -> WebSocketMessage {
        if frame.opcode == .continuation {
            guard let current = message else {
                throw WebSocketViolation(.unexpectedContinuation, "a continuation without a message")
            }
            return current
        }
        guard message == nil else {
            throw WebSocketViolation(.unfinishedMessage, "a new message before the last one was finished")
        }
        check = UTF8Check()
        return WebSocketMessage(kind: frame.opcode == .text ? .text : .binary, payload: [])
    }
}
