/// A question for the IPv4 address of a name, as it goes over TCP: RFC 1035 §4 behind two bytes of length.
struct DNSQuestion: Hashable, Sendable {
    /// What the server must repeat; over a connection of its own any number will do.
    static let number: UInt16 = 0x4C4B
    /// Enough for any answer: the length is two bytes.
    static let maximumAnswerBytes = 2 + Int(UInt16.max)

    /// What an answer says.
    enum Answer: Hashable, Sendable {
        /// The name has been looked up: it exists, or is known not to.
        case known
        /// The server could not find out; the code of RFC 1035 §4.1.1.
        case failed(UInt8)
        /// More has to be read first.
        case incomplete
        /// This is not an answer to the question.
        case garbage
    }

    let name: DomainName

    var bytes: [UInt8] {
        var message = Self.bytes(of: Self.number)
        message += [0x01, 0x00]  // A query that asks for recursion.
        message += [0, 1, 0, 0, 0, 0, 0, 0]  // One question, nothing else.
        for label in name.labels { message += [UInt8(label.utf8.count)] + label.utf8 }
        message += [0, 0, 1, 0, 1]  // The root; type A; class IN.
        return Self.bytes(of: UInt16(message.count)) + message
    }

    static func answer(_ bytes: [UInt8]) -> Answer {
        guard bytes.count >= 2 else { return .incomplete }
        let length = Int(bytes[0]) << 8 | Int(bytes[1])
        guard length >= 12 else { return .garbage }
        guard bytes.count >= 2 + length else { return .incomplete }
        let message = bytes[2...]
        guard Array(message.prefix(2)) == Self.bytes(of: Self.number), message[4] & 0x80 != 0 else {
            return .garbage
        }
        let code = message[5] & 0x0F
        return code == 0 || code == 3 ? .known : .failed(code)
    }

    private static func bytes(of number: UInt16) -> [UInt8] {
        [UInt8(number >> 8), UInt8(number & 0xFF)]
    }
}
