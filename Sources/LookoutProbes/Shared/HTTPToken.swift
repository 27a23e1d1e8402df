/// Tokens and lists in HTTP header values (RFC 9110 §5.6).
enum HTTPToken {
    /// Whether the text is a token: a method, a header name, an element of a token list.
    static func isToken(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy(isTokenByte)
    }

    /// The elements of a comma-separated list, white space around them and empty ones dropped.
    static func elements(of value: String) -> [String] {
        value.split(separator: ",").map { String(trimmed($0)) }.filter { !$0.isEmpty }
    }

    /// The value without spaces, tabs and line ends around it (Fetch standard, "normalize").
    static func trimmed(_ value: some StringProtocol) -> Substring {
        var scalars = Substring(value).unicodeScalars
        while let first = scalars.first, isWhiteSpace(first) { scalars.removeFirst() }
        while let last = scalars.last, isWhiteSpace(last) { scalars.removeLast() }
        return Substring(scalars)
    }

    private static func isWhiteSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\t" || scalar == "\r" || scalar == "\n"
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default:
            symbols.contains(byte)
        }
    }

    private static let symbols = Set("!#$%&'*+-.^_`|~".utf8)
}
