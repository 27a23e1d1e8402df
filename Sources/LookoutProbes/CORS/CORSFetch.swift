import LookoutHTTP
import LookoutModel

/// One `fetch()` of a page, followed through preflights and redirects (Fetch §4.1–4.5).
///
/// Says which exchange comes next, takes what came of it, and ends in a verdict. It does no I/O.
struct CORSFetch: Sendable {
    /// What to do next.
    enum Step: Hashable, Sendable {
        case send(CORSExchange)
        case done(CORSVerdict)
    }

    private let request: CORSRequest
    private var url: WebURL
    private var method: String
    private var headers: [HeaderField]
    private var body: [UInt8]?
    private var hop = 0
    /// Whether the answer is cross-origin; stays so once it was.
    private var isCrossOrigin: Bool
    /// Whether redirects went from a foreign origin to another: the origin is sent as `null`.
    private var isTainted = false
    private var pending: CORSExchange.Stage = .actual
    private var verdict = CORSVerdict()

    static let redirectStatuses: Set = [301, 302, 303, 307, 308]
    private static let maximumRedirects = 20

    init(_ request: CORSRequest) {
        self.request = request
        url = request.url
        method = request.method
        headers = request.headers
        body = request.body
        isCrossOrigin = !request.url.origin.isSame(as: request.origin)
        verdict.findings = request.findings
    }

    /// The first step.
    mutating func start() -> Step {
        if WebURL.isBlocked(port: url.effectivePort) { return refuse(blockedPort()) }
        return ask()
    }

    /// Takes the answer to the exchange of the last step.
    mutating func receive(statusCode: Int, headers answer: [HeaderField]) -> Step {
        verdict.answers.append(CORSAnswer(stage: pending, hop: hop, statusCode: statusCode, headers: answer))
        switch pending {
        case .preflight: return judgePreflight(statusCode, answer)
        case .actual: return judgeActual(statusCode, answer)
        }
    }

    /// Takes the failure of the exchange of the last step.
    mutating func fail(_ kind: FailureClass, _ message: String) -> Step {
        let code: CORSRefusal.Code =
            switch (pending, kind) {
            case (.preflight, .timeout): .preflightTimeout
            case (.preflight, _): .preflightNetworkError
            case (.actual, .timeout): .timeout
            case (.actual, _): .networkError
            }
        return refuse(CORSRefusal(code: code, reason: message))
    }

    /// The verdict as far as it goes: for a run that ends before the fetch does.
    var verdictSoFar: CORSVerdict {
        var soFar = verdict
        soFar.statusCode = verdict.answers.last?.statusCode
        return soFar
    }

    private var serializedOrigin: String {
        isTainted ? Origin.opaque.description : request.origin.description
    }

    private var preflight: CORSPreflight {
        CORSPreflight(method: method, headers: headers, credentials: request.credentials)
    }

    private mutating func ask() -> Step {
        let hints = RequestHeaderRules.clientHints(in: headers)
        if isCrossOrigin, !hints.isEmpty, hop == 0 {
            verdict.findings.append("\(hints.joined(separator: ", ")) needs a preflight in the standard")
        }
        guard isCrossOrigin, request.alwaysPreflights || preflight.isNeeded else { return askActual() }
        pending = .preflight
        verdict.preflightSent = true
        return .send(
            CORSExchange(
                stage: .preflight,
                hop: hop,
                url: url,
                method: "OPTIONS",
                headers: preflight.headers(origin: serializedOrigin),
                body: nil
            )
        )
    }

    private mutating func askActual() -> Step {
        pending = .actual
        var lines = headers
        if isCrossOrigin || (method != "GET" && method != "HEAD") {
            lines.insert(HeaderField("Origin", serializedOrigin), at: 0)
        }
        return .send(
            CORSExchange(stage: .actual, hop: hop, url: url, method: method, headers: lines, body: body)
        )
    }

    private mutating func judgePreflight(_ statusCode: Int, _ answer: [HeaderField]) -> Step {
        let origin = serializedOrigin
        if let refusal = preflight.refusal(origin: origin, statusCode: statusCode, headers: answer) {
            if !preflight.isNeeded {
                verdict.findings.append(
                    "a browser sends no preflight for this \(method); the preflight setting asked for it"
                )
            }
            return refuse(refusal)
        }
        verdict.findings += preflight.findings(headers: answer)
        return askActual()
    }

