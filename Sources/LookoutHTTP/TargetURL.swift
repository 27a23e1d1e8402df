import CCurl

/// An absolute URL of the web or of a mail server, taken apart by libcurl's own parser, so that it means here
/// what it will mean when it is sent.
struct TargetURL: Equatable {
    let text: String
    /// Lower-case: `http`, `https`, `smtp` or `smtps`.
    let scheme: String
    /// As in the URL; an IPv6 address in brackets.
    let host: String
    let port: Int
    /// The URL without user name and password.
    let withoutCredentials: String

    static let web: Set<String> = ["http", "https"]
    static let mail: Set<String> = ["smtp", "smtps"]

    /// Throws `.local` if it is no URL of the web.
    init(checking text: String) throws(TransferError) {
        guard let target = TargetURL(text) else {
            throw TransferError(.local, "the URL is not an absolute http or https URL")
        }
        self = target
    }

    /// Nil if it is no URL of these schemes.
    init?(_ text: String, schemes: Set<String> = web) {
        guard !text.utf8.contains(0), let handle = curl_url() else { return nil }
        defer { curl_url_cleanup(handle) }
        guard curl_url_set(handle, CURLUPART_URL, text, 0) == CURLUE_OK,
            let scheme = Self.part(CURLUPART_SCHEME, of: handle)?.lowercased(),
            schemes.contains(scheme),
            let host = Self.part(CURLUPART_HOST, of: handle), !host.isEmpty,
            let port = Self.part(CURLUPART_PORT, of: handle).flatMap({ Int($0) })
        else { return nil }
        self.text = text
        self.scheme = scheme
        self.host = host
        self.port = port
        curl_url_set(handle, CURLUPART_USER, nil, 0)
        curl_url_set(handle, CURLUPART_PASSWORD, nil, 0)
        withoutCredentials = Self.part(CURLUPART_URL, of: handle, flags: 0) ?? ""
    }

    /// Whether TLS begins with the first byte.
    var isTLS: Bool { scheme == "https" || scheme == "smtps" }

    /// Host and port, as messages name the target.
    var authority: String { "\(host):\(port)" }

    private static func part(
        _ part: CURLUPart,
        of handle: OpaquePointer,
        flags: UInt32 = UInt32(CURLU_DEFAULT_PORT)
    ) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(handle, part, &text, flags) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }
}
