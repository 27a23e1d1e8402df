/// Numbers as text and back, as cel-go writes and reads them.
enum NumberText {
    /// The shortest digits that read back as the same number, with an exponent below 1e-4 and from 1e6
    /// on, as Go's `%g` lays them out.
    static func shortest(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        let (isNegative, digits, exponent) = decimal(value)
        let sign = isNegative ? "-" : ""
        if exponent < -4 || exponent >= 6 {
            return sign + scientific(digits, exponent)
        }
        return sign + plain(digits, exponent)
    }

    /// The shortest digits without an exponent, as cel-go's `format` writes `%s` and `%d`.
    static func plain(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
        let (isNegative, digits, exponent) = decimal(value)
        return (isNegative ? "-" : "") + plain(digits, exponent)
    }

    /// The number of a text; nil for what is none, for hexadecimal forms and for what overflows.
    static func double(_ text: String) -> Double? {
        let lower = String(decoding: text.utf8.map { $0.isLetter ? $0 | 0x20 : $0 }, as: UTF8.self)
        switch lower {
        case "nan": return .nan
        case "inf", "+inf", "infinity", "+infinity": return .infinity
        case "-inf", "-infinity": return -.infinity
        default: break
        }
        guard let first = lower.utf8.first, lower.utf8.allSatisfy(isPartOfNumber),
            lower.utf8.contains(where: \.isDigit),
            first != UInt8(ascii: "e")
        else { return nil }
        var plain = lower
        if plain.utf8.first == UInt8(ascii: "+") { plain.removeFirst() }
        guard let value = Double(plain), value.isFinite else { return nil }
        return value
    }

    private static func isPartOfNumber(_ byte: UInt8) -> Bool {
        byte.isDigit || "+-.e".utf8.contains(byte)
    }

    /// The shortest significant digits and the power of ten of the first.
    private static func decimal(_ value: Double) -> (isNegative: Bool, digits: [UInt8], exponent: Int) {
        var digits: [UInt8] = []
        var exponent = 0
        var pointOffset: Int?
        var characters = Array(value.magnitude.description.utf8)
        if let mark = characters.firstIndex(of: UInt8(ascii: "e")) {
            exponent = Int(String(decoding: characters[(mark + 1)...], as: UTF8.self)) ?? 0
            characters.removeSubrange(mark...)
        }
        for byte in characters {
            if byte == UInt8(ascii: ".") { pointOffset = digits.count } else { digits.append(byte) }
        }
        exponent += (pointOffset ?? digits.count) - 1
        let zero = UInt8(ascii: "0")
        while digits.count > 1, digits.first == zero {
            digits.removeFirst()
            exponent -= 1
        }
        while digits.count > 1, digits.last == zero { digits.removeLast() }
        if digits == [zero] { exponent = 0 }
        return (value.sign == .minus, digits, exponent)
    }

    private static func scientific(_ digits: [UInt8], _ exponent: Int) -> String {
        var text = String(decoding: digits.prefix(1), as: UTF8.self)
        if digits.count > 1 { text += "." + String(decoding: digits.dropFirst(), as: UTF8.self) }
        let magnitude = exponent.magnitude
        return "\(text)e\(exponent < 0 ? "-" : "+")\(magnitude < 10 ? "0" : "")\(magnitude)"
    }

    private static func plain(_ digits: [UInt8], _ exponent: Int) -> String {
        let text = String(decoding: digits, as: UTF8.self)
        if exponent < 0 { return "0." + String(repeating: "0", count: -exponent - 1) + text }
        if digits.count <= exponent + 1 {
            return text + String(repeating: "0", count: exponent + 1 - digits.count)
        }
        let split = exponent + 1
        return String(decoding: digits[..<split], as: UTF8.self) + "."
            + String(decoding: digits[split...], as: UTF8.self)
    }
}