    private mutating func judgeActual(_ statusCode: Int, _ answer: [HeaderField]) -> Step {
        if statusCode == 407 {
            verdict.findings.append(
                "407 is an ordinary status in the standard; Chromium takes it for a proxy's"
            )
            return refuse(CORSRefusal(code: .networkError, reason: "status 407 counts as a proxy's failure"))
        }
        let origin = serializedOrigin
        if isCrossOrigin {
            let refusal = CORSCheck.refusal(origin: origin, credentials: request.credentials, headers: answer)
            if let refusal { return refuse(refusal) }
        }
        guard CORSFetch.redirectStatuses.contains(statusCode) else { return allow(statusCode, answer) }
        let locations = answer.values(named: "Location").map { String(HTTPToken.trimmed($0)) }
        guard let location = locations.first, locations != [""] else {
            verdict.findings.append("a redirect without a Location; other browsers may refuse it")
            return allow(statusCode, answer)
        }
        guard Set(locations).count == 1 else {
            return refuse(
                CORSRefusal(code: .redirectBadLocation, reason: "the redirect has several Locations")
            )
        }
        switch request.redirect {
        case .manual: return allow(statusCode, answer)
        case .error:
            let words = "the redirect \(statusCode) to \(location.excerpt) is an error for this request"
            return refuse(CORSRefusal(code: .redirectErrorMode, reason: words))
        case .follow: return follow(location, statusCode)
        }
    }

    private mutating func follow(_ location: String, _ statusCode: Int) -> Step {
        guard let next = WebURL(location, relativeTo: url) else {
            return refuse(
                CORSRefusal(
                    code: .redirectBadLocation,
                    reason: "Location \"\(location.excerpt)\" is not a URL"
                )
            )
        }
        if let refusal = redirectRefusal(to: next) { return refuse(refusal) }
        hop += 1
        if (statusCode == 303 && method != "GET" && method != "HEAD")
            || ((statusCode == 301 || statusCode == 302) && method == "POST")
        {
            method = "GET"
            body = nil
            headers.removeAll { $0.name.lowercased().hasPrefix("content-") }
        }
        if !url.origin.isSame(as: next.origin) {
            headers.removeAll { $0.name.isEqualIgnoringASCIICase(to: "Authorization") }
            if !request.origin.isSame(as: url.origin) { isTainted = true }
        }
        url = next.withoutFragment
        if !url.origin.isSame(as: request.origin) { isCrossOrigin = true }
        return ask()
    }

    private func redirectRefusal(to next: WebURL) -> CORSRefusal? {
        if !next.isHTTP {
            return CORSRefusal(code: .redirectBadScheme, reason: "the redirect leads to \(next.scheme):")
        }
        if hop >= CORSFetch.maximumRedirects {
            return CORSRefusal(code: .tooManyRedirects, reason: "more than \(hop) redirects")
        }
        if next.hasUserInformation {
            return CORSRefusal(
                code: .redirectWithCredentials,
                reason: "the redirect's URL holds a user name or password"
            )
        }
        return WebURL.isBlocked(port: next.effectivePort) ? blockedPort(next) : nil
    }

    private func blockedPort(_ next: WebURL? = nil) -> CORSRefusal {
        CORSRefusal(code: .blockedPort, reason: "browsers do not connect to \((next ?? url).authority)")
    }

    private mutating func allow(_ statusCode: Int, _ answer: [HeaderField]) -> Step {
        verdict.statusCode = statusCode
        let allowed = answer.combinedValue(named: CORSCheck.allowOrigin)
        let varies = HTTPToken.elements(of: answer.combinedValue(named: "Vary") ?? "").map { $0.lowercased() }
        if isCrossOrigin, allowed != "*", !varies.contains("origin"), !varies.contains("*") {
            verdict.findings.append("Vary: Origin is missing; a cache may hand the answer to another origin")
        }
        return .done(verdict)
    }

    private mutating func refuse(_ refusal: CORSRefusal) -> Step {
        verdict.refusal = refusal
        verdict.statusCode = verdict.answers.last?.statusCode
        return .done(verdict)
    }
}
