import ArgumentParser
import LookoutConfiguration
import LookoutDiagnosis
import LookoutModel
import LookoutProbes
import LookoutProbing
import LookoutRules
import LookoutSettings

/// `lookout rules check`: the rules of a configuration, or rule files before they are part of one.
struct RulesCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Type-checks rules and causes: everything at once, with file:line:column and a caret.",
        discussion: """
            Without FILE, checks the rules of the configuration (lookout.yaml unless --config says
            otherwise). With FILE, checks these files: against the configuration and beside its rules if
            --config is given, else by themselves, so that names of probes and environments are not
            looked at. Knowledge files among them (`causes:`) are checked as well.

            Exit codes: 0 if they are right, also with warnings; 65 if a given file is wrong;
            78 if the configuration or one of its rules is.
            """
    )

    @Argument(help: "Rule files to check.", completion: .file(extensions: ["yaml", "yml"]))
    var files: [String] = []

    @Option(name: [.customLong("config"), .customShort("c")], help: "The configuration file.")
    var path: String?

    func run() async throws {
        guard !files.isEmpty else {
            let configuration = try Self.load(path ?? ConfigurationOptions.standardPath, showsWarnings: true)
            return show(configuration.rules.rules, among: configuration.checks.map(\.check))
        }
        let configuration = try path.map { try Self.load($0, showsWarnings: false) }
        let list = RuleFileList(files + (configuration?.ruleFiles ?? []))
        let scope =
            configuration?.ruleScope
            ?? RuleScope(
                types: ProbeRegistry.builtin.types.map { ProbeTypeFacts(name: $0.name, facts: $0.facts) }
            )
        let (rules, findings) = RuleCompiler(scope: scope).compile(list.files)
        var diagnostics = list.diagnostics
        diagnostics.add(contentsOf: findings)
        diagnostics.add(contentsOf: KnowledgeCompiler().compile(list.files).diagnostics)
        for diagnostic in diagnostics.sorted { StandardStreams.writeError(diagnostic.rendered + "\n") }
        guard !diagnostics.hasErrors, let rules else {
            let count = diagnostics.errors.count
            StandardStreams.writeError("\(count) \(count == 1 ? "error" : "errors")\n")
            throw ExitCode.dataError
        }
        show(rules.rules.filter { files.contains($0.position.file) }, among: scope.checks)
    }

    private static func load(_ path: String, showsWarnings: Bool) throws -> Configuration {
        var options = ConfigurationOptions()
        options.path = path
        return try options.loadWithoutSecrets(showsWarnings: showsWarnings)
    }

    /// The rules, each with what it comes to among the checks.
    private func show(_ rules: [CompiledRule], among checks: [Check]) {
        var table = TextTable(header: ["RULE", "GROUP", "SEVERITY", "CHECKS"])
        for rule in rules {
            let matching = checks.filter(rule.match.matches)
            let alerts = Set(matching.map { rule.alert(for: $0.id) })
            let count =
                rule.scope == .environment ? "\(matching.count) in \(alerts.count)" : String(matching.count)
            table.add([rule.id, rule.group, rule.severitySummary, checks.isEmpty ? "-" : count])
        }
        StandardStreams.write(table.text)
    }
}
