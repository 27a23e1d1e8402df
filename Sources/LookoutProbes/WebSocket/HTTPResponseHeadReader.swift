/// Collects the head of an HTTP answer from bytes that come in pieces.
///
/// Each byte is looked at once, however small the pieces: a slow server costs no more than a fast one.
struct HTTPResponseHeadReader: Sendable {
    /// How far the reading has come.
    enum Reading: Hashable, Sendable {
        case needsMore
        /// The head, and the bytes that came after it.
        case head(HTTPResponseHead, rest: [UInt8])
        /// The bytes are no answer of HTTP/1.1; the text says why.
        case invalid(String)
    }

    /// The longest head that is read, as in Chromium.
    private static let maximumBytes = 256 << 10
    private static let beginning = Array("http/".utf8)

    private var bytes: [UInt8] = []
    /// Where the status line begins: empty lines may come before it (RFC 9112 §2.2).
    private var start = 0
    private var position = 0
    /// Bytes of the current line before `position`.
    private var lineLength = 0

    /// Whether nothing has come yet.
    var isEmpty: Bool { bytes.isEmpty }

    /// Takes more bytes.
    mutating func append(_ more: [UInt8]) -> Reading {
        bytes += more
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\n") {
                let isEmptyLine =
                    lineLength == 0 || (lineLength == 1 && bytes[position - 2] == UInt8(ascii: "\r"))
                lineLength = 0
                if !isEmptyLine { continue }
                if hasBegun { return finished }
                start = position
            } else {
                let offset = position - 1 - start
                let isLineEnd = byte == UInt8(ascii: "\r") && offset == 0
                guard isLineEnd || isExpected(byte, at: offset) else {
                    return .invalid("the server does not answer in HTTP")
                }
                lineLength += 1
            }
        }
        return bytes.count < HTTPResponseHeadReader.maximumBytes
            ? .needsMore : .invalid("the answer's head is longer than 256 KiB")
    }

    /// Whether a status line has begun.
    private var hasBegun: Bool { position - start > HTTPResponseHeadReader.beginning.count }

    private func isExpected(_ byte: UInt8, at offset: Int) -> Bool {
        let beginning = HTTPResponseHeadReader.beginning
        return offset >= beginning.count || byte | 0x20 == beginning[offset] | 0x20
    }

    private var finished: Reading {
        let head = bytes[start..<position]
        guard !head.contains(0) else { return .invalid("the answer's head holds a NUL") }
        let lines = head.split(separator: UInt8(ascii: "\n"))
            .map { String(decoding: $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0, as: UTF8.self) }
            .filter { !$0.isEmpty }
        guard var result = HTTPResponseHead(lines: lines) else {
            return .invalid("the answer's status line is not one of HTTP/1.1")
        }
        if start > 0 { result.findings.append("empty lines before the status line") }
        return .head(result, rest: Array(bytes[position...]))
    }
}
