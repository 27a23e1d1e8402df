package import LookoutConfiguration
package import LookoutModel
package import LookoutSettings

/// What the agent starts with: what stands in the file or, where that is wrong, the last that was in force.
///
/// A wrong file must not keep a machine that comes back at night from watching; it is an alert like others.
package struct StartingConfiguration: Sendable {
    /// Why the file's own configuration is not in force.
    package struct Refusal: Sendable {
        /// What is wrong with the file; never empty.
        package let errors: [Diagnostic]
        /// Since when the one in its place was in force.
        package let adoptedAt: Timestamp
    }

    package let configuration: Configuration
    /// What is questionable in it.
    package let warnings: [Diagnostic]
    /// Nil if it is what stands in the file.
    package let refusal: Refusal?

    /// Reads the file and, if that is wrong, what was kept of it.
    ///
    /// Throws what is wrong with the file where nothing that works was kept. What was kept counts only for
    /// the file that it was read from, and in the data directory that it names.
    package init(_ path: String, _ loader: ConfigurationLoader) throws(Diagnostics) {
        let (configuration, diagnostics) = loader.load(path)
        if let configuration {
            self.init(configuration: configuration, warnings: diagnostics.sorted, refusal: nil)
            return
        }
        guard let (kept, configuration, warnings) = Self.kept(of: path, loader) else { throw diagnostics }
        self.init(
            configuration: configuration,
            warnings: warnings,
            refusal: Refusal(
                errors: diagnostics.sorted.filter { $0.level == .error },
                adoptedAt: kept.adoptedAt
            )
        )
    }

    private init(configuration: Configuration, warnings: [Diagnostic], refusal: Refusal?) {
        self.configuration = configuration
        self.warnings = warnings
        self.refusal = refusal
    }

    private static func kept(
        of path: String,
        _ loader: ConfigurationLoader
    ) -> (kept: KeptConfiguration, configuration: Configuration, warnings: [Diagnostic])? {
        let directory = loader.dataDirectory(ofWrong: path)
        guard let kept = KeptConfigurationFile(in: directory).read(), kept.isOf(path) else { return nil }
        // Under the name that it has now, so that relative paths lead where they would.
        let main = FileText(path: path, text: kept.sources.main.text)
        let (configuration, findings) = loader.load(
            ConfigurationSources(main: main, rules: kept.sources.rules)
        )
        guard let configuration, configuration.dataDirectory == directory else { return nil }
        return (kept, configuration, findings.sorted)
    }
}
