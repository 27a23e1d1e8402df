/// A client's side of one WebSocket connection (RFC 6455), without a socket: bytes and events go
/// in, bytes to send and events for the user come out.
struct WebSocketConnectionState: Sendable {
    /// What the owner of the socket must do or may learn.
    enum Effect: Hashable, Sendable {
        case send([UInt8])
        /// The handshake succeeded; the subprotocol, if any.
        case opened(subprotocol: String?)
        /// The handshake failed; nothing follows.
        case refused(WebSocketRefusal)
        case message(WebSocketMessage)
        case pong([UInt8])
        /// The connection is over; nothing follows.
        case closed(WebSocketEnd)
    }

    private enum Phase: Hashable {
        case connecting
        case open
        /// Our Close frame is out, the server's has not come.
        case closing
        case over
    }

    private let handshake: WebSocketHandshake
    private var phase = Phase.connecting
    private var headReader = HTTPResponseHeadReader()
    private var decoder: WebSocketFrameDecoder
    private var assembler: WebSocketMessageAssembler
    private var random: any RandomNumberGenerator & Sendable
    /// The answer to the handshake, once it has come.
    private(set) var head: HTTPResponseHead?

    init(
        _ handshake: WebSocketHandshake,
        maximumMessageLength: Int,
        random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()
    ) {
        self.handshake = handshake
        self.random = random
        decoder = WebSocketFrameDecoder(maximumPayload: maximumMessageLength)
        assembler = WebSocketMessageAssembler(maximumLength: maximumMessageLength)
    }

    var isOver: Bool { phase == .over }
    var isOpen: Bool { phase == .open }

    /// The bytes that open the conversation.
    var request: [UInt8] { handshake.request }

    /// Takes bytes of the server.
    mutating func receive(_ bytes: [UInt8]) -> [Effect] {
        guard phase != .over else { return [] }
        guard phase == .connecting else {
            decoder.append(bytes)
            return readFrames()
        }
        switch headReader.append(bytes) {
        case .needsMore: return []
        case .invalid(let words): return refuse(WebSocketRefusal(.handshakeNetworkError, words))
        case .head(let head, let rest):
            // HTTP lets interim answers come first (RFC 9110 §15.2); browsers take them for the answer.
            self.head = head
            return open(head, rest: rest)
        }
    }

    /// Takes the end of the server's stream: FIN, or a reset.
    mutating func receiveEnd(isReset: Bool) -> [Effect] {
        switch phase {
        case .over: return []
        case .connecting:
            let code: WebSocketRefusal.Code =
                isReset || !headReader.isEmpty ? .handshakeNetworkError : .handshakeClosed
            return refuse(
                WebSocketRefusal(
                    code,
                    "the server \(isReset ? "reset" : "closed") the connection during the handshake"
                )
            )
        case .open, .closing:
            return end(
                WebSocketEnd(close: .abnormal, isClean: false, isByServer: phase == .open, isReset: isReset)
            )
        }
    }

    /// Gives up waiting for the server's Close frame.
    mutating func abandon() -> [Effect] {
        phase == .over ? [] : end(WebSocketEnd(close: .abnormal, isClean: false))
    }

    mutating func send(_ text: String) -> [Effect] {
        phase == .open ? [frame(.text, Array(text.utf8))] : []
    }

    mutating func sendBinary(_ payload: [UInt8]) -> [Effect] {
        phase == .open ? [frame(.binary, payload)] : []
    }

    mutating func ping(_ payload: [UInt8]) -> [Effect] {
        phase == .open ? [frame(.ping, Array(payload.prefix(WebSocketFrame.maximumControlPayload)))] : []
    }

    /// Begins the closing handshake; without a code the frame is empty.
    mutating func close(code: UInt16? = 1000, reason: String = "") -> [Effect] {
        guard phase == .open else { return [] }
        phase = .closing
        return [frame(.close, code.map { WebSocketClose.payload(code: $0, reason: reason) } ?? [])]
    }

    private mutating func open(_ head: HTTPResponseHead, rest: [UInt8]) -> [Effect] {
        do {
            let subprotocol = try handshake.judge(head)
            phase = .open
            decoder.append(rest)
            return [.opened(subprotocol: subprotocol)] + readFrames()
        } catch {
            return refuse(error)
        }
    }

    private mutating func readFrames() -> [Effect] {
        var effects: [Effect] = []
        do {
            while phase != .over, let frame = try decoder.next() {
                effects += try handle(frame)
            }
        } catch {
            if phase == .open {
                effects.append(
                    frame(.close, WebSocketClose.payload(code: error.closeCode, reason: error.message))
                )
            }
            effects += end(WebSocketEnd(close: .abnormal, isClean: false, isByServer: true, violation: error))
        }
        return effects
    }

    private mutating func handle(_ frame: WebSocketFrame) throws(WebSocketViolation) -> [Effect] {
        switch frame.opcode {
        case .text, .binary, .continuation:
            guard let message = try assembler.append(frame), phase == .open else { return [] }
            return [.message(message)]
        case .ping:
            return phase == .open ? [self.frame(.pong, frame.payload)] : []
        case .pong:
            return [.pong(frame.payload)]
        case .close:
            let close = try WebSocketClose(payload: frame.payload)
            let answer = phase == .open ? [self.frame(.close, frame.payload)] : []
            return answer + end(WebSocketEnd(close: close, isClean: true, isByServer: phase == .open))
        }
    }

    private mutating func frame(_ opcode: WebSocketFrame.Opcode, _ payload: [UInt8]) -> Effect {
        .send(WebSocketFrame(opcode: opcode, payload: payload).encoded(maskingKey: random.next()))
    }

    private mutating func refuse(_ refusal: WebSocketRefusal) -> [Effect] {
        phase = .over
        return [.refused(refusal)]
    }

    private mutating func end(_ end: WebSocketEnd) -> [Effect] {
        phase = .over
        return [.closed(end)]
    }
}

/// How an open connection ended.
struct WebSocketEnd: Hashable, Sendable {
    /// The server's Close frame, or `abnormal` if none came.
    var close: WebSocketClose
    /// Whether both sides sent a Close frame (RFC 6455 §7.1.4).
    var isClean: Bool
    /// Whether it was the server's doing: its Close frame came first, or it left or broke the protocol.
    var isByServer = false
    var isReset = false
    /// How the server broke the protocol, if that ended it.
    var violation: WebSocketViolation?
}
