import ArgumentParser
import LookoutDaemon
import LookoutDeployments
import LookoutModel

/// `lookout preflight`: the gate before a deployment.
struct PreflightCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preflight",
        abstract: "Says whether staging may go to production, criterion by criterion.",
        discussion: """
            What is not known blocks like what is not met. With --deployment the result is kept with it, and what \
            people ticked and overrode there counts.

            Examples:
              lookout preflight --trigger backend-fixes
              lookout preflight --deployment latest --create-backup
              lookout preflight --emergency --reason "chat is down" --trigger pam-broken

            Exit codes: 0 go; 1 no-go; 2 unknown.
            """
    )

    @OptionGroup var access: AgentAccess
    @OptionGroup var intent: DeploymentIntentOptions

    @Option(help: ArgumentHelp("The branch that would be merged, instead of staging's.", valueName: "branch"))
    var branch: String?

    @Option(help: ArgumentHelp("The deployment that it is for, or `latest`.", valueName: "id"))
    var deployment: String?

    @Flag(help: "Makes the backup branch on the remote if none points at main.")
    var createBackup = false

    @Flag(help: "Shows what was seen of every criterion, also of those that are met.")
    var all = false

    func run() async throws {
        var members = intent.members
        members["branch"] = branch.map { .string($0) }
        if let deployment {
            members["deployment"] = .string(try await DeploymentReference.name(deployment, access))
        }
        if createBackup { members["create_backup"] = true }
        let body = JSONValue.object(members)
        let answer = try await access.ask(changes: true) { agent throws(AgentClient.Failure) in
            try await agent.post("preflight", body)
        }
        let report: GateReport
        do throws(DocumentError) {
            report = try GateReport(document: answer["report"] ?? .null)
        } catch {
            StandardStreams.writeError("lookout: the agent's answer is no report: \(error)\n")
            throw ExitCode.unavailable
        }
        access.show(answer) { Self.text(report, remarks: AnswerRow($0).texts("remarks"), showsAll: all) }
        let code = ExitCode(report.decision)
        if code != .allWell { throw code }
    }

    static func text(
        _ report: GateReport,
        remarks: [String],
        showsAll: Bool,
        isColored: Bool = StandardStreams.outputIsTerminal
    ) -> String {
        let page = GateReportText(report, detail: showsAll ? .all : .open, isColored: isColored).text
        return page + remarks.map { PlainText.line($0, atMost: 800) + "\n" }.joined()
    }
}

extension ExitCode {
    /// 0 go, 1 no-go, 2 unknown.
    init(_ decision: GateReport.Decision) {
        self =
            switch decision {
            case .go: .allWell
            case .noGo: ExitCode(1)
            case .unknown: ExitCode(2)
            }
    }
}
