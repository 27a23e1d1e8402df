import ArgumentParser
import LookoutAlerting
import LookoutConfiguration
import LookoutModel
import LookoutProbing
import LookoutRehearsal
import LookoutRules
import LookoutSettings
import LookoutStorage

/// `lookout rules explain`: why a rule says what it says.
struct RulesExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Shows a rule's expressions with the value of every part, now or at a time in the past.",
        discussion: """
            The rule judges the newest stored sample that had ended by then, with the history before it, and its \
            alert is brought to where it stood. The agent may run meanwhile.

            Not stored, so without a value here: headers, body, JSON, certificates, and what is special to a \
            type of probe.

            Exit codes: 0 if there was something to explain; 64 usage; 69 the samples cannot be read, or there \
            are none; 78 wrong configuration.
            """
    )

    @Argument(help: ArgumentHelp("The rule.", valueName: "id"))
    var id: String

    @OptionGroup var options: ConfigurationOptions

    @Option(
        name: .customLong("check"),
        help: "Only for this check, such as production/backend-health; repeatable."
    )
    var checks: [String] = []

    @Option(name: .customLong("environment"), help: "Only for this environment; repeatable.")
    var environments: [String] = []

    @Option(help: ArgumentHelp("The time: \(PastTime.help).", valueName: "time"))
    var at: PastTime?

    @Option(
        help: ArgumentHelp(
            "The folder of the databases, instead of the configuration's.",
            valueName: "folder"
        )
    )
    var dataDir: String?

    @Flag(help: "Prints JSON.")
    var json = false

    func run() async throws {
        let configuration = try options.loadWithoutSecrets()
        let rules = configuration.rules
        guard let rule = rules.rules.first(where: { $0.id == id }) else {
            let hint = Spelling.hint(for: id, among: rules.rules.map(\.id)).map { "; \($0)" } ?? ""
            throw ValidationError("there is no rule \"\(id)\"\(hint)")
        }
        let hindsight = RuleHindsight(rule, of: rules, scope: configuration.ruleScope)
        let subjects = try select(hindsight.subjects)
        let history = try StoredHistory(dataDir ?? configuration.dataDirectory)
        let now = SystemTimekeeper.now.wall
        let time = at?.time(before: now) ?? now
        let standings = try await readingStore {
            try hindsight.standings(of: subjects, at: time, from: history.samples)
        }
        guard !standings.isEmpty else {
            StandardStreams.writeError(
                "lookout: no sample of \(subjects.map(\.text).joined(separator: ", ")) had ended by \(time.inSeconds)\n"
            )
            throw ExitCode.unavailable
        }
        let stored = try await storedAlerts(history)
        let explained = standings.map { standing -> ExplainedRule in
            let alert = stored == nil ? standing.alert : stored?[standing.explanation.alert]
            return ExplainedRule(rule, standing, alert: alert, isStored: stored != nil)
        }
        if json {
            StandardStreams.write(JSONValue.array(explained.map(\.json)).prettyJSONText + "\n")
        } else {
            StandardStreams.write(explained.map(\.text).joined(separator: "\n"))
        }
    }

    /// The alerts as the agent stored them; nil if the past was asked for, or they cannot be read.
    private func storedAlerts(_ history: StoredHistory) async throws -> [AlertID: Alert]? {
        guard at == nil else { return nil }
        switch history.alerts {
        case .success(let database):
            let alerts = try await readingStore { try await database.alerts.alerts() }
            return Dictionary(alerts.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        case .failure(let error):
            StandardStreams.writeError("\(error)\nthe alerts are shown as a replay of the samples has them\n")
            return nil
        }
    }

    private func select(_ subjects: [RuleSubject]) throws -> [RuleSubject] {
        guard !subjects.isEmpty else {
            throw ValidationError("no check of the configuration matches the rule \"\(id)\"")
        }
        guard !checks.isEmpty || !environments.isEmpty else { return subjects }
        for name in checks + environments where !subjects.contains(where: { $0.is(name) }) {
            let hint = Spelling.hint(for: name, among: subjects.map(\.text)).map { "; \($0)" } ?? ""
            throw ValidationError("the rule \"\(id)\" does not judge \"\(name)\"\(hint)")
        }
        return subjects.filter { subject in (checks + environments).contains { subject.is($0) } }
    }
}

extension RuleSubject {
    /// Whether a name on the command line means it: a check, or an environment with all that is in it.
    fileprivate func `is`(_ name: String) -> Bool {
        text == name || environment == name
    }
}
