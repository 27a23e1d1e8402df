import ArgumentParser
import LookoutConfiguration
import LookoutDaemon
import LookoutModel
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
        try configuration(Self.loader.load(path), showsWarnings: showsWarnings)
    }

    /// The same without looking up a secret, for commands that look at rules and ask nobody anything.
    func loadWithoutSecrets(showsWarnings: Bool = false) throws -> Configuration {
        let result = Self.loader(secrets: PlaceholderSecrets()).load(path)
        return try configuration(result, showsWarnings: showsWarnings)
    }

    /// What the agent starts with: the file's configuration, or the last one that was in force.
    func loadForStart() throws -> StartingConfiguration {
        do throws(Diagnostics) {
            return try StartingConfiguration(path, Self.loader)
        } catch {
            throw failure(error, but: ", and none was kept that works")
        }
    }

    /// What the agent runs with as far as one can tell without its secrets, to find it by.
    ///
    /// Whoever must act at night does not have to mend the file first.
    func loadOfAgent() throws -> Configuration {
        do throws(Diagnostics) {
            let start = try StartingConfiguration(path, Self.loader(secrets: PlaceholderSecrets()))
            if let refusal = start.refusal {
                let count = Self.counted(refusal.errors)
                StandardStreams.writeError(
                    "\(path): \(count); the agent goes on with the one from \(refusal.adoptedAt.rfc3339)\n"
                )
            }
            return start.configuration
        } catch {
            throw failure(error, but: "; --address finds an agent that runs")
        }
    }

    private func configuration(
        _ result: (configuration: Configuration?, diagnostics: Diagnostics),
        showsWarnings: Bool
    ) throws -> Configuration {
        guard let configuration = result.configuration else {
            throw failure(result.diagnostics, showsWarnings: showsWarnings)
        }
        if showsWarnings { show(result.diagnostics.sorted) }
        return configuration
    }

    /// Shows what was found; what the command ends with.
    private func failure(
        _ found: Diagnostics,
        showsWarnings: Bool = false,
        but words: String = ""
    ) -> ExitCode {
        show(found.sorted.filter { showsWarnings || $0.level == .error })
        StandardStreams.writeError("\(path): \(Self.counted(found.errors))\(words)\n")
        return .configuration
    }

    private func show(_ findings: [Diagnostic]) {
        for finding in findings { StandardStreams.writeError(finding.rendered + "\n") }
    }

    private static func counted(_ errors: [Diagnostic]) -> String {
        "\(errors.count) \(errors.count == 1 ? "error" : "errors")"
    }
}
