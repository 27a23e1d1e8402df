/// A host name to be searched for in a page's code, itself and its subdomains.
struct HostPattern: Hashable, Sendable {
    let host: String
    private let pattern: BytePattern

    init(_ host: String) {
        self.host = host
        pattern = BytePattern(host, ignoringCase: true)
    }

    /// Whether the name occurs as a host name: not as a part of a longer label or of another domain.
    func isFound(in bytes: [UInt8]) -> Bool {
        var offset = 0
        while let start = pattern.firstOffset(in: bytes, from: offset) {
            let end = start + host.utf8.count
            let isStart = start == 0 || !HostPattern.isLabelByte(bytes[start - 1])
            if isStart, !continues(bytes, at: end) { return true }
            offset = start + 1
        }
        return false
    }

    /// Whether the host name goes on: `staging.example` in `staging.example.org` is another host.
    private func continues(_ bytes: [UInt8], at end: Int) -> Bool {
        guard end < bytes.count else { return false }
        if HostPattern.isLabelByte(bytes[end]) { return true }
        return bytes[end] == UInt8(ascii: ".") && end + 1 < bytes.count
            && HostPattern.isLabelByte(bytes[end + 1])
    }

    private static func isLabelByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
