/// An address that may stand behind a link: http or https, in characters that need no quoting anywhere.
package struct WebLink: Hashable, Sendable {
    package let address: String

    /// What no browser and no provider refuses.
    private static let maximumBytes = 2000

    /// Nil if the text is no such address.
    ///
    /// Characters that are markup somewhere (quotes, brackets, pipes, backticks, backslashes, and all beyond
    /// ASCII) are percent-encoded (RFC 3986 §2.1), which leads to the same place.
    package init?(_ text: String) {
        let lowercased = text.prefix(8).lowercased()
        guard let scheme = ["https://", "http://"].first(where: lowercased.hasPrefix) else { return nil }
        let rest = text.utf8.dropFirst(scheme.utf8.count)
        guard let first = rest.first, first != UInt8(ascii: "/"), text.utf8.count <= Self.maximumBytes,
            rest.allSatisfy({ $0 > UInt8(ascii: " ") && $0 != 0x7F })
        else { return nil }
        address = scheme + rest.map(Self.encoded).joined()
        guard address.utf8.count <= Self.maximumBytes else { return nil }
    }

    private static func encoded(_ byte: UInt8) -> String {
        let scalar = Unicode.Scalar(byte)
        let isSafe = byte < 0x80 && !"\"'<>()[]{}|\\^`*".unicodeScalars.contains(scalar)
        guard !isSafe else { return String(Character(scalar)) }
        return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
}
