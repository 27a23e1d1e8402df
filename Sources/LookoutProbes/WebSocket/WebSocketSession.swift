import LookoutHTTP
import LookoutModel

/// One WebSocket connection over a byte stream, from the handshake to the closing handshake.
///
/// It only carries bytes and events between the stream and the two states that decide. Every wait
/// ends with the run's deadline.
struct WebSocketSession {
    private let stream: any ByteStream
    private let deadline: RunDeadline
    private let expectations: WebSocketExpectations
    private var state: WebSocketConnectionState
    private(set) var conversation: WebSocketConversation?
    private(set) var refusal: WebSocketRefusal?
    private(set) var subprotocol: String?
    /// From the request to the answer.
    private(set) var answerDuration: Duration?

    /// How long the server may take to answer our Close frame.
    private static let closeLimit = Duration.seconds(2)

    init(
        _ stream: any ByteStream,
        _ state: WebSocketConnectionState,
        _ expectations: WebSocketExpectations,
        _ deadline: RunDeadline
    ) {
        self.stream = stream
        self.state = state
        self.expectations = expectations
        self.deadline = deadline
    }

    /// The answer to the handshake, if one came.
    var head: HTTPResponseHead? { state.head }

    /// Runs the connection until enough was seen or time is up.
    ///
    /// Throws only what is not the target's doing: a cancelled task, an error of our own side. The
    /// timeout is the run's, for messages.
    mutating func run(timeout: Duration) async throws(TransferError) -> WebSocketVerdict {
        let start = deadline.elapsed
        try await perform([.send(state.request)])
        while true {
            if let refusal {
                return .failed(refusal.failureClass, refusal.message, code: refusal.code.rawValue)
            }
            if let verdict = conversation?.verdict(at: deadline.elapsed) { return verdict }
            let isTimeLeft = try await receive(until: conversation?.nextDecision)
            if answerDuration == nil, state.head != nil { answerDuration = deadline.elapsed - start }
            if !isTimeLeft { return verdictAtTimeout(timeout) }
        }
    }

    /// Ends an open connection with the closing handshake, as long as there is time for it.
    mutating func close() async {
        let limit = deadline.elapsed + WebSocketSession.closeLimit
        do throws(TransferError) {
            try await perform(state.close())
            while conversation != nil, !state.isOver, deadline.elapsed < limit {
                guard try await receive(until: limit) else { break }
            }
            try await perform(state.abandon())
        } catch {
            // The verdict stands: only the closing was disturbed.
        }
        await stream.close()
    }

    private func verdictAtTimeout(_ timeout: Duration) -> WebSocketVerdict {
        if let conversation {
            return conversation.verdict(at: deadline.elapsed) ?? conversation.verdictAtTimeout(after: timeout)
        }
        if let refusal {
            return .failed(refusal.failureClass, refusal.message, code: refusal.code.rawValue)
        }
        return .failed(
            .timeout,
            "the handshake was not answered within \(timeout.seconds)",
            code: WebSocketRefusal.Code.handshakeTimeout.rawValue
        )
    }

    /// Waits for bytes until a moment, or the deadline; false once the deadline has passed.
    private mutating func receive(until moment: Duration?) async throws(TransferError) -> Bool {
        let wait = moment.map { max($0 - deadline.elapsed, .milliseconds(1)) } ?? deadline.remaining
        do throws(TransferError) {
            let bytes = try await stream.receive(timeout: deadline.remaining(atMost: wait))
            try await perform(bytes.isEmpty ? state.receiveEnd(isReset: false) : state.receive(bytes))
        } catch {
            switch error.cause {
            case .target(.timeout): break
            case .target(let kind): try await perform(state.receiveEnd(isReset: kind == .connect))
            case .local, .forbidden, .cancelled: throw error
            }
        }
        return !deadline.hasPassed
    }

    private mutating func perform(_ effects: [WebSocketConnectionState.Effect]) async throws(TransferError) {
        for effect in effects {
            let now = deadline.elapsed
            switch effect {
            case .send(let bytes): try await send(bytes)
            case .opened(let subprotocol):
                self.subprotocol = subprotocol
                conversation = WebSocketConversation(expectations, openedAt: now)
                if let message = expectations.message { try await perform(state.send(message)) }
                if expectations.pings { try await perform(state.ping(WebSocketConversation.pingPayload)) }
            case .refused(let refusal): self.refusal = refusal
            case .message(let message): conversation?.receive(message)
            case .pong(let payload): conversation?.receivePong(payload, at: now)
            case .closed(let end): conversation?.close(end, at: now)
            }
        }
    }

    /// Sends; where the target will not take it, receiving tells why.
    private func send(_ bytes: [UInt8]) async throws(TransferError) {
        do throws(TransferError) {
            try await stream.send(bytes, timeout: deadline.remaining)
        } catch {
            if case .target = error.cause { return }
            throw error
        }
    }
}
