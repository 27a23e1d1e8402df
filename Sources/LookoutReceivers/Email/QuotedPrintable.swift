/// Text in 7-bit lines of at most 76 characters (RFC 2045 §6.7).
enum QuotedPrintable {
    /// The text with CRLF line ends, ending with one.
    static func encoded(_ text: String) -> String {
        var lines = ""
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            lines += encoded(line: line) + "\r\n"
        }
        return lines
    }

    private static func encoded(line: Substring) -> String {
        var encoded = ""
        var column = 0
        let bytes = Array(line.utf8)
        for (index, byte) in bytes.enumerated() {
            let isLast = index == bytes.count - 1
            let code = isLiteral(byte, isLast: isLast) ? String(Character(Unicode.Scalar(byte))) : code(byte)
            // A soft break takes a column itself, except behind the last character.
            if column + code.utf8.count > (isLast ? 76 : 75) {
                encoded += "=\r\n"
                column = 0
            }
            encoded += code
            column += code.utf8.count
        }
        return encoded
    }

    private static func isLiteral(_ byte: UInt8, isLast: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "="): false
        case UInt8(ascii: " "), UInt8(ascii: "\t"): !isLast
        default: (0x21...0x7e).contains(byte)
        }
    }

    /// `=C3`.
    static func code(_ byte: UInt8) -> String {
        "=" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
}
