/// A URL as a browser reads it: the parts of the URL standard that matter to HTTP targets.
///
/// Of other schemes (`data:`, `mailto:`, …) only the scheme and the rest as it stands are kept.
struct WebURL: Hashable, Sendable, CustomStringConvertible {
    /// In lower case, without the colon.
    var scheme: String
    /// Whether there is a user name or a password before the host.
    var hasUserInformation = false
    /// In lower case, an IPv6 address with its brackets; empty for schemes without hosts.
    var host = ""
    /// Nil where it is the scheme's own.
    var port: Int?
    /// Begins with a slash, dot segments removed; the opaque rest for schemes without hosts.
    var path = "/"
    /// Without the question mark.
    var query: String?
    /// Without the hash.
    var fragment: String?

    init(scheme: String) {
        self.scheme = scheme
    }

    /// Whether a request over HTTP can be made to it.
    var isHTTP: Bool { scheme == "http" || scheme == "https" }

    /// The port that is connected to.
    var effectivePort: Int? { port ?? WebURL.defaultPorts[scheme] }

    /// The URL without user information.
    var description: String {
        guard WebURL.defaultPorts[scheme] != nil else { return "\(scheme):\(path)" }
        return "\(scheme)://\(authority)\(target)" + (fragment.map { "#\($0)" } ?? "")
    }

    /// Host and port as they stand in a `Host` header.
    var authority: String {
        host + (port.map { ":\($0)" } ?? "")
    }

    /// Path and query: what goes into a request line.
    var target: String {
        path + (query.map { "?\($0)" } ?? "")
    }

    /// The same without a fragment, which is never sent.
    var withoutFragment: WebURL {
        var url = self
        url.fragment = nil
        return url
    }

    /// The schemes that have hosts, and their ports.
    static let defaultPorts = ["http": 80, "https": 443, "ws": 80, "wss": 443]
}
