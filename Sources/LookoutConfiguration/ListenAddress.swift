package import LookoutSettings

/// Where to listen: a host and a port, as in `127.0.0.1:9820` or `[::1]:9820`.
package struct ListenAddress: SettingsValue, Hashable, CustomStringConvertible {
    package static let standard = ListenAddress(host: "127.0.0.1", port: 9820)

    /// A host name, an IPv4 address, or an IPv6 address without its brackets.
    package let host: String
    /// 0 leaves the choice of a free port to the system.
    package let port: Int

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    package static var shape: Shape { .string(pattern: #"^(\[[0-9A-Fa-f:.]+\]|[0-9A-Za-z.-]+):[0-9]{1,5}$"#) }

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let text = node.text(&context, expecting: "an address such as \(ListenAddress.standard)") else {
            return nil
        }
        guard let address = ListenAddress(text) else {
            context.error(
                "\"\(text.shortened)\" is not an address to listen at",
                at: node,
                hint: "write host:port, such as \(ListenAddress.standard) or [::1]:9820; ports go up to 65535"
            )
            return nil
        }
        self = address
    }

    /// Reads `host:port`; nil for anything else.
    package init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[text.index(after: colon)...]
        guard digits.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
            let port = UInt16(digits)
        else { return nil }
        let host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            let inner = host.dropFirst().dropLast()
            guard inner.contains(":"),
                inner.allSatisfy({ $0.isASCII && ($0.isHexDigit || ":.".contains($0)) })
            else { return nil }
            self.init(host: String(inner), port: Int(port))
        } else {
            guard ListenAddress.isHost(host) else { return nil }
            self.init(host: String(host), port: Int(port))
        }
    }

    package var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    /// Whether it is a host name (RFC 1123) or, where its last label is a number, an IPv4 address.
    private static func isHost(_ text: Substring) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        if let last = labels.last, !last.isEmpty, last.allSatisfy({ $0.isASCII && $0.isNumber }) {
            return labels.count == 4 && labels.allSatisfy { UInt8($0) != nil && !$0.hasPrefix("+") }
        }
        return text.utf8.count <= 253
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                    && label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
            }
    }
}
