/// A text to be searched for in bytes that need not be UTF-8 (Boyer–Moore–Horspool).
struct BytePattern: Hashable, Sendable {
    private let needle: [UInt8]
    private let foldsCase: Bool
    /// How far to go on when the byte under the pattern's end is this one.
    private let shifts: [Int]

    /// A pattern of the text's UTF-8; `ignoringCase` lets ASCII letters match without case.
    init(_ text: String, ignoringCase: Bool) {
        let needle = Array(text.utf8).map { ignoringCase ? BytePattern.folded($0) : $0 }
        var shifts = [Int](repeating: max(needle.count, 1), count: 256)
        for (index, byte) in needle.dropLast().enumerated() { shifts[Int(byte)] = needle.count - 1 - index }
        self.needle = needle
        self.shifts = shifts
        foldsCase = ignoringCase
    }

    func isFound(in bytes: [UInt8]) -> Bool {
        firstOffset(in: bytes) != nil
    }

    /// Where the pattern begins for the first time at or after an offset; nil if nowhere.
    func firstOffset(in bytes: [UInt8], from start: Int = 0) -> Int? {
        guard !needle.isEmpty else { return start <= bytes.count ? start : nil }
        return bytes.withUnsafeBufferPointer { haystack in
            needle.withUnsafeBufferPointer { needle in
                var offset = start
                let last = needle.count - 1
                while offset + last < haystack.count {
                    var index = last
                    while byte(haystack[offset + index]) == needle[index] {
                        if index == 0 { return offset }
                        index -= 1
                    }
                    offset += shifts[Int(byte(haystack[offset + last]))]
                }
                return nil
            }
        }
    }

    private func byte(_ byte: UInt8) -> UInt8 {
        foldsCase ? BytePattern.folded(byte) : byte
    }

    private static func folded(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
