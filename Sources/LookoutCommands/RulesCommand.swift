import ArgumentParser

/// `lookout rules`: looks at rules, and lets them be tried before they are trusted.
struct RulesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "Checks, tests, replays and explains rules.",
        subcommands: [
            RulesCheckCommand.self,
            RulesTestCommand.self,
            RulesBacktestCommand.self,
            RulesExplainCommand.self,
            RulesEvalCommand.self,
            RulesMigrateCommand.self,
        ]
    )
}
