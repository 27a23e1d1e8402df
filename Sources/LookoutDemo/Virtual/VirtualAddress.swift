import LookoutHTTP

/// An address of the virtual network: `http://host:port/path?query`.
struct VirtualAddress: Hashable {
    let scheme: String
    /// As it stands in the URL, in lower case, without user information.
    let authority: String
    /// Path and query, at least `/`.
    let target: String

    /// Throws `.local` if it is no absolute http or https URL.
    init(_ url: String) throws(TransferError) {
        guard let separator = url.firstRange(of: "://"),
            ["http", "https"].contains(url[..<separator.lowerBound])
        else {
            throw TransferError(.local, "the URL is not an absolute http or https URL")
        }
        let rest = url[separator.upperBound...].prefix { $0 != "#" }
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        let host = rest[..<end].split(separator: "@").last.map { $0.lowercased() } ?? ""
        guard !host.isEmpty else {
            throw TransferError(.local, "the URL has no host")
        }
        scheme = String(url[..<separator.lowerBound])
        authority = host
        let target = String(rest[end...])
        self.target = target.hasPrefix("/") ? target : "/" + target
    }

    /// A `Location` as seen from here: absolute, of this host, or beside this path.
    func resolve(_ location: String) -> String {
        if location.contains("://") { return location }
        if location.hasPrefix("//") { return "\(scheme):\(location)" }
        let base = "\(scheme)://\(authority)"
        if location.hasPrefix("/") { return base + location }
        let path = target.prefix { $0 != "?" }
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "/"
        return base + folder + location
    }
}
