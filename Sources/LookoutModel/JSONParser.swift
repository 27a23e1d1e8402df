/// A recursive-descent parser; the depth limit bounds its use of the stack.
///
/// The whole text is known to be UTF-8 before the first value is read, so that its parts need not be
/// looked at again.
struct JSONParser {
    let bytes: [UInt8]
    let maximumDepth: Int
    var offset = 0
    var depth = 0

    init(bytes: [UInt8], maximumDepth: Int) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
    }

    mutating func parseText() throws(JSONError) -> JSONValue {
        try checkUTF8()
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
        skipWhitespace()
        let value = try parseValue()
        skipWhitespace()
        guard offset == bytes.count else { throw JSONError(.trailingText, at: offset) }
        return value
    }

    private func checkUTF8() throws(JSONError) {
        do {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            throw JSONError(.invalidUTF8, at: error.byteOffsets.lowerBound)
        }
    }

    private mutating func parseValue() throws(JSONError) -> JSONValue {
        switch try peek() {
        case UInt8(ascii: "{"): return try nested { (parser) throws(JSONError) in try parser.parseObject() }
        case UInt8(ascii: "["): return try nested { (parser) throws(JSONError) in try parser.parseArray() }
        case UInt8(ascii: "\""): return .string(try parseString())
        case UInt8(ascii: "t"): return try parseWord("true", as: true)
        case UInt8(ascii: "f"): return try parseWord("false", as: false)
        case UInt8(ascii: "n"): return try parseWord("null", as: nil)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try parseNumber()
        default: throw JSONError(.unexpectedByte, at: offset)
        }
    }

    private mutating func nested(
        _ parse: (inout JSONParser) throws(JSONError) -> JSONValue
    ) throws(JSONError) -> JSONValue {
        guard depth < maximumDepth else { throw JSONError(.tooDeep, at: offset) }
        depth += 1
        let value = try parse(&self)
        depth -= 1
        return value
    }

    private mutating func parseObject() throws(JSONError) -> JSONValue {
        var members: [String: JSONValue] = [:]
        offset += 1
        skipWhitespace()
        if try skip(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            skipWhitespace()
            guard try peek() == UInt8(ascii: "\"") else { throw JSONError(.unexpectedByte, at: offset) }
            let key = try parseString()
            skipWhitespace()
            guard try skip(UInt8(ascii: ":")) else { throw JSONError(.unexpectedByte, at: offset) }
            skipWhitespace()
            members[key] = try parseValue()
            skipWhitespace()
        } while try skip(UInt8(ascii: ","))
        guard try skip(UInt8(ascii: "}")) else { throw JSONError(.unexpectedByte, at: offset) }
        return .object(members)
    }

    private mutating func parseArray() throws(JSONError) -> JSONValue {
        var elements: [JSONValue] = []
        offset += 1
        skipWhitespace()
        if try skip(UInt8(ascii: "]")) { return .array(elements) }
        repeat {
            skipWhitespace()
            elements.append(try parseValue())
            skipWhitespace()
        } while try skip(UInt8(ascii: ","))
        guard try skip(UInt8(ascii: "]")) else { throw JSONError(.unexpectedByte, at: offset) }
        return .array(elements)
    }

    private mutating func parseWord(
        _ word: StaticString,
        as value: JSONValue
    ) throws(JSONError) -> JSONValue {
        for expected in UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount) {
            guard try skip(expected) else { throw JSONError(.unexpectedByte, at: offset) }
        }
        return value
    }

    mutating func skipWhitespace() {
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x20, 0x0A, 0x0D, 0x09: offset += 1
            default: return
            }
        }
    }

    /// The byte that comes next; there must be one.
    func peek() throws(JSONError) -> UInt8 {
        guard offset < bytes.count else { throw JSONError(.endsEarly, at: offset) }
        return bytes[offset]
    }

    /// Steps over the next byte if it is this one; there must be a next one.
    mutating func skip(_ byte: UInt8) throws(JSONError) -> Bool {
        guard try peek() == byte else { return false }
        offset += 1
        return true
    }
}
