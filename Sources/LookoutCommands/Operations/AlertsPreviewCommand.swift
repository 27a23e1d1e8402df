import ArgumentParser
import LookoutAlerting
import LookoutConfiguration
import LookoutDaemon
import LookoutDashboard
import LookoutModel
import LookoutProbing
import LookoutReceivers
import LookoutRules
import LookoutSettings

/// `lookout alerts preview RULE`: what people would be told.
struct AlertsPreviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview",
        abstract:
            "Renders a sample alert of a rule, as Markdown or as a receiver would be sent it; sends nothing.",
        discussion: """
            Where a value of a sample would stand, its expression does.

            Examples:
              lookout alerts preview database-unhealthy
              lookout alerts preview database-unhealthy --receiver team --kind resolved
            """
    )

    @OptionGroup var options: ConfigurationOptions

    @Argument(help: ArgumentHelp("The rule's id.", valueName: "rule"))
    var rule: String

    @Option(help: ArgumentHelp("The name of a receiver; without it Markdown is written.", valueName: "name"))
    var receiver: String?

    @Option(help: ArgumentHelp("What is told: \(PreviewKind.words).", valueName: "kind"))
    var kind = PreviewKind(.firing)

    @Option(help: ArgumentHelp("The environment; the first, if not given.", valueName: "environment"))
    var environment: String?

    @Flag(help: "Prints JSON.")
    var json = false

    func run() async throws {
        let configuration = try receiver == nil ? options.loadWithoutSecrets() : options.load()
        let alert = try sampleAlert(configuration)
        guard let receiver else { return show(markdown(of: alert, zone: "UTC")) }
        let configured = try configuration.receiver(named: receiver)
        let drill = LocalDrill(secrets: ConfigurationOptions.secrets.all)
        guard let preview = try await drill.preview(configured, of: alert, kind.kind) else {
            StandardStreams.writeError(
                "\(receiver) starts a program, and what that would do cannot be known; this is the message\n"
            )
            return show(markdown(of: alert, zone: configured.timeZone))
        }
        if json {
            StandardStreams.write(preview.report.json.prettyJSONText + "\n")
        } else {
            StandardStreams.write(
                preview.output + preview.report.exchanges.map(\.request).joined(separator: "\n")
            )
        }
    }

    private func show(_ markdown: String) {
        StandardStreams.write(
            json ? JSONValue.object(["markdown": .string(markdown)]).prettyJSONText + "\n" : markdown + "\n"
        )
    }

    private func markdown(of alert: Alert, zone: String) -> String {
        let delivery = DrillNotice.delivery(
            of: alert,
            kind.kind,
            to: receiver ?? "preview",
            at: SystemTimekeeper.now.wall
        )
        return MessageText(Message(delivery, timeZone: zone, externalURL: ""), .commonMark).text
    }

    private func sampleAlert(_ configuration: Configuration) throws -> Alert {
        guard let rule = configuration.rules.rules.first(where: { $0.id == rule }) else {
            let hint =
                Spelling.hint(for: rule, among: configuration.rules.rules.map(\.id)).map { "; \($0)" } ?? ""
            StandardStreams.writeError("lookout: there is no rule \"\(rule)\"\(hint)\n")
            throw ExitCode.dataError
        }
        let alerts = configuration.rules.alerts(for: configuration.checks.map(\.check))
        let place = alerts.filter { alert in
            alert.rule == rule.id && alert.labels["environment"] == environment ?? alert.labels["environment"]
        }
        .min { $0.labels.text < $1.labels.text }
        guard let place else {
            StandardStreams.writeError("lookout: rule \"\(rule.id)\" judges no check there\n")
            throw ExitCode.dataError
        }
        return PreviewAlert(rule, place, kind.kind).alert(at: SystemTimekeeper.now.wall)
    }
}

/// A kind of notice on the command line.
struct PreviewKind: ExpressibleByArgument, Hashable, CustomStringConvertible {
    let kind: Notice.Kind

    static var words: String { Notice.Kind.allCases.map(\.rawValue).joined(separator: ", ") }
    static var allValueStrings: [String] { Notice.Kind.allCases.map(\.rawValue) }

    init(_ kind: Notice.Kind) {
        self.kind = kind
    }

    init?(argument: String) {
        guard let kind = Notice.Kind(rawValue: argument) else { return nil }
        self.kind = kind
    }

    var description: String { kind.rawValue }
}

/// An alert as a rule would raise it, with everything in it that a message can show.
struct PreviewAlert {
    private let rule: CompiledRule
    private let id: AlertID
    private let kind: Notice.Kind

    init(_ rule: CompiledRule, _ id: AlertID, _ kind: Notice.Kind) {
        self.rule = rule
        self.id = id
        self.kind = kind
    }

    func alert(at now: Timestamp) -> Alert {
        let isOver = kind == .resolved || kind == .firedAndResolved
        let begin = now - max(.seconds(240), rule.holds.pending)
        return Alert(
            id: id,
            labels: rule.labels,
            parents: rule.parents,
            state: isOver ? .resolved : .firing,
            severity: rule.sampleSeverity,
            episode: 1,
            texts: rule.sampleTexts,
            evidence: Evidence(samples: [Evidence.Line(at: begin, "a sample of the check")]),
            pendingSince: begin - rule.holds.pending,
            firingSince: begin,
            resolvedSince: isOver ? now : nil,
            resolution: isOver ? .recovered : nil
        )
    }
}
