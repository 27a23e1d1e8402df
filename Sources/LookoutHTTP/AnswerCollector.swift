import LookoutModel

/// Takes what libcurl delivers of an answer, line by line and piece by piece, and keeps the final
/// answer within the limits of the request.
///
/// Answers that lead to another one (1xx, followed redirects) are forgotten when the next head
/// begins. Trailer fields are not kept.
struct AnswerCollector {
    /// What was larger than it may be.
    enum Excess: Equatable {
        case headers
        case body
    }

    /// How far the current answer has come.
    private enum Part {
        case beforeHead
        case head
        case afterHead
    }

    private(set) var version = ""
    private(set) var headers: [HeaderField] = []
    private(set) var body: [UInt8] = []
    /// Why the transfer had to be ended, if it had to.
    private(set) var excess: Excess?
    /// Whether the head of an answer other than 1xx is complete.
    var hasHead: Bool { part == .afterHead && !isInterim }

    private let maximumHeaderBytes: Int
    private let maximumBodyBytes: Int
    private var headerBytes = 0
    private var part = Part.beforeHead
    private var isInterim = false

    init(maximumHeaderBytes: Int, maximumBodyBytes: Int) {
        self.maximumHeaderBytes = maximumHeaderBytes
        self.maximumBodyBytes = maximumBodyBytes
    }

    /// Takes one line of a head with its line end; false if that was too much.
    mutating func take(headerLine line: UnsafeRawBufferPointer) -> Bool {
        let text = withoutLineEnd(line)
        if part != .head && text.starts(with: "HTTP/".utf8) {
            beginHead(statusLine: text)
        }
        headerBytes += line.count
        guard headerBytes <= maximumHeaderBytes else {
            excess = .headers
            return false
        }
        guard part == .head else { return true }
        if text.isEmpty {
            part = .afterHead
        } else if let first = text.first, HeaderText.isBlank(first) {
            continueLastField(with: text)
        } else if !text.starts(with: "HTTP/".utf8) {
            headers.append(HeaderText.field(UnsafeRawBufferPointer(rebasing: text)))
        }
        return true
    }

    /// Takes a piece of the body, as much of it as may be; false if that was too much.
    mutating func take(body bytes: UnsafeRawBufferPointer) -> Bool {
        let room = maximumBodyBytes - body.count
        body.append(contentsOf: bytes.prefix(room))
        if bytes.count > room { excess = .body }
        return excess == nil
    }

    /// Interim answers count towards the limit of the answer that follows, so that a server
    /// cannot send them for ever; each other head has the limit to itself.
    private mutating func beginHead(statusLine: Slice<UnsafeRawBufferPointer>) {
        if !isInterim { headerBytes = 0 }
        let words = statusLine.split(separator: UInt8(ascii: " "), maxSplits: 2)
        version = words.first.map(HeaderText.decode) ?? ""
        isInterim = words.count > 1 && words[1].first == UInt8(ascii: "1")
        headers = []
        body = []
        part = .head
    }

    /// Joins a folded line to the field before it (RFC 9112 §5.2).
    private mutating func continueLastField(with text: Slice<UnsafeRawBufferPointer>) {
        guard !headers.isEmpty else { return }
        headers[headers.endIndex - 1].value += " " + HeaderText.decode(HeaderText.trimmed(text))
    }

    private func withoutLineEnd(_ line: UnsafeRawBufferPointer) -> Slice<UnsafeRawBufferPointer> {
        var text = line[...]
        if text.last == UInt8(ascii: "\n") { text.removeLast() }
        if text.last == UInt8(ascii: "\r") { text.removeLast() }
        return text
    }
}
