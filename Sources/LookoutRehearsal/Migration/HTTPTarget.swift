/// A URL without the user and password that Gatus allows in it.
struct HTTPTarget {
    let url: String
    let credentials: (user: String, password: String)?

    init(_ endpoint: GatusEndpoint) {
        url = endpoint.url.withoutSecrets
        guard url != endpoint.url, let scheme = endpoint.url.firstRange(of: "://") else {
            credentials = nil
            return
        }
        let rest = endpoint.url[scheme.upperBound...]
        let host = rest.prefix { $0 != "/" && $0 != "?" }
        let user = host[..<(host.lastIndex(of: "@") ?? host.endIndex)]
        let parts = user.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init
        )
        credentials = (parts.first ?? "", parts.dropFirst().first ?? "")
    }
}
