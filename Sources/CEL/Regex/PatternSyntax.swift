/// Evens out differences between releases of RE2, so that a pattern means the same everywhere.
enum PatternSyntax {
    /// The pattern with `(?<name>` written as `(?P<name>`, which releases before 2023 need.
    ///
    /// Refuses `\C` (a single byte), which could cut a code point in two and which Go's RE2 lacks.
    static func normalized(_ pattern: String) throws(RegularExpression.Failure) -> [UInt8] {
        let bytes = Array(pattern.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + 8)
        var position = 0
        var isInClass = false
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\\") {
                let next = position + 1 < bytes.count ? bytes[position + 1] : nil
                if next == UInt8(ascii: "C") {
                    throw RegularExpression.Failure(
                        message: "error parsing regexp: invalid escape sequence: `\\C`"
                    )
                }
                let end = next == UInt8(ascii: "Q") && !isInClass ? endOfQuote(bytes, position) : position + 2
                result += bytes[position..<min(end, bytes.count)]
                position = end
                continue
            }
            if isInClass {
                isInClass = byte != UInt8(ascii: "]")
            } else if byte == UInt8(ascii: "[") {
                isInClass = true
                let start = position
                position += 1
                if position < bytes.count, bytes[position] == UInt8(ascii: "^") { position += 1 }
                // A bracket that comes first is a member of the class.
                if position < bytes.count, bytes[position] == UInt8(ascii: "]") { position += 1 }
                result += bytes[start..<position]
                continue
            } else if isNamedGroup(bytes, position) {
                result += Array("(?P".utf8)
                position += 2
                continue
            }
            result.append(byte)
            position += 1
        }
        return result
    }

    private static func isNamedGroup(_ bytes: [UInt8], _ position: Int) -> Bool {
        guard bytes[position...].starts(with: Array("(?<".utf8)) else { return false }
        return bytes[(position + 3)...].first.map { $0.isLetter || $0.isDigit } ?? false
    }

    private static func endOfQuote(_ bytes: [UInt8], _ start: Int) -> Int {
        var position = start + 2
        while position + 1 < bytes.count {
            if bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "E") {
                return position + 2
            }
            position += 1
        }
        return bytes.count
    }
}
