import LookoutModel
import LookoutSettings

/// Addresses of providers as the configuration gives them.
enum WebAddress {
    /// Reports an address that is none, without showing it: it may be a secret.
    static func check(
        _ text: String,
        key: String = "url",
        of node: SettingsNode,
        example: String = "https://example.org/hooks/lookout",
        _ context: inout SettingsContext
    ) {
        guard !isWebAddress(text) else { return }
        context.error(
            "this is not an http or https URL",
            at: node[key] ?? node,
            hint: "write it in full: \(example)"
        )
    }

    /// The address without slashes at its end, so that a path can be put behind it.
    static func base(_ text: String) -> String {
        String(text.reversed().drop { $0 == "/" }.reversed())
    }

    /// The address with more in its query; values hold only what needs no encoding there.
    static func adding(_ query: [(name: String, value: String)], to address: Secret) -> Secret {
        let text = address.reveal()
        let joined = query.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
        return Secret("\(text)\(text.contains("?") ? "&" : "?")\(joined)")
    }

    /// Whether a text begins as a web address does and holds no blanks; a transport says the rest.
    private static func isWebAddress(_ text: String) -> Bool {
        let lowercased = text.prefix(8).lowercased()
        guard let scheme = ["https://", "http://"].first(where: lowercased.hasPrefix) else { return false }
        let rest = text.utf8.dropFirst(scheme.utf8.count)
        return rest.first.map { $0 != UInt8(ascii: "/") } ?? false
            && rest.allSatisfy { $0 > UInt8(ascii: " ") && $0 != 0x7f }
    }
}
