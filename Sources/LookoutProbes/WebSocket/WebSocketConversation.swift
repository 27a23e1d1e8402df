import LookoutModel

/// The course of one open connection held against the expectations: says when enough was seen.
struct WebSocketConversation: Sendable {
    private let expectations: WebSocketExpectations
    private let openedAt: Duration
    private var messageCount = 0
    /// The beginnings of the last messages; a server that floods must not fill the memory.
    private var lastMessages: [String] = []
    private var pingDuration: Duration?
    private var end: WebSocketEnd?
    /// How long the connection was open; nil while it is.
    private var openDuration: Duration?
    private var isReplyReceived = false

    private static let keptMessages = 4

    /// What the client's ping carries, so that its answer is told from unasked ones.
    static let pingPayload = Array("lookout".utf8)

    /// The conversation of a connection that opened, and was pinged, at a time on the clock of `now`.
    init(_ expectations: WebSocketExpectations, openedAt: Duration) {
        self.expectations = expectations
        self.openedAt = openedAt
    }

    mutating func receive(_ message: WebSocketMessage) {
        messageCount += 1
        if lastMessages.count == WebSocketConversation.keptMessages { lastMessages.removeFirst() }
        lastMessages.append(message.excerpt)
        guard let reply = expectations.reply else { return }
        if BytePattern(reply, ignoringCase: false).isFound(in: message.payload) { isReplyReceived = true }
    }

    mutating func receivePong(_ payload: [UInt8], at now: Duration) {
        guard pingDuration == nil, payload == WebSocketConversation.pingPayload else { return }
        pingDuration = now - openedAt
    }

    mutating func close(_ end: WebSocketEnd, at now: Duration) {
        guard self.end == nil else { return }
        self.end = end
        openDuration = now - openedAt
    }

    /// When to look again although nothing has come; nil if only an event can decide.
    var nextDecision: Duration? {
        let onlyHolds = expectations.closeCode == nil && expectations.reply == nil && !waitsForPong
        return onlyHolds ? openedAt + expectations.hold : nil
    }

    /// What it came to; nil while there is something to wait for.
    func verdict(at now: Duration) -> WebSocketVerdict? {
        if expectations.reply != nil, isReplyReceived, !waitsForPong { return .fine }
        if let end { return verdict(end) }
        guard expectations.closeCode == nil, expectations.reply == nil, !waitsForPong else { return nil }
        return now >= openedAt + expectations.hold ? .fine : nil
    }

    /// What it came to if nothing more comes within the time that was given.
    func verdictAtTimeout(after timeout: Duration) -> WebSocketVerdict {
        let words: String
        if let code = expectations.closeCode {
            words = "the server did not close with \(code)"
        } else if let reply = expectations.reply, !isReplyReceived {
            let seen = lastMessages.last.map { "the last message was \"\($0)\"" } ?? "the server was silent"
            words = "no message with \"\(reply.excerpt)\" came, \(seen)"
        } else if waitsForPong {
            words =
                messageCount == 0
                ? "the connection was accepted and the server silent, its pong is missing"
                : "the ping was not answered"
        } else {
            words = "there was no time to see the connection stay open for \(expectations.hold.seconds)"
        }
        return .failed(.timeout, "\(words) (within \(timeout.seconds))", code: "timeout")
    }

    private var waitsForPong: Bool { expectations.pings && pingDuration == nil }

    private func verdict(_ end: WebSocketEnd) -> WebSocketVerdict {
        if let violation = end.violation {
            return .failed(
                violation.code == .tooLarge ? .size : .protocolViolation,
                "the server broke the WebSocket protocol: \(violation.message)",
                code: violation.code.rawValue
            )
        }
        if end.close.code == expectations.closeCode { return .fine }
        let words =
            end.close == .abnormal
            ? (end.isReset ? "reset" : "cut off without a Close frame") : "closed with \(end.close.words)"
        let expected = expectations.closeCode.map { ", expected to be closed with \($0)" } ?? ""
        return .failed(
            .closed,
            "the connection was \(words) \((openDuration ?? .zero).seconds) after it was accepted\(expected)",
            code: end.close != .abnormal
                ? "close_\(end.close.code)" : end.isReset ? "closed_by_reset" : "connection_lost"
        )
    }

    /// What the probe reports of it.
    var facts: [String: JSONValue] {
        var facts: [String: JSONValue] = [
            "messages": .int(Int64(messageCount)),
            "last_messages": .array(lastMessages.map { .string($0) }),
        ]
        facts["ping_seconds"] = pingDuration.map { .double($0.inSeconds) }
        guard let end else { return facts }
        facts["close_code"] = .int(Int64(end.close.code))
        facts["close_reason"] = .string(end.close.reason)
        facts["closed_by_server"] = .bool(end.isByServer)
        facts["clean"] = .bool(end.isClean)
        facts["open_seconds"] = .double((openDuration ?? .zero).inSeconds)
        return facts
    }

    var findings: [String] {
        guard let end else { return [] }
        var findings: [String] = []
        if !end.close.isDefined, end.close != .abnormal {
            findings.append("RFC 6455 does not define the close code \(end.close.code); browsers take it")
        }
        if !end.isClean, !end.isByServer, end.violation == nil {
            findings.append("the connection did not end with a closing handshake")
        }
        return findings
    }
}

extension WebSocketMessage {
    /// The beginning of a text, or the length of a binary message.
    var excerpt: String {
        kind == .text
            ? String(decoding: payload.prefix(800), as: UTF8.self).excerpt : "(\(payload.count) bytes)"
    }
}
