package import LookoutModel

/// Why an answer of a provider, or of git, is not there.
///
/// Texts are one line for people, name the provider and what to do, and hold no secret and no control character.
package enum ProviderFailure: Error, Hashable, Sendable {
    /// No token or no id is configured; the checks that need it are named and switched off.
    case notConfigured(String)
    /// The token is not accepted (401).
    case unauthorized(String)
    /// The token lacks a scope or the plan lacks the feature (403).
    case forbidden(String)
    /// What was asked for does not exist (404).
    case notFound(String)
    /// The provider wants to be asked later; nil if it did not say when.
    case rateLimited(String, until: Timestamp?)
    /// No connection, a time-out, or an answer of 5xx after all attempts.
    case unreachable(String)
    /// The change was refused as it stands (409, 422, a protected branch, a lease that was lost).
    case refused(String)
    /// An answer of another shape than the documentation has.
    case unexpected(String)
    /// Lookout is set to read only and does not change anything.
    case readOnly(String)

    /// The words for people.
    package var message: String {
        switch self {
        case .notConfigured(let text), .unauthorized(let text), .forbidden(let text), .notFound(let text),
            .rateLimited(let text, _), .unreachable(let text), .refused(let text), .unexpected(let text),
            .readOnly(let text):
            text
        }
    }

    /// The word for machines, such as `not_configured`.
    package var code: String {
        switch self {
        case .notConfigured: "not_configured"
        case .unauthorized: "unauthorized"
        case .forbidden: "forbidden"
        case .notFound: "not_found"
        case .rateLimited: "rate_limited"
        case .unreachable: "unreachable"
        case .refused: "refused"
        case .unexpected: "unexpected"
        case .readOnly: "read_only"
        }
    }
}
