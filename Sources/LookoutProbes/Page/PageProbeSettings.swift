import LookoutHTTP
package import LookoutSettings

/// The settings of a `page` probe.
package struct PageProbeSettings: ConnectionSettings, Hashable {
    /// Where markers are searched.
    enum MarkerPlaces: String, CaseIterable, Hashable, SettingsValue {
        case page
        case everything
    }

    var url = TargetURL.unset
    var headers = RequestHeaders()
    var basicAuthentication: BasicAuthenticationSettings?
    var maximumRedirects = 10
    var loadsAssets = true
    var maximumAssets = 50
    var bodyLimit = ByteCount.mebibytes(2)
    var assetLimit = ByteCount.mebibytes(8)
    var markers: [String] = []
    var markerPlaces = MarkerPlaces.everything
    var forbiddenHosts: [HostName] = []
    var version: PageVersionSource?
    var expectations = HTTPExpectations()
    var tls = TLSSettings()
    var resolve: [ResolveEntry] = []

    package init() {}

    package static var fields: [Field<PageProbeSettings>] {
        [
            Field("url", \.url, "The page: an http or https URL.", required: true),
            Field("headers", \.headers, "Request headers of the page and of its assets on the same origin."),
            Field("basic_auth", \.basicAuthentication, "User and password for the page and its origin."),
            Field(
                "max_redirects",
                \.maximumRedirects,
                "How many redirects are followed at most (default 10)."
            ),
            Field("load_assets", \.loadsAssets, "Whether scripts and styles are loaded too (default true)."),
            Field("max_assets", \.maximumAssets, "How many assets are loaded at most (default 50)."),
            Field("body_limit", \.bodyLimit, "A longer HTML is a failure of class size (default 2MiB)."),
            Field("asset_limit", \.assetLimit, "A longer asset counts as broken (default 8MiB)."),
            Field(
                "markers",
                \.markers,
                "Texts that must not be there, without ASCII case, such as demo mode."
            ),
            Field(
                "markers_in",
                \.markerPlaces,
                "Where markers are searched: everything (default) is the HTML and the assets, page the HTML alone."
            ),
            Field(
                "forbidden_hosts",
                \.forbiddenHosts,
                "Host names that the HTML and the assets must not name, such as the staging backend's."
            ),
            Field(
                "version_from",
                \.version,
                "Where the page states its version: {meta: NAME}, {header: NAME} or {url, json}."
            ),
            Field(
                "expect",
                \.expectations,
                "What the HTML's answer must look like; max_duration is for the whole load."
            ),
        ] + connectionFields
    }

    package func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        if markers.contains("") {
            context.error("an empty marker is in every page", at: node["markers"] ?? node)
        }
        if !(0...50).contains(maximumRedirects) {
            context.error("max_redirects must be between 0 and 50", at: node["max_redirects"] ?? node)
        }
        if !(1...500).contains(maximumAssets) {
            context.error("max_assets must be between 1 and 500", at: node["max_assets"] ?? node)
        }
    }

    /// A request for the page or one of its assets; what identifies us goes to the page's origin only.
    func request(for url: WebURL, isAsset: Bool, timeout: Duration) -> HTTPRequest {
        let isOwn = url.origin.isSame(as: self.url.url.origin)
        return HTTPRequest(
            url: url.withoutFragment.description,
            headers: isOwn ? headers.fields : [],
            maximumRedirects: maximumRedirects,
            timeout: timeout,
            maximumBodyBytes: isAsset ? assetLimit.bytes : bodyLimit.bytes,
            tls: tls.options,
            resolve: resolveLines,
            basicAuthentication: isOwn ? basicAuthentication?.authentication : nil,
            reusesConnection: isAsset
        )
    }
}

/// A host name, without scheme and path.
package struct HostName: SettingsValue, Hashable {
    let text: String

    package static var shape: Shape { .string(pattern: nil) }

    /// Reads a host name; a URL counts as its host.
    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let text = node.text(&context, expecting: "a host name") else { return nil }
        let url = text.contains("://") ? WebURL(text) : WebURL("https://\(text)/")
        guard let url, url.isHTTP, text.contains("://") || url.authority == text.lowercased() else {
            context.error("\"\(text.excerpt)\" is not a host name", at: node)
            return nil
        }
        self.text = url.authority
    }
}
