import LookoutModel

/// Header lines as bytes of the wire, and the fields that they spell (RFC 9112 §5).
enum HeaderText {
    /// The field of one line.
    ///
    /// A line without a colon becomes a name without a value.
    static func field(_ line: UnsafeRawBufferPointer) -> HeaderField {
        let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
        let value = colon < line.endIndex ? line[(colon + 1)...] : line[line.endIndex...]
        return HeaderField(decode(line[..<colon]), decode(trimmed(value)))
    }

    /// The bytes as UTF-8 or, where they are not valid UTF-8, as ISO-8859-1: any bytes can be
    /// decoded, and those of servers that follow either custom keep their meaning.
    static func decode(_ bytes: some Collection<UInt8>) -> String {
        String(validating: bytes, as: UTF8.self)
            ?? String(String.UnicodeScalarView(bytes.lazy.map { Unicode.Scalar($0) }))
    }

    /// Without spaces and tabs at both ends.
    static func trimmed(_ bytes: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
        var rest = bytes
        while let first = rest.first, isBlank(first) { rest.removeFirst() }
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return rest
    }

    /// Whether it is a space or a tab.
    static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    /// Whether the text is a token of RFC 9110 §5.6.2, as methods and field names must be.
    static func isToken(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy(tokenBytes.contains)
    }

    /// Whether the text can stand in one header line.
    static func isLineText(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 != 0 && $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\n") }
    }

    private static let tokenBytes = Set(
        "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8
    )
}
