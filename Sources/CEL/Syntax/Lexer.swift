/// Cuts the text of an expression into tokens (langdef.md "Syntax", lexis).
struct Lexer {
    let bytes: [UInt8]
    private(set) var offset = 0

    init(_ source: SourceText) {
        bytes = source.bytes
    }

    mutating func next() throws(Diagnostic) -> Token {
        skipBlanks()
        let start = offset
        guard let byte = peek() else { return Token(kind: .end, range: start..<start) }
        let kind: Token.Kind
        switch byte {
        case _ where byte.isDigit: kind = number()
        case UInt8(ascii: ".") where peek(1)?.isDigit == true: kind = number()
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            kind = try literal(start: start, isRaw: false, isBytes: false)
        case UInt8(ascii: "`"): kind = try quotedIdentifier()
        case _ where byte.isLetter: kind = try word()
        default: kind = .symbol(try symbol())
        }
        return Token(kind: kind, range: start..<offset)
    }

    func peek(_ distance: Int = 0) -> UInt8? {
        offset + distance < bytes.count ? bytes[offset + distance] : nil
    }

    mutating func skip(_ count: Int) {
        offset += count
    }

    mutating func reset(to offset: Int) {
        self.offset = offset
    }

    func unrecognized(from start: Int, to end: Int) -> Diagnostic {
        let text = String(decoding: bytes[start..<min(end, bytes.count)], as: UTF8.self)
        return Diagnostic(offset: start, message: "Syntax error: token recognition error at: '\(text)'")
    }

    private mutating func skipBlanks() {
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"), 0x0C:
                offset += 1
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"):
                while let byte = peek(), byte != UInt8(ascii: "\n") { offset += 1 }
            default: return
            }
        }
    }

    private mutating func symbol() throws(Diagnostic) -> Token.Symbol {
        for length in [2, 1] where offset + length <= bytes.count {
            let text = String(decoding: bytes[offset..<(offset + length)], as: UTF8.self)
            if let symbol = Token.Symbol(rawValue: text) {
                offset += length
                return symbol
            }
        }
        var end = offset + 1
        while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
        throw unrecognized(from: offset, to: end)
    }

    private mutating func word() throws(Diagnostic) -> Token.Kind {
        let start = offset
        while let byte = peek(), byte.isLetter || byte.isDigit { offset += 1 }
        let word = String(decoding: bytes[start..<offset], as: UTF8.self)
        if let quote = peek(), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
            let prefix = LiteralPrefix(word)
        {
            return try literal(start: start, isRaw: prefix.isRaw, isBytes: prefix.isBytes)
        }
        return Token.Symbol(rawValue: word).map(Token.Kind.symbol) ?? .identifier(word)
    }

    private mutating func quotedIdentifier() throws(Diagnostic) -> Token.Kind {
        let start = offset
        offset += 1
        while let byte = peek(), byte.isLetter || byte.isDigit || Self.quotable.contains(byte) { offset += 1 }
        guard peek() == UInt8(ascii: "`"), offset > start + 1 else {
            throw unrecognized(from: start, to: offset + 1)
        }
        offset += 1
        return .quotedIdentifier(String(decoding: bytes[(start + 1)..<(offset - 1)], as: UTF8.self))
    }

    private static let quotable: Set<UInt8> = Set(".-/ ".utf8)

    private mutating func number() -> Token.Kind {
        let start = offset
        if peek() == UInt8(ascii: "0"), peek(1) == UInt8(ascii: "x"), peek(2)?.hexadecimalDigit != nil {
            offset += 2
            return integer(from: offset, radix: 16)
        }
        skipDigits()
        var isDouble = false
        if peek() == UInt8(ascii: "."), peek(1)?.isDigit == true {
            isDouble = true
            offset += 1
            skipDigits()
        }
        if peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") {
            let signLength = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-") ? 1 : 0
            if peek(1 + signLength)?.isDigit == true {
                isDouble = true
                offset += 1 + signLength
                skipDigits()
            }
        }
        guard isDouble else {
            offset = start
            return integer(from: start, radix: 10)
        }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        return .double(Double(text.first == "." ? "0\(text)" : text) ?? .infinity)
    }

    private mutating func integer(from start: Int, radix: Int) -> Token.Kind {
        while let byte = peek(), radix == 16 ? byte.hexadecimalDigit != nil : byte.isDigit { offset += 1 }
        let magnitude = UInt(String(decoding: bytes[start..<offset], as: UTF8.self), radix: radix)
        guard peek() == UInt8(ascii: "u") || peek() == UInt8(ascii: "U") else {
            return .int(magnitude: magnitude)
        }
        offset += 1
        return .uint(magnitude)
    }

    private mutating func skipDigits() {
        while peek()?.isDigit == true { offset += 1 }
    }
}

extension UInt8 {
    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

    /// A letter of ASCII or an underscore.
    var isLetter: Bool {
        let lower = self | 0x20
        return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z") || self == UInt8(ascii: "_")
    }

    var hexadecimalDigit: UInt32? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(self - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(self - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(self - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}
