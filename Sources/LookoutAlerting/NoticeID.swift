package import LookoutModel

/// The name of a notice, and the key by which receivers tell a repetition: a UUID of version 7
/// (RFC 9562 §5.7), so names sort by the time of their making.
package struct NoticeID: Hashable, Comparable, Sendable, CustomStringConvertible {
    private let high: UInt64
    private let low: UInt64

    /// A new name from the wall clock's milliseconds and 74 random bits.
    package init(at time: Timestamp, using generator: inout some RandomNumberGenerator) {
        let milliseconds = UInt64(max(0, time.microseconds / 1000)) & 0xffff_ffff_ffff
        let version: UInt64 = 0x7000
        let variant: UInt64 = 0b10 << 62
        high = milliseconds << 16 | version | generator.next() & 0x0fff
        low = variant | generator.next() & 0x3fff_ffff_ffff_ffff
    }

    /// Reads the form of `description`; nil for anything else.
    package init?(_ text: String) {
        let groups = text.split(separator: "-", omittingEmptySubsequences: false)
        guard groups.map(\.utf8.count) == [8, 4, 4, 4, 12],
            groups.allSatisfy({ $0.utf8.allSatisfy(\.isHexadecimalDigit) }),
            let high = UInt64(groups[0...2].joined(), radix: 16),
            let low = UInt64(groups[3...4].joined(), radix: 16)
        else { return nil }
        self.high = high
        self.low = low
    }

    /// Lower-case hexadecimal in groups of 8-4-4-4-12.
    package var description: String {
        let digits = Self.hexadecimal(high) + Self.hexadecimal(low)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(index) { text.append("-") }
            text.append(digit)
        }
        return text
    }

    package static func < (left: NoticeID, right: NoticeID) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }

    private static func hexadecimal(_ word: UInt64) -> String {
        let digits = String(word, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}

extension UInt8 {
    fileprivate var isHexadecimalDigit: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }
}
