/// What a page's HTML says that the page loads and is.
struct PageReferences: Hashable, Sendable {
    /// A script or style that the page loads.
    struct Asset: Hashable, Sendable {
        enum Kind: String, Hashable, Sendable {
            case script
            case style
        }

        let kind: Kind
        let url: WebURL
    }

    /// Each once, in the page's order.
    private(set) var assets: [Asset] = []
    /// `<meta name=…>` contents by name in lower case.
    private(set) var metas: [String: String] = [:]
    /// References that are no URL.
    private(set) var invalid: [String] = []

    private var base: WebURL
    private var hasBase = false
    private var templateDepth = 0

    /// Reads the HTML that came from a URL, after redirects.
    init(html: [UInt8], url: WebURL) {
        base = url
        for tag in HTMLTokenizer(html) { read(tag) }
    }

    private mutating func read(_ tag: HTMLTokenizer.Tag) {
        // What stands in a template is loaded only once a script uses it.
        if tag.name == "template" { templateDepth = max(templateDepth + (tag.isEnd ? -1 : 1), 0) }
        guard !tag.isEnd, templateDepth == 0 else { return }
        let attributes = tag.attributes
        switch tag.name {
        case "base":
            guard !hasBase, let href = attributes["href"] else { return }
            hasBase = true
            base = WebURL(href, relativeTo: base) ?? base
        case "script":
            if PageReferences.isScript(
                type: attributes["type"],
                isForOldBrowsers: attributes["nomodule"] != nil
            ) {
                add(.script, attributes["src"])
            }
        case "link":
            if let kind = PageReferences.kind(ofLink: attributes) { add(kind, attributes["href"]) }
        case "meta":
            let name = attributes["name"] ?? attributes["property"]
            if let name, let content = attributes["content"], metas[name.lowercased()] == nil {
                metas[name.lowercased()] = content
            }
        default: break
        }
    }

    private mutating func add(_ kind: Asset.Kind, _ reference: String?) {
        guard let reference, !HTTPToken.trimmed(reference).isEmpty else { return }
        guard let url = WebURL(reference, relativeTo: base) else {
            invalid.append(reference.excerpt)
            return
        }
        let asset = Asset(kind: kind, url: url.withoutFragment)
        if url.isHTTP, !assets.contains(where: { $0.url == asset.url }) { assets.append(asset) }
    }

    /// Whether a browser runs it: data blocks, import maps and what is for old browsers are not loaded.
    private static func isScript(type: String?, isForOldBrowsers: Bool) -> Bool {
        guard !isForOldBrowsers else { return false }
        guard let type, !type.isEmpty else { return true }
        let essence = HTTPToken.trimmed(type.prefix { $0 != ";" }).lowercased()
        return essence == "module" || essence.hasSuffix("javascript") || essence.hasSuffix("ecmascript")
    }

    private static func kind(ofLink attributes: [String: String]) -> Asset.Kind? {
        let relations = Set((attributes["rel"] ?? "").lowercased().split(whereSeparator: \.isWhitespace))
        if relations.contains("stylesheet") {
            return relations.contains("alternate") || attributes["disabled"] != nil ? nil : .style
        }
        if relations.contains("modulepreload") { return .script }
        guard relations.contains("preload") else { return nil }
        switch attributes["as"]?.lowercased() {
        case "script": return .script
        case "style": return .style
        default: return nil
        }
    }
}
