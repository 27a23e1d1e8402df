internal import Glibc

/// CEL's view of strings: sequences of code points, compared by their UTF-8 bytes.
///
/// Swift's own `==`, `hash`, `contains` and `count` go by canonical equivalence and by grapheme, which
/// the language must not (langdef.md "String and Bytes Values").
enum Text {
    @inline(__always)
    static func equal(_ left: String, _ right: String) -> Bool {
        // Up to 15 bytes are kept in the string itself, longer ones often shared: the same bits are then
        // the same text, and the bytes need not be looked at.
        if unsafeBitCast(left, to: Bits.self) == unsafeBitCast(right, to: Bits.self) { return true }
        return haveEqualBytes(left, right)
    }

    private typealias Bits = SIMD2<UInt64>

    private static func haveEqualBytes(_ left: String, _ right: String) -> Bool {
        let count = left.utf8.count
        guard count == right.utf8.count else { return false }
        guard count > 0 else { return true }
        return withBytes(left) { leftBytes in
            withBytes(right) { rightBytes in
                guard let left = leftBytes.baseAddress, let right = rightBytes.baseAddress else {
                    return false
                }
                return memcmp(left, right, count) == 0
            }
        }
    }

    /// Order by code point, which is the order of UTF-8.
    static func precedes(_ left: String, _ right: String) -> Bool {
        withBytes(left) { leftBytes in
            withBytes(right) { rightBytes in leftBytes.lexicographicallyPrecedes(rightBytes) }
        }
    }

    static func hash(_ text: String, into hasher: inout Hasher) {
        withBytes(text) { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }

    /// The number of code points.
    static func count(_ text: String) -> Int {
        withBytes(text) { bytes in
            var count = 0
            for byte in bytes where byte & 0xC0 != 0x80 { count += 1 }
            return count
        }
    }

    static func hasPrefix(_ text: String, _ prefix: String) -> Bool {
        withBytes(text) { text in withBytes(prefix) { text.starts(with: $0) } }
    }

    static func hasSuffix(_ text: String, _ suffix: String) -> Bool {
        withBytes(text) { text in
            withBytes(suffix) { suffix in
                text.count >= suffix.count && text.suffix(suffix.count).elementsEqual(suffix)
            }
        }
    }

    /// The offset in bytes of the first occurrence of a pattern at or after an offset.
    ///
    /// UTF-8 is self-synchronising: an occurrence of the bytes is one of the code points.
    static func find(_ pattern: String, in text: String, from start: Int = 0) -> Int? {
        withBytes(text) { text in
            withBytes(pattern) { pattern in ByteSearch.first(pattern, in: text, from: start) }
        }
    }

    static func withBytes<Result>(_ text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        if let result = text.utf8.withContiguousStorageIfAvailable(body) { return result }
        return Array(text.utf8).withUnsafeBufferPointer(body)
    }

    /// The string of valid UTF-8 bytes; nil for overlong forms, surrogates and other invalid bytes.
    static func decode(_ bytes: some Collection<UInt8>) -> String? {
        String(validating: bytes, as: UTF8.self)
    }
}

/// Substring search in linear time (Knuth, Morris and Pratt), so that no pair of strings is slow.
enum ByteSearch {
    static func first(
        _ pattern: UnsafeBufferPointer<UInt8>,
        in text: UnsafeBufferPointer<UInt8>,
        from start: Int
    ) -> Int? {
        if pattern.isEmpty { return start <= text.count ? start : nil }
        guard start + pattern.count <= text.count else { return nil }
        if pattern.count == 1 { return text[start...].firstIndex(of: pattern[0]) }
        let borders = borders(of: pattern)
        var matched = 0
        for position in start..<text.count {
            while matched > 0, pattern[matched] != text[position] { matched = borders[matched - 1] }
            if pattern[matched] == text[position] { matched += 1 }
            if matched == pattern.count { return position + 1 - matched }
        }
        return nil
    }

    private static func borders(of pattern: UnsafeBufferPointer<UInt8>) -> [Int] {
        var borders = [Int](repeating: 0, count: pattern.count)
        var length = 0
        for position in 1..<pattern.count {
            while length > 0, pattern[position] != pattern[length] { length = borders[length - 1] }
            if pattern[position] == pattern[length] { length += 1 }
            borders[position] = length
        }
        return borders
    }
}
