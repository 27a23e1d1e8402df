/// Something that answers whenever this machine has a network: `tcp://1.1.1.1:443`, or
/// `dns://192.168.0.1/example.org` for a name server and a name that it knows.
package struct ConnectivityReference: Hashable, Sendable, CustomStringConvertible {
    /// What is asked of it.
    package enum Question: Hashable, Sendable {
        /// Whether it accepts a connection.
        case connection
        /// Whether it answers for a name, over TCP (RFC 7766).
        case name(String)
    }

    /// A host name or an address; an IPv6 address without brackets.
    package let host: String
    package let port: UInt16
    package let question: Question

    /// Reads the form of `description`; nil for anything else.
    package init?(_ text: String) {
        let (scheme, rest) = text.cut(at: "://") ?? ("", "")
        switch scheme {
        case "tcp":
            guard let (host, port) = Self.authority(rest), let port else { return nil }
            (self.host, self.port, question) = (host, port, .connection)
        case "dns":
            guard let (server, name) = rest.cut(at: "/"), DomainName(name) != nil,
                let (host, port) = Self.authority(server)
            else { return nil }
            (self.host, self.port, question) = (host, port ?? 53, .name(name))
        default: return nil
        }
    }

    package var description: String {
        switch question {
        case .connection: "tcp://\(authority)"
        case .name(let name): "dns://\(port == 53 ? bracketedHost : authority)/\(name)"
        }
    }

    /// Host and port as in a URL.
    package var authority: String { "\(bracketedHost):\(port)" }

    private var bracketedHost: String { host.contains(":") ? "[\(host)]" : host }

    private static func authority(_ text: String) -> (host: String, port: UInt16?)? {
        var host = text
        var port: UInt16?
        let end = text.hasPrefix("[") ? text.firstIndex(of: "]") ?? text.startIndex : text.startIndex
        if let colon = text[end...].lastIndex(of: ":") {
            let digits = text[text.index(after: colon)...]
            guard let number = UInt16(digits), number > 0, !digits.hasPrefix("+") else { return nil }
            (host, port) = (String(text[..<colon]), number)
        }
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
            guard host.contains(":"), host.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else {
                return nil
            }
        } else if DomainName(host) == nil {
            return nil
        }
        return (host, port)
    }
}

/// A host name (RFC 1123 §2.1), which an IPv4 address also looks like.
struct DomainName: Hashable, Sendable {
    let labels: [String]

    /// Nil if it is no name; a dot at its end is allowed and means nothing.
    init?(_ text: String) {
        let bare = text.hasSuffix(".") ? text.dropLast() : text[...]
        let labels = bare.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard bare.utf8.count <= 253, labels.allSatisfy(Self.isLabel) else { return nil }
        self.labels = labels
    }

    private static func isLabel(_ label: String) -> Bool {
        (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
            && label.unicodeScalars.allSatisfy { scalar in
                scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
                    || scalar == "-" || scalar == "_"
            }
    }
}

extension String {
    /// What stands before and after the first place of a text; nil if it is not in there.
    fileprivate func cut(at separator: String) -> (String, String)? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(separator) {
                return (String(self[..<start]), String(self[start...].dropFirst(separator.count)))
            }
            start = index(after: start)
        }
        return nil
    }
}
