import ArgumentParser
import LookoutConfiguration
import LookoutProbes
import LookoutReceivers
import LookoutSettings

/// Where the configuration is, and how it is loaded, for every command that needs it.
struct ConfigurationOptions: ParsableArguments {
    @Option(name: [.customLong("config"), .customShort("c")], help: "The configuration file.")
    var path = ConfigurationOptions.standardPath

    static let standardPath = "lookout.yaml"

    /// Every secret that a configuration of this process has asked for, so that none is ever shown.
    static let secrets = RememberedSecrets(SystemSecrets())

    static let loader = loader(secrets: secrets)

    private static func loader(secrets: any SecretSource) -> ConfigurationLoader {
        ConfigurationLoader(probes: .builtin, receivers: .builtin, secrets: secrets)
    }

    /// Loads the configuration, prints what is wrong, and ends with 78 if anything is.
    func load(showsWarnings: Bool = false) throws -> Configuration {
        try loadWithWarnings(showsWarnings: showsWarnings).configuration
    }

    /// The same without looking up a secret, for commands that look at rules and ask nobody anything.
    func loadWithoutSecrets(showsWarnings: Bool = false) throws -> Configuration {
        let loader = Self.loader(secrets: PlaceholderSecrets())
        return try loadWithWarnings(by: loader, showsWarnings: showsWarnings).configuration
    }

    /// The same, with the warnings, for a command that has a better place for them.
    func loadWithWarnings(
        by loader: ConfigurationLoader = Self.loader,
        showsWarnings: Bool = false
    ) throws -> (configuration: Configuration, warnings: [Diagnostic]) {
        let result = loader.load(path)
        let shown =
            showsWarnings
            ? result.diagnostics.sorted : result.diagnostics.sorted.filter { $0.level == .error }
        for diagnostic in shown { StandardStreams.writeError(diagnostic.rendered + "\n") }
        guard let configuration = result.configuration else {
            let count = result.diagnostics.errors.count
            StandardStreams.writeError("\(path): \(count) \(count == 1 ? "error" : "errors")\n")
            throw ExitCode.configuration
        }
        return (configuration, result.diagnostics.sorted)
    }
}
