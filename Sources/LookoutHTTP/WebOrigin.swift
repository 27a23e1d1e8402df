/// Scheme, host and port of a URL of the web (RFC 6454), as libcurl reads them.
///
/// What one parser holds for the host must be what the next one connects to, so this asks the one that connects.
package struct WebOrigin: Hashable, Sendable, CustomStringConvertible {
    /// `http` or `https`.
    package let scheme: String
    /// In lower case; an IPv6 address in brackets.
    package let host: String
    package let port: Int

    /// Nil if the text is no absolute URL of http or https.
    package init?(of url: String) {
        guard let target = TargetURL(url) else { return nil }
        scheme = target.scheme
        host = target.host.lowercased()
        port = target.port
    }

    package var isEncrypted: Bool { scheme == "https" }

    /// Whether the host is this machine by its name or its address.
    package var isLoopback: Bool {
        host == "localhost" || host == "[::1]" || isLoopbackVersion4
    }

    package var description: String { "\(scheme)://\(host):\(port)" }

    /// libcurl has brought the other ways of writing an address of IPv4 (hexadecimal, with fewer dots) into
    /// this one, so a name that only begins so has something else than four numbers.
    private var isLoopbackVersion4: Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
