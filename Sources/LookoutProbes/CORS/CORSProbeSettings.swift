import LookoutHTTP
import LookoutModel
package import LookoutSettings

extension CORSRequest.Credentials: SettingsValue {}
extension CORSRequest.Redirect: SettingsValue {}

/// The settings of a `cors` probe.
package struct CORSProbeSettings: ConnectionSettings, Hashable {
    /// When a preflight is sent.
    enum PreflightChoice: String, CaseIterable, Hashable, SettingsValue {
        case always
        case asNeeded = "as-needed"
    }

    /// Which methods the request itself is sent with; a preflight alone changes nothing.
    enum ActualRequestChoice: String, CaseIterable, Hashable, SettingsValue {
        case safeMethods = "safe-methods"
        case always
    }

    var url = TargetURL.unset
    var methods = ["GET"]
    var headers = RequestHeaders()
    var body: String?
    var credentials = CORSRequest.Credentials.sameOrigin
    var redirect = CORSRequest.Redirect.follow
    var bodyLimit = ByteCount.mebibytes(8)
    var preflight = PreflightChoice.always
    var actualRequest = ActualRequestChoice.safeMethods
    var allowed: [OriginSetting] = []
    var denied: [OriginSetting] = []
    var addsUsualDenied = true
    var tls = TLSSettings()
    var resolve: [ResolveEntry] = []

    package init() {}

    package static var fields: [Field<CORSProbeSettings>] {
        [
            Field("url", \.url, "What the pages ask: an http or https URL.", required: true),
            Field("allow", \.allowed, "Origins whose pages must get the answer.", required: true),
            Field("deny", \.denied, "Origins whose pages must not get the answer, added to the usual ones."),
            Field(
                "deny_usual",
                \.addsUsualDenied,
                "Whether a foreign origin, null and look-alikes of the allowed ones must be denied (default true)."
            ),
            Field("methods", \.methods, "Methods that the pages use (default [GET])."),
            Field(
                "headers",
                \.headers,
                "Headers that the pages set, such as Authorization and Content-Type."
            ),
            Field("body", \.body, "The body that the pages send."),
            Field("body_limit", \.bodyLimit, "A longer answer is a failure of class size (default 8MiB)."),
            Field("credentials", \.credentials, "The pages' credentials mode (default same-origin)."),
            Field("redirect", \.redirect, "The pages' redirect mode (default follow)."),
            Field(
                "preflight",
                \.preflight,
                "always (default) also asks with OPTIONS where a browser would not need to; as-needed does not."
            ),
            Field(
                "actual_request",
                \.actualRequest,
                "safe-methods (default) sends only GET, HEAD and OPTIONS themselves; always sends all methods."
            ),
        ] + connectionFields
    }

    package func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        if allowed.isEmpty {
            context.error("allow is empty", at: node["allow"] ?? node, hint: "name the frontend's origin")
        }
        if methods.isEmpty {
            context.error("methods is empty", at: node["methods"] ?? node, hint: "leave it out for GET")
        }
        for origin in denied where allowed.contains(origin) {
            context.error("\(origin.origin) is both allowed and denied", at: node["deny"] ?? node)
        }
        for method in methods {
            do {
                _ = try request(origin: .opaque, method: method)
            } catch {
                context.error(error.reason, at: node)
            }
        }
    }

    /// Every origin to ask as, and whether it must be allowed.
    var expectations: [CORSExpectation] {
        let allowed = allowed.map(\.origin)
        var denied = denied.map(\.origin)
        if addsUsualDenied { denied += OriginLookalikes.usualDenied(for: allowed) }
        var seen = Set(allowed)
        denied = denied.filter { seen.insert($0).inserted }
        return allowed.map { CORSExpectation(origin: $0, isAllowed: true) }
            + denied.map { CORSExpectation(origin: $0, isAllowed: false) }
    }

    /// The request that a page of the origin makes.
    func request(origin: Origin, method: String) throws(CORSRefusal) -> CORSRequest {
        let takesBody = !["GET", "HEAD"].contains(method.uppercased())
        var request = try CORSRequest(
            origin: origin,
            url: url.url,
            method: method,
            headers: headers.fields,
            body: takesBody ? body.map { Array($0.utf8) } : nil,
            credentials: credentials,
            redirect: redirect
        )
        request.alwaysPreflights = preflight == .always
        return request
    }

    /// Whether the request itself is sent, not only its preflight.
    func sendsActual(_ method: String) -> Bool {
        actualRequest == .always || ["GET", "HEAD", "OPTIONS"].contains(method)
    }
}

/// An origin to ask as, and what must come of it.
struct CORSExpectation: Hashable, Sendable {
    let origin: Origin
    let isAllowed: Bool
}
