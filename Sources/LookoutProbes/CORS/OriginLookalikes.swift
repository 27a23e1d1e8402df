/// Origins that sloppy servers mistake for the allowed ones.
enum OriginLookalikes {
    /// Belongs to nobody (RFC 2606).
    static let foreign = Origin.tuple(scheme: "https", host: "lookout-foreign.example", port: nil)

    /// What must not be allowed unless it is configured: a foreign origin, `null`, and for each
    /// allowed one the names that tests by prefix, suffix, substring or without scheme let through.
    static func usualDenied(for allowed: [Origin]) -> [Origin] {
        [foreign, .opaque] + allowed.flatMap(lookalikes)
    }

    private static func lookalikes(of origin: Origin) -> [Origin] {
        guard case .tuple(let scheme, let host, let port) = origin, !isAddress(host) else { return [] }
        return [
            .tuple(scheme: scheme, host: "\(host).evil.example", port: port),
            .tuple(scheme: scheme, host: "evil\(host)", port: port),
            .tuple(scheme: scheme == "https" ? "http" : "https", host: host, port: port),
        ]
    }

    private static func isAddress(_ host: String) -> Bool {
        host.hasPrefix("[") || host.split(separator: ".").allSatisfy { Int($0) != nil }
    }
}
