package import ArgumentParser
import LookoutModel

/// The root of the command line; a new command is a file of its own and one line here.
package struct LookoutCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "lookout",
        abstract: "Watches staging and production, and tells when something breaks.",
        discussion: """
            Exit codes: 0 all is well; 1, 2, 3 the worst severity found; of deploy and preflight 1 regressed or \
            no-go, 2 not decided; 64 usage; 65 wrong input; 69 something could not be asked; \
            70 a fault of lookout; 74 something could not be stored; 77 not permitted; 78 wrong configuration.
            """,
        version: LookoutVersion.current,
        subcommands: [
            RunCommand.self,
            CheckCommand.self,
            StatusCommand.self,
            AlertsCommand.self,
            SilenceCommand.self,
            AckCommand.self,
            MaintenanceCommand.self,
            ReceiversCommand.self,
            IncidentCommand.self,
            AnnounceCommand.self,
            ConfigCommand.self,
            RulesCommand.self,
            PreflightCommand.self,
            DeployCommand.self,
            DemoCommand.self,
        ]
    )

    package init() {}
}
