import LookoutModel

/// One request of a `CORSFetch`.
struct CORSExchange: Hashable, Sendable {
    /// Preflight or the request itself.
    enum Stage: String, Hashable, Sendable {
        case preflight
        case actual
    }

    let stage: Stage
    /// How many redirects came before it.
    let hop: Int
    let url: WebURL
    let method: String
    let headers: [HeaderField]
    let body: [UInt8]?
}

/// What was answered to one request of a `CORSFetch`.
struct CORSAnswer: Hashable, Sendable {
    let stage: CORSExchange.Stage
    let hop: Int
    let statusCode: Int
    let headers: [HeaderField]

    /// `*` together with permitted credentials: contradictory, and refused with credentials.
    var isWildcardWithCredentials: Bool {
        headers.combinedValue(named: CORSCheck.allowOrigin) == "*" && permitsCredentials
    }

    /// Whether the answer permits credentials.
    var permitsCredentials: Bool {
        headers.combinedValue(named: CORSCheck.allowCredentials) == "true"
    }
}

/// What a browser would do with a page's request.
struct CORSVerdict: Hashable, Sendable {
    /// Why the page gets nothing; nil if it gets the answer.
    var refusal: CORSRefusal?
    var preflightSent = false
    /// The status of the last answer.
    var statusCode: Int?
    /// All answers, in order.
    var answers: [CORSAnswer] = []
    /// What the standard or other browsers say beyond the verdict.
    var findings: [String] = []

    var isAllowed: Bool { refusal == nil }

    /// The refusal's code, or `ok`.
    var reasonCode: String { refusal?.code.rawValue ?? "ok" }
}
