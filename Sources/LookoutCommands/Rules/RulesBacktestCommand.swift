import ArgumentParser
import Glibc
import LookoutConfiguration
import LookoutModel
import LookoutProbing
import LookoutRehearsal
import LookoutRules
import LookoutStorage

/// `lookout rules backtest`: stored samples through other rules.
struct RulesBacktestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backtest",
        abstract: "Replays stored samples through rules: what would have fired, next to what did.",
        discussion: """
            The samples of history.db go through the rules and the life-cycle of alerts as they go in the running \
            agent, which may run meanwhile; nobody is told anything. Without --rules the configuration's own \
            rules are replayed.

            Not stored, so not replayed: headers, body, JSON, certificates, and what is special to a type of \
            probe (sample.cors, sample.page, sample.websocket). Rules that needed them for a verdict are named \
            as such; for them, "no alert" means nothing. More in docs/backtest.md.

            Exit codes: 0 if it ran, whatever it found; 64 usage; 69 the samples cannot be read; 78 wrong \
            configuration or rules.
            """
    )

    /// What the episodes are compared with.
    enum Reference: String, CaseIterable, ExpressibleByArgument {
        case recorded
        case current
    }

    @OptionGroup var options: ConfigurationOptions

    @Option(
        name: .customLong("rules"),
        parsing: .upToNextOption,
        help: ArgumentHelp("Rule files on trial, in place of those with the same rules.", valueName: "file")
    )
    var files: [String] = []

    @Option(
        help: ArgumentHelp(
            "The folder of the databases, instead of the configuration's.",
            valueName: "folder"
        )
    )
    var dataDir: String?

    @Option(help: ArgumentHelp("Where to begin: \(PastTime.help).", valueName: "time"))
    var since: PastTime

    @Option(help: ArgumentHelp("Where to end; now, if not given.", valueName: "time"))
    var until: PastTime?

    @Option(name: .customLong("rule"), help: ArgumentHelp("Only this rule; repeatable.", valueName: "id"))
    var ids: [String] = []

    @Option(
        help: """
            Compare with what the agent recorded, or with what the rules of the configuration come to when they \
            are replayed as well. Without it: recorded, if that is to be had.
            """
    )
    var against: Reference?

    @Flag(help: "Lists every episode, also those that stay as they are.")
    var all = false

    @Flag(help: "Prints JSON.")
    var json = false

    func run() async throws {
        let configuration = try options.loadWithoutSecrets()
        let rules = try TrialRules(files, for: configuration).keeping(ids)
        let start = SystemTimekeeper.now
        let range = try range(at: start.wall)
        let history = try StoredHistory(dataDir ?? configuration.dataDirectory)
        let plan = try await plan(rules, configuration.ruleScope, range, history)
        let findings = try await readingStore {
            try await Backtest(plan).run(on: history.samples, threads: Self.threads)
        }
        let seconds = (SystemTimekeeper.now.monotonic - start.monotonic).inSeconds
        if json {
            StandardStreams.write(findings.json.prettyJSONText + "\n")
        } else {
            StandardStreams.write(BacktestTable(findings, seconds: seconds, showsAll: all).text)
        }
    }

    private func range(at now: Timestamp) throws -> Range<Timestamp> {
        let (start, end) = (since.time(before: now), until?.time(before: now) ?? now)
        guard start < end else { throw ValidationError("--since must be before --until") }
        return start..<end
    }

    private func plan(
        _ rules: TrialRules,
        _ scope: RuleScope,
        _ range: Range<Timestamp>,
        _ history: StoredHistory
    ) async throws -> BacktestPlan {
        var recorded: [Episode]?
        if against != .current {
            switch history.alerts {
            case .success(let database):
                let ids = Set((rules.rules.rules + rules.replaced.rules).map(\.id))
                recorded = try await readingStore {
                    try await RecordedEpisodes(from: database.alerts, in: range).episodes
                }
                .filter { ids.contains($0.alert.rule) }
            case .failure(let error) where against == .recorded:
                StandardStreams.writeError("lookout: \(error)\n")
                throw ExitCode.unavailable
            case .failure(let error):
                StandardStreams.writeError(
                    "\(error)\ncomparing with the rules of the configuration instead, replayed as well\n"
                )
            }
        }
        return BacktestPlan(
            range: range,
            scope: scope,
            rules: rules.rules,
            present: recorded == nil ? rules.replaced : nil,
            recorded: recorded,
            remake: { [isCompared = recorded == nil] in
                let (trial, replaced) = rules.remade()
                return (trial, isCompared ? replaced : nil)
            }
        )
    }

    private static var threads: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}
