import ArgumentParser

/// `lookout deploy`: deployments, from the gate to the record.
struct DeployCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deploy",
        abstract: "Follows deployments, judges them, and shows how to undo them.",
        discussion: """
            Lookout suggests; people act. More in docs/deployments.md.

            Examples:
              lookout deploy start --trigger backend-fixes --changes "CORS origins"
              lookout deploy watch
              lookout deploy plan --script > rollback.sh
              lookout deploy analyze --baseline before.jsonl --window after.jsonl
            """,
        subcommands: [
            DeployListCommand.self, DeployShowCommand.self, DeployStartCommand.self, DeployWatchCommand.self,
            DeployTickCommand.self, DeployOverrideCommand.self, DeployNoteCommand.self,
            DeployAmendCommand.self, DeployFinishCommand.self, DeployPlanCommand.self,
            DeployRecordCommand.self, DeployExplainCommand.self, DeployReplayCommand.self,
            DeployAnalyzeCommand.self,
        ],
        defaultSubcommand: DeployListCommand.self
    )
}
