import LookoutHTTP
import LookoutModel
package import LookoutSettings

/// Where a page states which version it is.
package enum PageVersionSource: SettingsValue, Hashable {
    /// `<meta name=… content=…>`.
    case meta(String)
    /// A header of the HTML's answer.
    case header(String)
    /// A JSON file, its URL relative to the page, and the path in it.
    case file(url: String, path: JSONPath)

    /// The keys as they stand in the configuration.
    private struct Keys: Settings {
        var meta: String?
        var header: String?
        var url: String?
        var json: JSONPath?

        static var fields: [Field<Keys>] {
            [
                Field("meta", \.meta, "The name of a meta element."),
                Field("header", \.header, "A header of the page's answer."),
                Field("url", \.url, "A JSON file, relative to the page."),
                Field("json", \.json, "The path in that file (default version)."),
            ]
        }
    }

    package static var shape: Shape { Keys.shape }

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let keys = Keys(node, &context) else { return nil }
        switch (keys.meta, keys.header, keys.url) {
        case (let meta?, nil, nil) where keys.json == nil: self = .meta(meta)
        case (nil, let header?, nil) where keys.json == nil: self = .header(header)
        case (nil, nil, let url?): self = .file(url: url, path: keys.json ?? .version)
        default:
            context.error("expected exactly one of meta, header and url (with json)", at: node)
            return nil
        }
    }
}
