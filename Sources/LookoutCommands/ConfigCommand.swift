import ArgumentParser
import LookoutConfiguration
import LookoutModel
import LookoutProbes
import LookoutReceivers
import LookoutRules
import LookoutSettings

/// `lookout config`: looks at configuration files.
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Checks the configuration and describes its format.",
        subcommands: [ConfigCheckCommand.self, ConfigSchemaCommand.self]
    )
}

/// `lookout config check`: everything that is wrong, at once.
struct ConfigCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Checks the configuration and its rules: all errors at once, with file:line:column.",
        discussion: "Exit codes: 0 if it is right, also with warnings; 78 if it is not."
    )

    @OptionGroup var options: ConfigurationOptions

    func run() async throws {
        let configuration = try options.load(showsWarnings: true)
        StandardStreams.write(
            "\(options.path): right: \(configuration.checks.count) checks in "
                + "\(configuration.environments.count) environments, \(configuration.rules.rules.count) rules, "
                + "\(configuration.receivers.count) receivers\n"
        )
    }
}

/// `lookout config schema`: the JSON Schema of the configuration file.
struct ConfigSchemaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Prints the JSON Schema of the configuration file, for editors.",
        discussion: """
            Save it and name it in the file's first line, which editors with a YAML language server read:
            # yaml-language-server: $schema=lookout.schema.json
            """
    )

    func run() async throws {
        StandardStreams.write(
            ConfigurationSchema(probes: .builtin, receivers: .builtin).json.prettyJSONText + "\n"
        )
    }
}
