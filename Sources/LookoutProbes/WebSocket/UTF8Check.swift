/// Checks UTF-8 that comes in pieces (RFC 3629): a fault shows with the first wrong byte.
struct UTF8Check: Hashable, Sendable {
    /// Continuation bytes that are still to come.
    private var missing = 0
    /// What the next continuation byte may be.
    private var range: ClosedRange<UInt8> = 0x80...0xBF

    /// Takes more bytes; false as soon as they cannot be UTF-8.
    mutating func append(_ bytes: some Sequence<UInt8>) -> Bool {
        for byte in bytes {
            guard accept(byte) else { return false }
        }
        return true
    }

    /// Whether no character is left unfinished.
    var isComplete: Bool { missing == 0 }

    private mutating func accept(_ byte: UInt8) -> Bool {
        if missing > 0 {
            guard range.contains(byte) else { return false }
            missing -= 1
            range = 0x80...0xBF
            return true
        }
        switch byte {
        case 0x00...0x7F: break
        case 0xC2...0xDF: expect(1, 0x80...0xBF)
        case 0xE0: expect(2, 0xA0...0xBF)
        case 0xED: expect(2, 0x80...0x9F)
        case 0xE1...0xEF: expect(2, 0x80...0xBF)
        case 0xF0: expect(3, 0x90...0xBF)
        case 0xF1...0xF3: expect(3, 0x80...0xBF)
        case 0xF4: expect(3, 0x80...0x8F)
        default: return false
        }
        return true
    }

    private mutating func expect(_ count: Int, _ next: ClosedRange<UInt8>) {
        missing = count
        range = next
    }
}
