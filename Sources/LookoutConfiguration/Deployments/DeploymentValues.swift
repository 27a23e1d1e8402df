import LookoutDeployments
import LookoutSettings

/// An id or a slug of a provider: it becomes a part of addresses.
enum ProviderIdentifier {
    static let pattern = "^[A-Za-z0-9._-]{1,100}$"

    static func isIdentifier(_ text: String) -> Bool {
        (1...100).contains(text.utf8.count) && text != "." && text != ".."
            && text.utf8.allSatisfy { byte in
                UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
                    || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || "._-".utf8.contains(byte)
            }
    }

    static func read(_ node: SettingsNode, _ context: inout SettingsContext) -> String? {
        guard let text = String(node, &context) else { return nil }
        guard isIdentifier(text) else {
            context.error(
                "\"\(text.shortened)\" is not an id",
                at: node,
                hint: "letters, digits, \"-\", \"_\" and \".\", as the provider's pages show it"
            )
            return nil
        }
        return text
    }
}

/// The address of a website or an API: https, or http on this machine, without a user, a query or a fragment.
enum PlainAddress {
    static let pattern = "^https?://"

    /// Without a slash at its end; nil after reporting what is wrong.
    static func read(_ node: SettingsNode, _ context: inout SettingsContext) -> String? {
        guard let text = String(node, &context) else { return nil }
        if authority(of: text)?.contains("@") == true {
            // It may hold a password.
            context.error(
                "an address must not hold a user or a password",
                at: node,
                hint: "secrets have keys of their own"
            )
            return nil
        }
        guard isAddress(text) else {
            context.error(
                "\"\(text.shortened)\" is not an https address",
                at: node,
                hint: "write it in full and without a query: https://example.org"
            )
            return nil
        }
        var address = text[...]
        while address.last == "/" { address.removeLast() }
        return String(address)
    }

    static func isAddress(_ text: String) -> Bool {
        guard let authority = authority(of: text), !authority.isEmpty, authority.first != ":",
            text.utf8.allSatisfy({ $0 > UInt8(ascii: " ") && $0 != 0x7f }),
            !text.contains(where: { "?#\\".contains($0) })
        else { return false }
        return text.lowercased().hasPrefix("https://") || isLoopback(authority)
    }

    /// What stands between the scheme and the path; nil for another scheme.
    private static func authority(of text: String) -> Substring? {
        let lowered = text.lowercased()
        guard let scheme = ["https://", "http://"].first(where: lowered.hasPrefix) else { return nil }
        return text.dropFirst(scheme.count).prefix { !"/?#\\".contains($0) }
    }

    private static func isLoopback(_ authority: Substring) -> Bool {
        let host =
            authority.hasPrefix("[")
            ? authority.prefix { $0 != "]" }.dropFirst() : authority.prefix { $0 != ":" }
        let isNumeric = host.utf8.allSatisfy {
            $0 == UInt8(ascii: ".") || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
        }
        return host.lowercased() == "localhost" || host == "::1" || (isNumeric && host.hasPrefix("127."))
    }
}

/// Where a repository is: https, ssh, `user@host:path`, or a folder of this machine.
struct RepositoryAddress {
    let text: String

    /// Nil after reporting what is wrong; what may be a password is not repeated.
    init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let text = String(node, &context) else { return nil }
        let lowered = text.lowercased()
        let isClean = !text.isEmpty && !text.hasPrefix("-") && text.utf8.allSatisfy { $0 > 32 && $0 != 127 }
        let isWeb = lowered.hasPrefix("https://") || lowered.hasPrefix("http://")
        if isWeb, text.dropFirst(8).prefix(while: { $0 != "/" }).contains("@") {
            context.error(
                "the address of a repository must not hold a user or a password",
                at: node,
                hint: "give the token as `token`"
            )
            return nil
        }
        let isKnown =
            isWeb
            ? PlainAddress.isAddress(text)
            : lowered.hasPrefix("ssh://") || text.hasPrefix("/") || lowered.hasPrefix("file:///")
                || Self.isSecureShell(text)
        guard isClean, isKnown else {
            context.error(
                "\"\(text.shortened)\" is not the address of a repository",
                at: node,
                hint: "write https://github.com/owner/name.git, git@github.com:owner/name.git or /path"
            )
            return nil
        }
        self.text = text
    }

    /// The form of scp(1): `user@host:path`.
    private static func isSecureShell(_ text: String) -> Bool {
        guard !text.contains("://"), let colon = text.firstIndex(of: ":") else { return false }
        let path = text[colon...].dropFirst()
        return text[..<colon].contains("@") && !path.isEmpty && !path.hasPrefix(":") && !path.hasPrefix("-")
    }
}
