/// The letters before the quotation mark of a literal: `r`, `b`, `br` in either case.
struct LiteralPrefix {
    let isRaw: Bool
    let isBytes: Bool

    init?(_ word: String) {
        switch word {
        case "r", "R": self.init(isRaw: true, isBytes: false)
        case "b", "B": self.init(isRaw: false, isBytes: true)
        case "br", "bR", "Br", "BR": self.init(isRaw: true, isBytes: true)
        default: return nil
        }
    }

    private init(isRaw: Bool, isBytes: Bool) {
        self.isRaw = isRaw
        self.isBytes = isBytes
    }
}

extension Lexer {
    /// A string or bytes literal whose quotation mark comes next; `start` is where its prefix began.
    mutating func literal(start: Int, isRaw: Bool, isBytes: Bool) throws(Diagnostic) -> Token.Kind {
        let opening = offset
        guard let quote = peek() else { throw unrecognized(from: start, to: offset) }
        if peek(1) == quote, peek(2) == quote {
            if let content = try content(start, quote, length: 3, isRaw: isRaw, isBytes: isBytes) {
                return try finish(content, isBytes: isBytes, start: start)
            }
            // An unterminated `'''a` is an empty literal and more, as the longest match has it.
            reset(to: opening)
        }
        guard let content = try content(start, quote, length: 1, isRaw: isRaw, isBytes: isBytes) else {
            throw unrecognized(from: start, to: offset)
        }
        return try finish(content, isBytes: isBytes, start: start)
    }

    private func finish(_ content: [UInt8], isBytes: Bool, start: Int) throws(Diagnostic) -> Token.Kind {
        if isBytes { return .bytes(content) }
        guard let text = Text.decode(content) else {
            throw Diagnostic(offset: start, message: "invalid UTF-8 in string literal")
        }
        return .string(text)
    }

    /// The unescaped bytes up to the closing mark of `length` quotes, nil when it is missing.
    private mutating func content(
        _ start: Int,
        _ quote: UInt8,
        length: Int,
        isRaw: Bool,
        isBytes: Bool
    ) throws(Diagnostic) -> [UInt8]? {
        skip(length)
        var content: [UInt8] = []
        while let byte = peek() {
            if byte == quote, length == 1 || (peek(1) == quote && peek(2) == quote) {
                skip(length)
                return content
            }
            if length == 1, byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { return nil }
            if byte == UInt8(ascii: "\\"), !isRaw {
                try appendEscape(to: &content, start: start, isBytes: isBytes)
            } else {
                content.append(byte)
                skip(1)
            }
        }
        return nil
    }

    private mutating func appendEscape(
        to content: inout [UInt8],
        start: Int,
        isBytes: Bool
    ) throws(Diagnostic) {
        guard let letter = peek(1) else {
            skip(1)
            throw unrecognized(from: start, to: offset)
        }
        if let plain = Self.plainEscapes[letter] {
            content.append(plain)
            skip(2)
            return
        }
        let form: (skip: Int, digits: Int, radix: UInt32)
        switch letter {
        case UInt8(ascii: "x"), UInt8(ascii: "X"): form = (2, 2, 16)
        case UInt8(ascii: "u") where !isBytes: form = (2, 4, 16)
        case UInt8(ascii: "U") where !isBytes: form = (2, 8, 16)
        case UInt8(ascii: "0")...UInt8(ascii: "3"): form = (1, 3, 8)
        default: throw unrecognized(from: start, to: offset + 2)
        }
        skip(form.skip)
        var code: UInt32 = 0
        for _ in 0..<form.digits {
            guard let digit = peek()?.hexadecimalDigit, digit < form.radix else {
                throw unrecognized(from: start, to: offset + 1)
            }
            code = code &* form.radix &+ digit
            skip(1)
        }
        if isBytes {
            content.append(UInt8(truncatingIfNeeded: code))
        } else if let scalar = Unicode.Scalar(code) {
            content.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
        } else {
            throw Diagnostic(offset: start, message: "invalid unicode code point")
        }
    }

    private static let plainEscapes: [UInt8: UInt8] = [
        UInt8(ascii: "a"): 0x07, UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C,
        UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
        UInt8(ascii: "v"): 0x0B, UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "?"): 0x3F,
        UInt8(ascii: "\""): 0x22, UInt8(ascii: "'"): 0x27, UInt8(ascii: "`"): 0x60,
    ]
}
