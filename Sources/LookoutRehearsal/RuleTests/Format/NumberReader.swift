/// Takes decimal numbers and signs from the front of a text.
struct NumberReader {
    private var bytes: Substring.UTF8View

    init(_ text: String) {
        bytes = text[...].utf8
    }

    var isAtEnd: Bool { bytes.isEmpty }
    var rest: String { String(decoding: bytes, as: UTF8.self) }

    /// A number with or without a sign.
    mutating func number() -> Double? {
        let sign = sign() ?? 1
        return unsignedNumber().map { sign * $0 }
    }

    /// A sign, as a factor.
    mutating func sign() -> Double? {
        if skip("-") { return -1 }
        return skip("+") ? 1 : nil
    }

    mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
        guard bytes.first == UInt8(ascii: scalar) else { return false }
        bytes.removeFirst()
        return true
    }

    /// Digits with a fraction and an exponent, if it has them; finite.
    mutating func unsignedNumber() -> Double? {
        var text = digits()
        if bytes.first == UInt8(ascii: ".") {
            bytes.removeFirst()
            text += "." + digits()
        }
        guard text.utf8.contains(where: Self.isDigit) else { return nil }
        if bytes.first == UInt8(ascii: "e") || bytes.first == UInt8(ascii: "E") {
            let before = bytes
            bytes.removeFirst()
            let sign = skip("-") ? "-" : skip("+") ? "" : ""
            let exponent = digits()
            if exponent.isEmpty { bytes = before } else { text += "e" + sign + exponent }
        }
        guard let number = Double(text.hasPrefix(".") ? "0" + text : text.hasSuffix(".") ? text + "0" : text),
            number.isFinite
        else { return nil }
        return number
    }

    private mutating func digits() -> String {
        let digits = bytes.prefix(while: Self.isDigit)
        bytes = bytes.dropFirst(digits.count)
        return String(decoding: digits, as: UTF8.self)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
