package import LookoutModel

/// Keeps secrets out of what is logged and stored about an exchange.
package struct SecretMask: Sendable {
    /// What must not be seen, the longest first.
    private let texts: [String]

    /// - Parameter secrets: tokens, and addresses that are a right to post: of such an address each part of
    ///   the path and the query is a secret as well, since a peer may repeat it by itself.
    package init(_ secrets: [Secret]) {
        let whole = secrets.map { $0.reveal() }
        let parts = whole.filter { $0.contains("://") }.flatMap(Self.parts)
        texts = Set(whole + parts).filter { !$0.isEmpty }
            .sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }
    }

    /// The text with `<secret>` for each secret in it.
    package func masked(_ text: String) -> String {
        texts.reduce(text) { text, secret in
            guard text.contains(secret) else { return text }
            return text.split(separator: secret, omittingEmptySubsequences: false)
                .joined(separator: "<secret>")
        }
    }

    /// The parts of an address behind its host; what is short, or a word such as `webhooks`, is no secret.
    private static func parts(of address: String) -> [String] {
        let path = address.drop { $0 != ":" }.dropFirst(3).drop { $0 != "/" && $0 != "?" }
        return path.split { "/?&=#".contains($0) }.map(String.init).filter { part in
            part.utf8.count >= 8 && !part.utf8.allSatisfy((UInt8(ascii: "a")...UInt8(ascii: "z")).contains)
        }
    }
}
