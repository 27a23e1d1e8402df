package import LookoutModel
package import LookoutSettings
import Synchronization

/// A source of secrets that remembers what it gave out, so that it can be kept out of what is shown to people.
package final class RememberedSecrets: SecretSource {
    private let source: any SecretSource
    private let given = Mutex<Set<Secret>>([])

    package init(_ source: any SecretSource) {
        self.source = source
    }

    /// Every secret that was looked up so far, in no particular order.
    package var all: [Secret] { given.withLock { Array($0) } }

    package var arePlaceholders: Bool { source.arePlaceholders }

    package func environmentVariable(_ name: String) -> Result<Secret, SecretLookupError> {
        remember(source.environmentVariable(name))
    }

    package func credential(_ name: String) -> Result<Secret, SecretLookupError> {
        remember(source.credential(name))
    }

    package func file(_ path: String) -> Result<Secret, SecretLookupError> {
        remember(source.file(path))
    }

    private func remember(_ result: Result<Secret, SecretLookupError>) -> Result<Secret, SecretLookupError> {
        if case .success(let secret) = result { _ = given.withLock { $0.insert(secret) } }
        return result
    }
}
