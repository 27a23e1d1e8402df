package import LookoutModel

/// Who may ask the local API for what.
///
/// Everybody on this machine may look; who changes something shows the token. A browser that a foreign page has
/// sent is refused: such a page has another `Origin`, and a name that it had resolve to this machine (DNS
/// rebinding) is a foreign `Host`.
package struct AccessPolicy: Sendable {
    private let token: Secret
    private let hosts: Set<String>

    /// - Parameters:
    ///   - token: what shows that somebody may change something.
    ///   - hosts: the names, besides `localhost` and IP addresses, by which the API is reached.
    ///   - externalURL: the address by which people reach it, through whatever stands in between.
    package init(token: Secret, hosts: [String] = [], externalURL: String = "") {
        self.token = token
        let external = HostName(ofURL: externalURL).map { [$0.name] } ?? []
        self.hosts = Set(hosts.map { $0.lowercased() } + external + ["localhost"])
    }

    /// Why a request is refused; nil if it is not.
    package func refusal(of request: APIRequest) -> Problem? {
        guard let host = HostName(request.headers["host"] ?? ""), isOurs(host) else {
            return Problem(
                403,
                "foreign-host",
                "The request was meant for another host",
                "ask by an IP address, localhost, or the host of `listen` or `external_url`"
            )
        }
        if let origin = request.headers["origin"], !isSame(origin, as: host) {
            return Problem(
                403,
                "foreign-origin",
                "A page of another site must not ask",
                "requests of pages are taken only from Lookout's own"
            )
        }
        guard !request.method.isSafe else { return nil }
        guard let shown = bearerToken(of: request), isToken(shown) else {
            return Problem(
                401,
                "no-token",
                "Who changes something shows the token",
                "send `Authorization: Bearer …` with what is in the file api-token of the data directory",
                headers: ["WWW-Authenticate": "Bearer realm=\"lookout\""]
            )
        }
        return nil
    }

    private func isOurs(_ host: HostName) -> Bool {
        host.isAddress || hosts.contains(host.name)
    }

    private func isSame(_ origin: String, as host: HostName) -> Bool {
        for scheme in ["http://", "https://"] where origin.lowercased().hasPrefix(scheme) {
            return HostName(String(origin.dropFirst(scheme.count))) == host
        }
        return false
    }

    private func bearerToken(of request: APIRequest) -> String? {
        let words = (request.headers["authorization"] ?? "").split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[0].lowercased() == "bearer" else { return nil }
        return String(words[1])
    }

    /// Compares all of it, however early it differs: the time taken tells nothing.
    private func isToken(_ shown: String) -> Bool {
        let (left, right) = (Array(token.reveal().utf8), Array(shown.utf8))
        guard !left.isEmpty, left.count == right.count else { return false }
        return zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

/// A host with its port, as `Host` and `Origin` have it.
struct HostName: Hashable {
    /// In lower case, without the brackets of an IPv6 address.
    let name: String
    let port: String
    let isAddress: Bool

    /// Nil if the text is not a host, or a host and a port.
    init?(_ text: String) {
        var rest = text.lowercased()[...]
        if rest.hasPrefix("[") {
            guard let end = rest.firstIndex(of: "]") else { return nil }
            name = String(rest[rest.index(after: rest.startIndex)..<end])
            rest = rest[rest.index(after: end)...]
            guard name.contains(":"), name.allSatisfy({ $0.isHexDigit || ":.".contains($0) }) else {
                return nil
            }
            isAddress = true
        } else {
            let end = rest.firstIndex(of: ":") ?? rest.endIndex
            name = String(rest[..<end])
            rest = rest[end...]
            let parts = name.split(separator: ".", omittingEmptySubsequences: false)
            isAddress = parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
        }
        port = rest.isEmpty ? "" : String(rest.dropFirst())
        guard !name.isEmpty, rest.isEmpty || rest.hasPrefix(":") && UInt16(port) != nil else { return nil }
    }

    /// The host of an http or https address; nil if it has none.
    init?(ofURL url: String) {
        let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count >= 3, ["http:", "https:"].contains(parts[0].lowercased()), parts[1].isEmpty else {
            return nil
        }
        // What stands before an @ is a user.
        let authority = parts[2].prefix { $0 != "?" && $0 != "#" }.split(separator: "@").last ?? ""
        self.init(String(authority))
    }
}
