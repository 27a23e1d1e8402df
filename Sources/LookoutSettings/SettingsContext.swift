package import LookoutModel

/// What a value needs besides its node to be read: variables to fill in, secrets to look up,
/// and the place where findings go.
package struct SettingsContext: Sendable {
    /// The variables that `${name}` may name here; empty outside of an environment.
    package var variables: [String: String]
    /// The environment that is being read for, to be named in messages.
    package var environment: String?
    package var secrets: any SecretSource
    package var diagnostics = Diagnostics()
    /// Where a secret stands in the file itself and not as a reference; in the order of reading.
    package internal(set) var plainSecrets: [SourcePosition] = []
    /// Where something else stands for a secret that was not looked up.
    private var placeholders: Set<SourcePosition> = []

    package init(
        variables: [String: String] = [:],
        environment: String? = nil,
        secrets: any SecretSource = NoSecrets()
    ) {
        self.variables = variables
        self.environment = environment
        self.secrets = secrets
    }

    /// Reports an error at a node's place, unless that is about what only stands for a secret.
    package mutating func error(_ message: String, at node: SettingsNode, hint: String? = nil) {
        if isPlaceholder(node) { return }
        diagnostics.error(message, at: node.position, hint: hint)
    }
}

extension SettingsContext {
    /// Whether the secret of a node was not looked up, so that nothing can be said of its value.
    package func isPlaceholder(_ node: SettingsNode) -> Bool { placeholders.contains(node.position) }

    mutating func notePlaceholder(_ node: SettingsNode) {
        placeholders.insert(node.position)
    }
}

/// Where a secret reference is looked up, after the file has been parsed.
package protocol SecretSource: Sendable {
    /// The value of an environment variable, or a reason for people why there is none.
    func environmentVariable(_ name: String) -> Result<Secret, SecretLookupError>
    /// The content of a systemd credential (`LoadCredential=`), or a reason why there is none.
    func credential(_ name: String) -> Result<Secret, SecretLookupError>
    /// The content of a file, without a last line end, or a reason why there is none.
    func file(_ path: String) -> Result<Secret, SecretLookupError>
    /// Whether it gives out something that only stands for the secrets; nothing is then said of their values.
    var arePlaceholders: Bool { get }
}

extension SecretSource {
    package var arePlaceholders: Bool { false }
}

/// Why a secret could not be had; the message names the reference, never the secret.
package struct SecretLookupError: Error, Hashable {
    package let message: String

    package init(_ message: String) {
        self.message = message
    }
}

/// A source that has no secrets, for tests and for reading a schema.
package struct NoSecrets: SecretSource {
    package init() {}

    package func environmentVariable(_ name: String) -> Result<Secret, SecretLookupError> {
        .failure(SecretLookupError("environment variable \(name) is not set"))
    }

    package func credential(_ name: String) -> Result<Secret, SecretLookupError> {
        .failure(SecretLookupError("there is no credential \(name)"))
    }

    package func file(_ path: String) -> Result<Secret, SecretLookupError> {
        .failure(SecretLookupError("\(path) cannot be read"))
    }
}
