/// A web origin (RFC 6454, HTML standard §7.1.1): who a browser says is asking.
enum Origin: Hashable, Sendable, CustomStringConvertible {
    /// Sent as `null`: sandboxed pages, files, requests redirected across origins.
    case opaque
    /// Scheme, host and port, the port nil where it is the scheme's own.
    case tuple(scheme: String, host: String, port: Int?)

    /// Reads `null` or a serialized origin: scheme, host and port and nothing else.
    init?(_ text: String) {
        if text == "null" {
            self = .opaque
            return
        }
        guard let url = WebURL(text), url.isHTTP, !url.hasUserInformation, url.query == nil,
            url.fragment == nil, url.path == "/", !text.hasSuffix("/")
        else { return nil }
        self = url.origin
    }

    /// The byte-serialized origin, as it stands in an `Origin` header.
    var description: String {
        switch self {
        case .opaque: "null"
        case .tuple(let scheme, let host, let port): "\(scheme)://\(host)" + (port.map { ":\($0)" } ?? "")
        }
    }

    /// Whether both are the same tuple; an opaque origin is not even the same as another opaque one.
    func isSame(as other: Origin) -> Bool {
        self != .opaque && self == other
    }
}

extension WebURL {
    /// The origin of the URL; opaque for schemes without hosts.
    var origin: Origin {
        isHTTP ? .tuple(scheme: scheme, host: host, port: port) : .opaque
    }
}
