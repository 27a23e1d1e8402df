import LookoutConfiguration
package import LookoutSettings

/// A Gatus file turned into a configuration and a rule file of Lookout.
package struct GatusMigration: Sendable {
    /// The name of the rule file that the configuration names.
    package static let rulesFile = "gatus-rules.yaml"

    /// The configuration file.
    package let configuration: String
    /// The rule file.
    package let rules: String
    /// What has no equivalent, and what Gatus leaves out without a word.
    package let warnings: Diagnostics

    /// Whether a name is one that an environment can have.
    package static func canBeEnvironment(_ name: String) -> Bool { Name.isName(name) }

    /// Reads a Gatus file and turns it.
    ///
    /// `environment` is the environment that all endpoints go to: Gatus has none. Fails for what is no YAML
    /// and no Gatus configuration.
    package static func migrate(
        _ path: String,
        environment: String
    ) -> Result<GatusMigration, Diagnostics> {
        YAMLReader(file: path, mergeKeys: .kept).readFile().flatMap { migrate($0, environment) }
    }

    /// The same for a file's bytes, which messages call by a name.
    package static func migrate(
        _ bytes: [UInt8],
        named name: String,
        environment: String
    ) -> Result<GatusMigration, Diagnostics> {
        YAMLReader(file: name, mergeKeys: .kept).read(bytes).flatMap { migrate($0, environment) }
    }

    private static func migrate(
        _ document: YAMLReader.Document,
        _ environment: String
    ) -> Result<GatusMigration, Diagnostics> {
        var diagnostics = Diagnostics()
        guard let file = GatusFile(document.root, &diagnostics) else { return .failure(diagnostics) }
        var writer = MigrationWriter(environment: environment)
        writer.write(file)
        diagnostics.add(contentsOf: writer.diagnostics)
        return .success(
            GatusMigration(
                configuration: writer.configuration(of: file),
                rules: writer.rules,
                warnings: diagnostics
            )
        )
    }
}
