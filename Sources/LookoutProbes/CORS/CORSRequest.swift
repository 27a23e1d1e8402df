import LookoutHTTP
import LookoutModel

/// A cross-origin request as a page makes it with `fetch()`, checked and normalized as the Fetch
/// standard's `Request` constructor does.
struct CORSRequest: Hashable, Sendable {
    /// Whether cookies and the like go with the request.
    enum Credentials: String, CaseIterable, Hashable, Sendable {
        case omit
        case sameOrigin = "same-origin"
        case include
    }

    /// What happens at a redirect.
    enum Redirect: String, CaseIterable, Hashable, Sendable {
        case follow
        case manual
        case error
    }

    let origin: Origin
    let url: WebURL
    let method: String
    /// What the page may set: forbidden names dropped, values trimmed, repeats combined.
    let headers: [HeaderField]
    let body: [UInt8]?
    let credentials: Credentials
    let redirect: Redirect
    /// Sends a preflight also where the request needs none (the "use-CORS-preflight flag").
    var alwaysPreflights = false
    /// What browsers other than Chromium may do differently.
    private(set) var findings: [String] = []

    /// Throws a refusal of code `invalid_request` where the constructor throws a `TypeError`.
    init(
        origin: Origin,
        url: WebURL,
        method: String = "GET",
        headers: [HeaderField] = [],
        body: [UInt8]? = nil,
        credentials: Credentials = .sameOrigin,
        redirect: Redirect = .follow
    ) throws(CORSRefusal) {
        self.origin = origin
        self.url = url.withoutFragment
        self.method = CORSRequest.normalized(method)
        self.credentials = credentials
        self.redirect = redirect
        self.body = body
        guard url.isHTTP, !url.hasUserInformation else {
            throw CORSRefusal.invalidRequest("the URL must be http or https and hold no user name")
        }
        guard HTTPToken.isToken(method), !RequestHeaderRules.isForbiddenMethod(method) else {
            throw CORSRefusal.invalidRequest("a page cannot use the method \"\(method)\"")
        }
        guard body == nil || (self.method != "GET" && self.method != "HEAD") else {
            throw CORSRefusal.invalidRequest("a \(self.method) request cannot have a body")
        }
        var combined: [HeaderField] = []
        for header in headers {
            let value = try CORSRequest.checkedValue(header)
            guard !RequestHeaderRules.isForbidden(name: header.name, value: value) else { continue }
            if header.name.isEqualIgnoringASCIICase(to: "User-Agent") {
                findings.append(
                    "Chromium drops the page's User-Agent; in other browsers it needs a preflight"
                )
                continue
            }
            if let index = combined.firstIndex(where: { $0.name.isEqualIgnoringASCIICase(to: header.name) }) {
                combined[index].value += ", " + value
            } else {
                combined.append(HeaderField(header.name, value))
            }
        }
        if body != nil, combined.first(named: "Content-Type") == nil {
            combined.append(HeaderField("Content-Type", "text/plain;charset=UTF-8"))
        }
        self.headers = combined
    }

    /// Normalizes a method (Fetch §2.2.1): six are written in upper case, all others stay as they are.
    private static func normalized(_ method: String) -> String {
        ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"]
            .first { $0.isEqualIgnoringASCIICase(to: method) } ?? method
    }

    private static func checkedValue(_ header: HeaderField) throws(CORSRefusal) -> String {
        guard HTTPToken.isToken(header.name) else {
            throw CORSRefusal.invalidRequest("\"\(header.name.excerpt)\" is not a header name")
        }
        let value = String(HTTPToken.trimmed(header.value))
        let isValue = value.unicodeScalars.allSatisfy {
            $0.value <= 0xFF && $0 != "\0" && $0 != "\r" && $0 != "\n"
        }
        guard isValue else {
            throw CORSRefusal.invalidRequest("the value of \(header.name) holds what no header may hold")
        }
        return value
    }
}
