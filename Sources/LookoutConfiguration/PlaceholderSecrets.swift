package import LookoutModel
package import LookoutSettings

/// Secrets for a configuration that is looked at and not run: each has a value, and none is a secret.
///
/// So rules can be checked and rehearsed by who has no access to the real ones.
package struct PlaceholderSecrets: SecretSource {
    package init() {}

    package var arePlaceholders: Bool { true }

    package func environmentVariable(_ name: String) -> Result<Secret, SecretLookupError> {
        .success(Self.placeholder)
    }

    package func credential(_ name: String) -> Result<Secret, SecretLookupError> {
        .success(Self.placeholder)
    }

    package func file(_ path: String) -> Result<Secret, SecretLookupError> { .success(Self.placeholder) }

    /// An address, since that is what some settings must be; `.invalid` leads nowhere (RFC 6761 §6.4).
    private static let placeholder = Secret("https://placeholder.invalid/")
}
