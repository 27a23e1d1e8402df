import LookoutHTTP
package import LookoutModel

/// Whose API is asked, where it is and in whose name.
package struct ProviderAccount: Sendable {
    /// As people call it: `Netlify`.
    package var name: String
    /// The address that all paths begin at, such as `https://api.netlify.com/api/v1`.
    package var base: String
    /// Nil where none is configured.
    package var token: Secret?
    /// The header line that carries the token; nil for `Authorization: Bearer`.
    package var tokenHeader: String?
    /// What a person sets to give a token, such as `NETLIFY_TOKEN`; nil where the API is open to all.
    package var tokenName: String?
    /// Header lines that go with every request.
    package var headers: [HeaderField]
    /// Whether every change is refused before it is sent.
    package var isReadOnly: Bool

    package init(
        name: String,
        base: String,
        token: Secret? = nil,
        tokenName: String? = nil,
        tokenHeader: String? = nil,
        headers: [HeaderField] = [],
        isReadOnly: Bool = true
    ) {
        self.name = name
        self.base = base
        self.token = token
        self.tokenName = tokenName
        self.tokenHeader = tokenHeader
        self.headers = headers
        self.isReadOnly = isReadOnly
    }

    /// An address with the version that all paths stand below, whether it was written with it or not.
    static func versioned(_ base: String, _ version: String) -> String {
        var base = base[...]
        while base.last == "/" { base.removeLast() }
        return base.hasSuffix(version) ? String(base) : base + version
    }

    /// What a person does about a token that is missing or not accepted.
    var advice: String {
        tokenName.map { "put a valid token into \($0)" } ?? "it should not need a token"
    }

    /// Words from outside, on one line, bounded, and without the token if they hold it.
    func words(_ text: String, atMost limit: Int = 200) -> String {
        // The token is looked for before anything is cut, or a part of it could be left over.
        let head = String(decoding: text.utf8.prefix(limit + 4096), as: UTF8.self)
        guard let token = token?.reveal(), !token.isEmpty else { return PlainText.line(head, atMost: limit) }
        return PlainText.line(head.replacing(token, with: "<secret>"), atMost: limit)
    }
}
