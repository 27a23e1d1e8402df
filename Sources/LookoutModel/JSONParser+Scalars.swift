extension JSONParser {
    /// Reads a number (RFC 8259 §6).
    mutating func parseNumber() throws(JSONError) -> JSONValue {
        let start = offset
        var isIntegral = true
        _ = skipIfPresent(UInt8(ascii: "-"))
        let integerStart = offset
        try skipDigits(ofNumberAt: start)
        let hasLeadingZero = bytes[integerStart] == UInt8(ascii: "0") && offset > integerStart + 1
        guard !hasLeadingZero else { throw JSONError(.invalidNumber, at: start) }
        if skipIfPresent(UInt8(ascii: ".")) {
            isIntegral = false
            try skipDigits(ofNumberAt: start)
        }
        if skipIfPresent(UInt8(ascii: "e")) || skipIfPresent(UInt8(ascii: "E")) {
            isIntegral = false
            _ = skipIfPresent(UInt8(ascii: "+")) || skipIfPresent(UInt8(ascii: "-"))
            try skipDigits(ofNumberAt: start)
        }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        if isIntegral, let integer = Int64(text) { return .int(integer) }
        guard let number = Double(text), number.isFinite else {
            throw JSONError(.numberOutOfRange, at: start)
        }
        return .double(number)
    }

    /// Steps over one or more digits.
    private mutating func skipDigits(ofNumberAt start: Int) throws(JSONError) {
        let first = offset
        while offset < bytes.count, UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[offset] { offset += 1 }
        guard offset > first else { throw JSONError(.invalidNumber, at: start) }
    }

    private mutating func skipIfPresent(_ byte: UInt8) -> Bool {
        guard offset < bytes.count, bytes[offset] == byte else { return false }
        offset += 1
        return true
    }

    /// Reads a string (RFC 8259 §7); the next byte is its opening quotation mark.
    mutating func parseString() throws(JSONError) -> String {
        offset += 1
        var text = ""
        var plainStart = offset
        while true {
            switch try peek() {
            case UInt8(ascii: "\""):
                text += String(decoding: bytes[plainStart..<offset], as: UTF8.self)
                offset += 1
                return text
            case UInt8(ascii: "\\"):
                text += String(decoding: bytes[plainStart..<offset], as: UTF8.self)
                text.unicodeScalars.append(try parseEscape())
                plainStart = offset
            case 0..<0x20:
                throw JSONError(.controlCharacter, at: offset)
            default:
                offset += 1
            }
        }
    }

    /// Reads an escape sequence, both halves of a surrogate pair together.
    private mutating func parseEscape() throws(JSONError) -> Unicode.Scalar {
        let start = offset
        offset += 1
        let letter = try peek()
        offset += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): break
        default: throw JSONError(.invalidEscape, at: start)
        }
        let unit = try parseHexadecimal(ofEscapeAt: start)
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard UTF16.isLeadSurrogate(unit), skipIfPresent(UInt8(ascii: "\\")), skipIfPresent(UInt8(ascii: "u"))
        else { throw JSONError(.loneSurrogate, at: start) }
        let second = try parseHexadecimal(ofEscapeAt: offset - 2)
        guard UTF16.isTrailSurrogate(second) else { throw JSONError(.loneSurrogate, at: start) }
        return UTF16.decode(UTF16.EncodedScalar([unit, second]))
    }

    /// Reads the four digits after `\u`.
    private mutating func parseHexadecimal(ofEscapeAt start: Int) throws(JSONError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(try peek())).hexDigitValue else {
                throw JSONError(.invalidEscape, at: start)
            }
            unit = unit << 4 | UInt16(digit)
            offset += 1
        }
        return unit
    }
}
