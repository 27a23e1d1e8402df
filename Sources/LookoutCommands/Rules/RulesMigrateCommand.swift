import ArgumentParser
import LookoutRehearsal
import LookoutSettings

/// `lookout rules migrate`: other tools' files turned into ours.
struct RulesMigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Turns other tools' configurations into probes and rules.",
        subcommands: [RulesMigrateGatusCommand.self]
    )
}

/// `lookout rules migrate gatus`: a Gatus file as a configuration and a rule file.
struct RulesMigrateGatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gatus",
        abstract: "Turns a Gatus configuration into probes and rules.",
        discussion: """
            Endpoints become probes, their conditions and alerts rules. What Gatus would have judged
            otherwise stands as a comment at its condition; what has no equivalent yet is a warning.
            Nothing is asked and no variable of the environment is read.

            Exit codes: 0 if it could be turned, also with warnings; 65 if FILE is no Gatus
            configuration; 73 if the files cannot be written.
            """
    )

    @Argument(help: "The Gatus configuration.", completion: .file(extensions: ["yaml", "yml"]))
    var file: String

    @Option(help: "The environment that the endpoints go to.")
    var environment = "production"

    @Option(
        name: [.customLong("output"), .customShort("o")],
        help: "A directory for lookout.yaml and \(GatusMigration.rulesFile); without it, both are printed.",
        completion: .directory
    )
    var directory: String?

    func validate() throws {
        guard GatusMigration.canBeEnvironment(environment) else {
            throw ValidationError(
                "\"\(environment)\" cannot be an environment's name: a-z, 0-9, \"-\", \"_\" and \".\""
            )
        }
    }

    func run() async throws {
        let migration: GatusMigration
        switch GatusMigration.migrate(file, environment: environment) {
        case .success(let turned): migration = turned
        case .failure(let diagnostics):
            show(diagnostics)
            throw ExitCode.dataError
        }
        show(migration.warnings)
        guard let directory else {
            StandardStreams.write(
                "# lookout.yaml\n\n\(migration.configuration)\n"
                    + "# ---------------------------------------------------------------------------\n"
                    + "# \(GatusMigration.rulesFile)\n\n\(migration.rules)"
            )
            return
        }
        try NewFile.write(migration.configuration, to: "\(directory)/lookout.yaml")
        try NewFile.write(migration.rules, to: "\(directory)/\(GatusMigration.rulesFile)")
        StandardStreams.write(
            "wrote \(directory)/lookout.yaml and \(directory)/\(GatusMigration.rulesFile)\n"
        )
    }

    private func show(_ diagnostics: Diagnostics) {
        for diagnostic in diagnostics.sorted { StandardStreams.writeError(diagnostic.rendered + "\n") }
    }
}
