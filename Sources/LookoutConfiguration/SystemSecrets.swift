import Glibc
package import LookoutModel
package import LookoutSettings

/// The secrets of this machine: environment variables, systemd credentials, files.
///
/// Of a file's content one line end at its end is left out, since editors and `echo` add it. The
/// messages name the reference and what is the matter with it, never what was found.
package struct SystemSecrets: SecretSource {
    private let environment: @Sendable (String) -> String?

    /// - Parameter environment: where environment variables are looked up; this process's own unless
    ///   a test brings others.
    package init(environment: @escaping @Sendable (String) -> String? = ProcessEnvironment.value) {
        self.environment = environment
    }

    package func environmentVariable(_ name: String) -> Result<Secret, SecretLookupError> {
        guard let text = environment(name) else {
            return .failure(SecretLookupError("environment variable \(name.shortened) is not set"))
        }
        guard !text.isEmpty else {
            return .failure(SecretLookupError("environment variable \(name.shortened) is empty"))
        }
        return .success(Secret(text))
    }

    package func credential(_ name: String) -> Result<Secret, SecretLookupError> {
        let what = "credential \"\(name.shortened)\""
        guard !name.isEmpty, !name.contains("/"), name != ".", name != ".." else {
            return .failure(SecretLookupError("\(what) is not the name of a credential"))
        }
        guard let directory = environment("CREDENTIALS_DIRECTORY"), !directory.isEmpty else {
            return .failure(
                SecretLookupError(
                    "\(what) cannot be looked up: CREDENTIALS_DIRECTORY is not set"
                        + " (systemd sets it for a service with LoadCredential=\(name.shortened):PATH)"
                )
            )
        }
        return content(of: "\(directory)/\(name)", what: what)
    }

    package func file(_ path: String) -> Result<Secret, SecretLookupError> {
        content(of: path, what: "secret file")
    }

    private func content(of path: String, what: String) -> Result<Secret, SecretLookupError> {
        func failure(_ reason: String) -> Result<Secret, SecretLookupError> {
            .failure(SecretLookupError("\(what) cannot be read from \(path): \(reason)"))
        }
        let bytes: [UInt8]
        do {
            bytes = try RegularFile(path: path, limit: 65_536).read()
        } catch {
            return failure(error.message)
        }
        guard var text = String(validating: bytes, as: UTF8.self) else {
            return failure("it is not UTF-8 text")
        }
        // A line end of two bytes is one character.
        if text.last?.isNewline == true { text.removeLast() }
        guard !text.isEmpty else { return failure("it is empty") }
        return .success(Secret(text))
    }
}

/// The environment variables of this process.
package enum ProcessEnvironment {
    @Sendable package static func value(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}
