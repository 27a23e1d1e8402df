import LookoutModel

/// Text in URLs (RFC 3986).
enum URLText {
    /// The text as one segment of a path, or one value of a form: all but the unreserved is encoded.
    static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            guard !isUnreserved(byte) else { return String(Character(Unicode.Scalar(byte))) }
            return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
        .joined()
    }

    /// Letters, digits and `-._~` (§2.3).
    static func isUnreserved(_ byte: UInt8) -> Bool {
        isNameByte(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "~")
    }

    /// Letters, digits, `-` and `_`: what many providers make names and tokens of.
    static func isNameByte(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    /// Those of ASCII.
    static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}

extension JSONValue {
    /// A whole number.
    var integer: Int64? {
        if case .int(let value) = self { value } else { nil }
    }
}
