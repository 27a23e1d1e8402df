import LookoutSettings

/// Something that is wrong with a provider: `netlify=401`, `render=429`, `github=hostile-text`.
package struct ProviderFault: Hashable, Sendable, CustomStringConvertible {
    package let provider: ProviderName
    package let kind: ProviderFaultKind

    package init(_ provider: ProviderName, _ kind: ProviderFaultKind) {
        self.provider = provider
        self.kind = kind
    }

    package var description: String { "\(provider.rawValue)=\(kind.rawValue)" }

    /// Reads `provider=fault`; throws what is wrong with it, with the nearest right word.
    package init(parsing text: String) throws(DemoFaultError) {
        let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard sides.count == 2 else {
            throw DemoFaultError(
                "\"\(text)\" is not a fault of a provider; write provider=fault, such as netlify=401"
            )
        }
        guard let provider = ProviderName(rawValue: sides[0]) else {
            throw DemoFaultError.unknown("provider", sides[0], known: ProviderName.allCases.map(\.rawValue))
        }
        guard let kind = ProviderFaultKind(rawValue: sides[1]) else {
            let known = ProviderFaultKind.allCases.map(\.rawValue)
            throw DemoFaultError.unknown("fault of a provider", sides[1], known: known)
        }
        self.init(provider, kind)
    }
}

/// How a provider can fail those who ask it; the raw value is the word in commands and scenarios.
package enum ProviderFaultKind: String, CaseIterable, Hashable, Sendable {
    /// Nobody listens.
    case down
    case unauthorized = "401"
    case forbidden = "403"
    case notFound = "404"
    /// With the headers that this provider sends.
    case rateLimited = "429"
    /// With `Retry-After` in seconds.
    case retryAfterSeconds = "429-retry-after"
    /// With `Retry-After` as an HTTP date (RFC 9110 §10.2.3).
    case retryAfterDate = "429-retry-after-date"
    /// With `X-RateLimit-Reset` as a Unix time, and nothing else.
    case resetTime = "429-x-ratelimit-reset"
    /// With `RateLimit-Reset` in seconds.
    case resetSeconds = "429-ratelimit-reset"
    /// With `X-Sentry-Rate-Limit-Reset`.
    case sentryReset = "429-x-sentry"
    /// GitHub's primary limit: 403 with nothing left.
    case primaryLimit = "403-rate-limit"
    /// GitHub's secondary limit: 403 with `retry-after`.
    case secondaryLimit = "403-secondary"
    case serverError = "500"
    case badGateway = "502"
    case unavailable = "503"
    /// Answers after half a minute.
    case slow
    /// Never answers.
    case hanging
    /// Breaks off in the middle of the body.
    case cut
    /// Sends JSON of another form.
    case otherShape = "other-shape"
    /// Sends a page instead of JSON.
    case notJSON = "html"
    /// Sends JSON that is nested very deep.
    case deep
    /// Sends several megabytes.
    case huge
    /// Fills texts with what terminals and shells take for commands.
    case hostileText = "hostile-text"
}
