import ArgumentParser
import LookoutConfiguration
import LookoutDaemon
import LookoutDeployments
import LookoutModel
import LookoutProbing
import LookoutRehearsal
import LookoutStatistics

/// `lookout deploy replay [ID] --rules FILE…`.
struct DeployReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Replays a deployment's samples through other rules: would the verdict be another?",
        discussion: """
            The runs that were compared stay as they are; the alerts of the rules on trial are those that a backtest \
            of that time finds. Rules that cannot be replayed (docs/backtest.md) keep the alerts that were recorded.

            Examples:
              lookout deploy replay 20250820-124908 --rules stricter.yaml

            Exit codes: 0 the same verdict; 1 another one; 65 there is none; 69 the samples cannot be read.
            """
    )

    @OptionGroup var access: AgentAccess
    @OptionGroup var reference: DeploymentReference

    @Option(
        name: .customLong("rules"),
        parsing: .upToNextOption,
        help: ArgumentHelp("Rule files on trial, in place of those with the same rules.", valueName: "file")
    )
    var files: [String]

    func run() async throws {
        let name = try await reference.name(access)
        let path = "deployments/\(AgentClient.escaped(name))"
        let (events, baseline, window) = try await access.ask { agent throws(AgentClient.Failure) in
            (
                try await agent.deploymentEvents(name), try await agent.text("\(path)/runs?side=baseline"),
                try await agent.text("\(path)/runs?side=window")
            )
        }
        guard let id = DeploymentID(name), let range = Self.range(of: Deployment(id, events: events)) else {
            StandardStreams.writeError("lookout: \(name) has no verdict that could be another\n")
            throw ExitCode.dataError
        }
        let findings = try await backtest(range)
        let telling = findings.rules.filter { $0.after?.isTelling == true }
        let replay = DeploymentReplay(
            id,
            events: events,
            runs: try Self.runs(baseline: baseline, window: window),
            replacing: Set(telling.map(\.id)),
            with: telling.flatMap { $0.after?.episodes.map(DeploymentReplay.Firing.init) ?? [] }
        )
        guard let replay else { throw ExitCode.dataError }
        let silent = findings.rules.filter { $0.after?.isTelling == false }.map(\.id)
        if access.json {
            let members: JSONValue = [
                "verdict": replay.json, "backtest": findings.json,
                "not_replayed": .array(silent.map { .string($0) }),
            ]
            StandardStreams.write(members.prettyJSONText + "\n")
        } else {
            StandardStreams.write(ReplayPage(replay, notReplayed: silent).text)
        }
        if replay.isDifferent { throw ExitCode(1) }
    }

    /// From the time that was compared with to the verdict.
    private static func range(of deployment: Deployment) -> Range<Timestamp>? {
        guard let watch = deployment.watch, let end = deployment.judgedAt, watch.baseline.lowerBound < end
        else { return nil }
        return watch.baseline.lowerBound..<end
    }

    private func backtest(_ range: Range<Timestamp>) async throws -> BacktestFindings {
        let configuration = try access.options.loadWithoutSecrets()
        let rules = try TrialRules(files, for: configuration)
        let history = try StoredHistory(configuration.dataDirectory)
        let plan = BacktestPlan(range: range, scope: configuration.ruleScope, rules: rules.rules)
        return try await readingStore { try await Backtest(plan).run(on: history.samples, threads: 1) }
    }

    /// The runs as the agent's lines have them.
    private static func runs(baseline: String, window: String) throws -> [CheckID: ComparedRuns] {
        var runs: [CheckID: ComparedRuns] = [:]
        func read(_ text: String, into side: WritableKeyPath<ComparedRuns, [CheckSample]>) throws {
            for line in text.split(separator: "\n") {
                let run = try RunLine(parsing: Array(line.utf8))
                guard let check = CheckID(run.check) else { continue }
                runs[check, default: ComparedRuns(baseline: [], window: [])][keyPath: side].append(run.sample)
            }
        }
        try read(baseline, into: \.baseline)
        try read(window, into: \.window)
        return runs
    }
}

extension DeploymentReplay.Firing {
    /// A firing of a backtest.
    fileprivate init(_ episode: Episode) {
        self.init(
            alert: episode.alert,
            severity: episode.worst,
            began: episode.began,
            ended: episode.ended
        )
    }
}

/// What other rules would have led to, for people.
struct ReplayPage {
    private let replay: DeploymentReplay
    private let notReplayed: [String]

    init(_ replay: DeploymentReplay, notReplayed: [String]) {
        self.replay = replay
        self.notReplayed = notReplayed
    }

    var text: String {
        var lines = ["Deployment \(replay.id), judged \(replay.judgedAt.inSeconds)"]
        lines += words("stored", replay.stored)
        lines +=
            replay.replayed.map { words("under the rules on trial", $0) }
            ?? ["under the rules on trial: no verdict yet"]
        lines.append(replay.isDifferent ? "another verdict" : "the same verdict")
        if !notReplayed.isEmpty {
            lines.append("not replayed, taken as recorded: \(notReplayed.joined(separator: ", "))")
        }
        return lines.map { PlainText.line($0, atMost: 1000) + "\n" }.joined()
    }

    private func words(_ title: String, _ verdict: WatchVerdict) -> [String] {
        ["\(title): \(verdict.word.rawValue)"] + verdict.reasons.map { "  \($0.text)" }
    }
}
