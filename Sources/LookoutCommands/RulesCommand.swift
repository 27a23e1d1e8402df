import ArgumentParser
import LookoutConfiguration
import LookoutModel
import LookoutRules

/// `lookout rules`: looks at rule files.
struct RulesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "Checks the rules.",
        subcommands: [RulesCheckCommand.self]
    )
}

/// `lookout rules check`: the rules of a configuration, type-checked against its checks.
struct RulesCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Type-checks the rules: all errors at once, with file:line:column and a caret.",
        discussion: "Exit codes: 0 if they are right, also with warnings; 78 if they are not."
    )

    @OptionGroup var options: ConfigurationOptions

    func run() async throws {
        let configuration = try options.load(showsWarnings: true)
        var table = TextTable(header: ["RULE", "GROUP", "SEVERITY", "CHECKS"])
        for rule in configuration.rules.rules {
            let matching = configuration.checks.filter {
                configuration.rules.rules(matching: $0.check).contains { $0.id == rule.id }
            }
            table.add([rule.id, rule.group, rule.severityText, String(matching.count)])
        }
        StandardStreams.write(table.text)
    }
}
