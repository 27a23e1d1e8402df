import LookoutHTTP
import LookoutModel

/// The CORS-preflight fetch of the Fetch standard (§4.8): when it is needed, what it asks, and
/// what its answer permits.
struct CORSPreflight: Hashable, Sendable {
    let method: String
    /// The header names that must be permitted, in lower case and order.
    let unsafeNames: [String]
    let credentials: CORSRequest.Credentials

    init(method: String, headers: [HeaderField], credentials: CORSRequest.Credentials) {
        self.method = method
        unsafeNames = RequestHeaderRules.unsafeNames(in: headers)
        self.credentials = credentials
    }

    /// Whether the method or a header needs to be permitted first.
    var isNeeded: Bool {
        !RequestHeaderRules.isSafelisted(method: method) || !unsafeNames.isEmpty
    }

    /// The header lines of the `OPTIONS` request.
    func headers(origin: String) -> [HeaderField] {
        var headers = [
            HeaderField("Origin", origin),
            HeaderField("Access-Control-Request-Method", method),
        ]
        if !unsafeNames.isEmpty {
            headers.append(HeaderField("Access-Control-Request-Headers", unsafeNames.joined(separator: ",")))
        }
        return headers
    }

    /// Why the answer does not permit the request, in Chromium's order; nil if it does.
    func refusal(origin: String, statusCode: Int, headers: [HeaderField]) -> CORSRefusal? {
        if CORSFetch.redirectStatuses.contains(statusCode) {
            return CORSRefusal(
                code: .preflightRedirect,
                reason: "the preflight was answered with the redirect \(statusCode), expected 200-299",
                remedy: "answer OPTIONS at this URL itself, or use the URL that it redirects to"
            )
        }
        if let refusal = CORSCheck.refusal(origin: origin, credentials: credentials, headers: headers) {
            return refusal.ofPreflight
        }
        guard (200...299).contains(statusCode) else {
            return CORSRefusal(
                code: .preflightBadStatus,
                reason: "the preflight was answered with status \(statusCode), expected 200-299",
                remedy: "let the server answer OPTIONS requests before it asks for a login"
            )
        }
        do {
            let methods = try tokens(of: "Access-Control-Allow-Methods", .invalidAllowMethods, in: headers)
            let names = try tokens(of: "Access-Control-Allow-Headers", .invalidAllowHeaders, in: headers)
            return methodRefusal(methods) ?? headerRefusal(names.map { $0.lowercased() })
        } catch {
            return error
        }
    }

    /// Where the standard is stricter than Chromium: other browsers may refuse.
    func findings(headers: [HeaderField]) -> [String] {
        let names = HTTPToken.elements(of: headers.combinedValue(named: "Access-Control-Allow-Headers") ?? "")
        guard unsafeNames.contains("authorization"), names.contains("*"), credentials != .include,
            !names.contains(where: { $0.lowercased() == "authorization" })
        else { return [] }
        return ["Access-Control-Allow-Headers: * does not cover Authorization in the standard; name it"]
    }

    private func methodRefusal(_ allowed: [String]) -> CORSRefusal? {
        guard !allowed.contains(method), !RequestHeaderRules.isSafelisted(method: method),
            !(allowed.contains("*") && credentials != .include)
        else { return nil }
        return CORSRefusal(
            code: .methodNotAllowed,
            reason: "Access-Control-Allow-Methods is \(words(allowed)), expected \(method) in it",
            remedy: "add \(method) to the allowed methods in the server's CORS settings"
        )
    }

    private func headerRefusal(_ allowed: [String]) -> CORSRefusal? {
        if allowed.contains("*"), credentials != .include { return nil }
        guard let name = unsafeNames.first(where: { !allowed.contains($0) }) else { return nil }
        return CORSRefusal(
            code: .headerNotAllowed,
            reason: "Access-Control-Allow-Headers is \(words(allowed)), expected \(name) in it",
            remedy: "add \(name) to the allowed headers in the server's CORS settings"
        )
    }

    private func words(_ list: [String]) -> String {
        list.isEmpty ? "empty or missing" : "\"\(list.joined(separator: ", ").excerpt)\""
    }

    private func tokens(
        of name: String,
        _ code: CORSRefusal.Code,
        in headers: [HeaderField]
    ) throws(CORSRefusal) -> [String] {
        guard let value = headers.combinedValue(named: name) else { return [] }
        let elements = HTTPToken.elements(of: value)
        guard let wrong = elements.first(where: { !HTTPToken.isToken($0) }) else { return elements }
        throw CORSRefusal(
            code: code,
            reason: "\(name) is \"\(value.excerpt)\", expected a list of names: \"\(wrong.excerpt)\" is none",
            remedy: "separate the names in \(name) by commas"
        )
    }
}
