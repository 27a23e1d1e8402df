/// Why a browser would not hand an answer to the page: a code, the reason, and what would mend it.
struct CORSRefusal: Error, Hashable, Sendable {
    /// The closed set of reasons.
    enum Code: String, CaseIterable, Hashable, Sendable {
        case missingAllowOrigin = "missing_allow_origin"
        case multipleAllowOrigin = "multiple_allow_origin"
        case invalidAllowOrigin = "invalid_allow_origin"
        case originMismatch = "origin_mismatch"
        case wildcardWithCredentials = "wildcard_with_credentials"
        case credentialsNotAllowed = "credentials_not_allowed"
        case preflightMissingAllowOrigin = "preflight_missing_allow_origin"
        case preflightMultipleAllowOrigin = "preflight_multiple_allow_origin"
        case preflightInvalidAllowOrigin = "preflight_invalid_allow_origin"
        case preflightOriginMismatch = "preflight_origin_mismatch"
        case preflightWildcardWithCredentials = "preflight_wildcard_with_credentials"
        case preflightCredentialsNotAllowed = "preflight_credentials_not_allowed"
        case preflightBadStatus = "preflight_bad_status"
        case preflightRedirect = "preflight_redirect"
        case invalidAllowMethods = "invalid_allow_methods"
        case invalidAllowHeaders = "invalid_allow_headers"
        case methodNotAllowed = "method_not_allowed"
        case headerNotAllowed = "header_not_allowed"
        case redirectWithCredentials = "redirect_with_credentials"
        case redirectBadScheme = "redirect_bad_scheme"
        case redirectBadLocation = "redirect_bad_location"
        case redirectErrorMode = "redirect_error_mode"
        case tooManyRedirects = "too_many_redirects"
        case blockedPort = "blocked_port"
        case invalidRequest = "invalid_request"
        case networkError = "network_error"
        case preflightNetworkError = "preflight_network_error"
        case timeout
        case preflightTimeout = "preflight_timeout"
    }

    var code: Code
    /// What was seen and what was expected, in one sentence without a full stop.
    var reason: String
    /// What to change at the server; nil where that is not about CORS.
    var remedy: String?

    static func invalidRequest(_ reason: String) -> CORSRefusal {
        CORSRefusal(code: .invalidRequest, reason: reason)
    }

    /// The same refusal of the answer to a preflight.
    var ofPreflight: CORSRefusal {
        var refusal = self
        refusal.code = Code(rawValue: "preflight_\(code.rawValue)") ?? code
        refusal.reason = "the answer to the preflight is refused: \(reason)"
        return refusal
    }
}
