package import LookoutModel

extension FakeProvider {
    /// The answer to a request, with the faults that are injected.
    package mutating func reply(to request: DemoRequest, now: Timestamp) -> DemoReply {
        advance(to: now)
        // The first in the order of their words, so that the same faults always give the same answer.
        for fault in faults.sorted(by: { $0.rawValue < $1.rawValue }) {
            if let reply = fault.replacement(at: Self.name, now: now) { return reply }
        }
        var reply = answer(request, now: now)
        for fault in faults.sorted(by: { $0.rawValue < $1.rawValue }) { fault.deform(&reply) }
        return reply
    }
}

extension ProviderFaultKind {
    /// What no terminal and no shell should ever get as it is.
    package static let hostileWords =
        "\u{1B}[2J\u{1B}]0;owned\u{7} $(touch owned) `id` '; rm -rf ~ #\r\n\u{202E}\u{0}"

    /// What is answered instead of the truth; nil if the truth is only deformed.
    func replacement(at provider: ProviderName, now: Timestamp) -> DemoReply? {
        switch self {
        case .down: error(502, "connection refused", provider)
        case .unauthorized: error(401, "Bad credentials", provider)
        case .forbidden: error(403, "Resource not accessible by this token", provider)
        case .notFound: error(404, "Not Found", provider)
        case .serverError: error(500, "Internal Server Error", provider)
        case .badGateway: DemoReply(502, headers: Self.html, body: "<html><h1>502 Bad Gateway</h1></html>\n")
        case .unavailable: DemoReply(503, headers: Self.html, body: "<html><h1>503</h1></html>\n")
        case .hanging: DemoReply(200, hangs: true)
        case .notJSON: DemoReply(200, headers: Self.html, body: "<!doctype html><title>Sign in</title>\n")
        case .deep:
            .json(200, String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000))
        case .huge: .json(200, "[\"" + String(repeating: Self.kilobyte, count: 8 << 10) + "\"]")
        case .rateLimited, .retryAfterSeconds, .retryAfterDate, .resetTime, .resetSeconds, .sentryReset,
            .primaryLimit, .secondaryLimit:
            limited(at: provider, now: now)
        case .slow, .cut, .otherShape, .hostileText: nil
        }
    }

    /// Changes an answer that is otherwise true.
    func deform(_ reply: inout DemoReply) {
        switch self {
        case .slow: reply.delay = .seconds(30)
        case .cut: reply.cutAfter = reply.body.utf8.count / 2
        case .otherShape: reply.body = "{\"data\":\(reply.body.isEmpty ? "null" : reply.body)}"
        case .hostileText:
            guard let value = try? JSONValue(parsing: Array(reply.body.utf8)) else { return }
            reply.body = HostileText.spoilt(value).jsonText
        default: break
        }
    }

    private static let kilobyte = String(repeating: "x", count: 1024)
    private static let html = [(name: "content-type", value: "text/html; charset=utf-8")]

    private func error(_ status: Int, _ message: String, _ provider: ProviderName) -> DemoReply {
        let body: JSONValue =
            switch provider {
            case .netlify: ["code": .int(Int64(status)), "message": .string(message)]
            case .render: ["id": "err-fake", "message": .string(message)]
            case .sentry: ["detail": .string(message)]
            case .github:
                [
                    "message": .string(message), "documentation_url": "https://docs.github.com/rest",
                    "status": .string(String(status)),
                ]
            case .supabase, .status: ["message": .string(message)]
            }
        return .json(status, body.jsonText)
    }

    private func limited(at provider: ProviderName, now: Timestamp) -> DemoReply {
        let isForbidden = self == .primaryLimit || self == .secondaryLimit
        let words =
            switch self {
            case .primaryLimit: "API rate limit exceeded for user ID 1."
            case .secondaryLimit: "You have exceeded a secondary rate limit."
            default: "Too Many Requests"
            }
        var reply = error(isForbidden ? 403 : 429, words, provider)
        reply.headers += limitHeaders(at: provider, now: now)
        return reply
    }

    private func limitHeaders(at provider: ProviderName, now: Timestamp) -> [(name: String, value: String)] {
        let wait = Duration.seconds(40)
        let seconds = String(wait.components.seconds)
        let unix = String(((now + wait).microseconds + 999_999) / 1_000_000)
        switch self {
        case .retryAfterSeconds, .secondaryLimit: return [("retry-after", seconds)]
        case .retryAfterDate: return [("retry-after", HTTPDate.text(now + wait))]
        case .resetTime: return [("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", unix)]
        case .primaryLimit:
            return [
                ("x-ratelimit-limit", "5000"), ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", unix),
            ]
        case .resetSeconds:
            return [("ratelimit-limit", "400"), ("ratelimit-remaining", "0"), ("ratelimit-reset", seconds)]
        case .sentryReset:
            return [
                ("x-sentry-rate-limit-limit", "40"), ("x-sentry-rate-limit-remaining", "0"),
                ("x-sentry-rate-limit-reset", unix),
            ]
        default:
            let form: ProviderFaultKind =
                switch provider {
                case .netlify: .resetTime
                case .render: .resetSeconds
                case .github: .secondaryLimit
                case .sentry: .sentryReset
                case .supabase, .status: .retryAfterSeconds
                }
            let own = form.limitHeaders(at: provider, now: now)
            return provider == .render ? own + [("retry-after", seconds)] : own
        }
    }
}

/// Spoils the texts of an answer that people write, and leaves what programs match as it is.
private enum HostileText {
    private static let keys: Set<String> = [
        "message", "title", "error_message", "description", "culprit", "subject", "login", "detail", "error",
    ]

    static func spoilt(_ value: JSONValue, key: String? = nil) -> JSONValue {
        switch value {
        case .string(let text):
            key.map(keys.contains) == true ? .string(text + ProviderFaultKind.hostileWords) : value
        case .array(let elements): .array(elements.map { spoilt($0, key: key) })
        case .object(let members):
            .object(Dictionary(uniqueKeysWithValues: members.map { ($0.key, spoilt($0.value, key: $0.key)) }))
        default: value
        }
    }
}
