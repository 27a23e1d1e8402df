package import LookoutSettings

/// The `http` or `https` URL of a target, as the configuration gives it.
package struct TargetURL: SettingsValue, Hashable {
    let url: WebURL

    /// The URL's text, ready for a request.
    var text: String { url.withoutFragment.description }

    init(_ url: WebURL) {
        self.url = url
    }

    /// What stands in settings before their required URL has been read.
    static let unset = TargetURL(WebURL(scheme: "http"))

    package static var shape: Shape { .string(pattern: "^(https?://|.*\\$\\{)") }

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let url = TargetURL.read(node, &context, schemes: ["http", "https"]) else { return nil }
        self.init(url)
    }

    /// Reads an absolute URL with one of the schemes and without a password in it.
    static func read(
        _ node: SettingsNode,
        _ context: inout SettingsContext,
        schemes: [String]
    ) -> WebURL? {
        guard let text = node.text(&context, expecting: "a URL") else { return nil }
        guard let url = WebURL(text), schemes.contains(url.scheme) else {
            context.error(
                "\"\(text)\" is not a URL that can be asked",
                at: node,
                hint:
                    "write an absolute URL that begins with \(schemes.map { "\($0)://" }.joined(separator: " or "))"
            )
            return nil
        }
        guard !url.hasUserInformation else {
            context.error(
                "a URL must not hold a user name or password, since URLs are shown",
                at: node,
                hint: "use basic_auth"
            )
            return nil
        }
        return url
    }
}
