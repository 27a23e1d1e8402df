import LookoutDeployments
import LookoutHTTP

/// The address of a provider's API: what may be asked below it, and what may be followed with the token.
struct ProviderAddress: Hashable, Sendable {
    /// Without a slash at its end.
    let base: String
    let origin: WebOrigin

    /// Throws `notConfigured` for an address over which a token may not be sent.
    init(_ text: String, of provider: String) throws(ProviderFailure) {
        guard let origin = WebOrigin(of: text), !text.contains("?"), !text.contains("#") else {
            throw .notConfigured("the address of \(provider)'s API is not a plain https URL; correct it")
        }
        guard origin.isEncrypted || origin.isLoopback else {
            throw .notConfigured(
                "the address of \(provider)'s API is not https, so the token would be readable on the way; correct it"
            )
        }
        guard !Self.holdsCredentials(text) else {
            throw .notConfigured(
                "the address of \(provider)'s API holds a user name; remove it, the token is sent by itself"
            )
        }
        self.origin = origin
        var base = text[...]
        while base.last == "/" { base.removeLast() }
        self.base = String(base)
    }

    /// The URL of a request.
    ///
    /// Throws `notConfigured` for a path part that no server takes for a name: empty, `.` or `..`.
    func url(of request: ProviderRequest) throws(ProviderFailure) -> String {
        var url = base
        for part in request.path {
            guard !part.isEmpty, part != ".", part != ".." else {
                throw .notConfigured("\(request.subject): an id is empty or a dot; correct it")
            }
            url += "/" + Self.encoded(part)
        }
        if request.endsInSlash { url += "/" }
        for (index, parameter) in request.query.enumerated() {
            url += index == 0 ? "?" : "&"
            url += Self.encoded(parameter.name) + "=" + Self.encoded(parameter.value)
        }
        return url
    }

    /// Where a link or a redirect leads, if the token may go there: the same scheme, host and port.
    func resolved(_ reference: String) -> String? {
        if reference.hasPrefix("/"), !reference.hasPrefix("//") {
            return "\(origin)\(reference)"
        }
        guard WebOrigin(of: reference) == origin, !Self.holdsCredentials(reference) else { return nil }
        return reference
    }

    /// RFC 3986 §2: everything but unreserved characters as `%` and two digits.
    static func encoded(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            if unreserved.contains(byte) {
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += byte < 16 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return encoded
    }

    private static let unreserved = Set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8
    )

    /// Whether something stands before an `@` in the authority of a URL.
    private static func holdsCredentials(_ url: String) -> Bool {
        var slashes = 0
        for character in url {
            if character == "/" || character == "\\" { slashes += 1 }
            if slashes > 2 || character == "?" || character == "#" { return false }
            if character == "@" { return true }
        }
        return false
    }
}
