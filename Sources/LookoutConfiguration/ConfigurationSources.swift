package import LookoutSettings

/// What a configuration was read from: enough to read it again after the files have changed.
///
/// Secrets are in it only where the files hold them in clear, which `plainSecrets` tells.
package struct ConfigurationSources: Hashable, Sendable {
    /// The configuration file itself.
    package let main: FileText
    /// Its rule files, in the order in which they were read.
    package let rules: [FileText]
    /// Where a secret stands in clear; empty if all of them are references.
    package let plainSecrets: [SourcePosition]

    package init(main: FileText, rules: [FileText], plainSecrets: [SourcePosition] = []) {
        self.main = main
        self.rules = rules
        self.plainSecrets = plainSecrets
    }
}

/// A file as it was read.
package struct FileText: Hashable, Sendable {
    /// As it was named, so that messages and relative paths are the same again.
    package let path: String
    package let text: String

    package init(path: String, text: String) {
        self.path = path
        self.text = text
    }
}
