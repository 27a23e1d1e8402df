import ArgumentParser
import LookoutDeployments
import LookoutModel
import Testing

@testable import LookoutCommands

@Suite struct DeployCommandLineTests {
    @Test func `every command has examples in its help`() {
        for command in [DeployCommand.self, PreflightCommand.self] + DeployCommand.configuration.subcommands {
            let help = LookoutCommand.helpMessage(for: command, columns: 120)
            #expect(help.contains("Examples:") && help.contains("  lookout "), "\(command._commandName)")
        }
    }

    @Test(arguments: [
        ["deploy"], ["deploy", "list", "--limit", "5"], ["deploy", "show"],
        ["deploy", "show", "2.0.4", "--json"],
        [
            "deploy", "start", "--trigger", "backend-fixes", "--changes", "a", "b", "--by", "alice",
            "--detach",
        ],
        ["deploy", "start", "--emergency", "--reason", "down", "--name", "2.0.4"],
        ["deploy", "watch"], ["deploy", "watch", "2.0.4", "--to-the-end"],
        ["deploy", "tick", "latest", "maps"],
        ["deploy", "override", "latest", "reviews", "--reason", "by phone", "--by", "bob"],
        ["deploy", "note", "latest", "slow", "maps"], ["deploy", "amend", "latest", "issues", "none"],
        ["deploy", "finish"], ["deploy", "finish", "x", "--result", "abandoned", "--reason", "r"],
        ["deploy", "finish", "x", "--result", "rolled-back"],
        ["deploy", "plan", "--script"], ["deploy", "record"], ["deploy", "record", "--all", "-o", "h.md"],
        ["deploy", "explain", "2.0.4", "--each"],
        [
            "preflight", "--trigger", "t", "--create-backup", "--deployment", "latest", "--branch",
            "hotfix/x", "--all",
        ],
    ])
    func `what the documentation says is understood`(arguments: [String]) throws {
        _ = try LookoutCommand.parseAsRoot(arguments)
    }

    @Test(arguments: [
        ["deploy", "start", "--emergency"], ["deploy", "start", "--reason", "x"],
        ["deploy", "tick", "latest"], ["deploy", "override", "latest", "reviews"],
        ["deploy", "finish", "x", "--result", "good"], ["deploy", "finish", "x", "--result", "failed"],
        ["deploy", "finish", "x", "--result", "successful", "--reason", "r"],
        ["deploy", "record", "2.0.4", "--all"], ["preflight", "--emergency"],
        ["deploy", "analyze", "--baseline", "b"],
    ])
    func `what makes no sense is refused before anybody is asked`(arguments: [String]) {
        #expect(throws: (any Error).self) { _ = try LookoutCommand.parseAsRoot(arguments) }
    }

    @Test func `what people say is passed on whole`() throws {
        let options = try DeploymentIntentOptions.parse([
            "--trigger", "t", "--changes", "a", "b", "--emergency", "--reason", "r", "--by", "alice",
        ])
        #expect(
            JSONValue.object(options.members)
                == ["by": "alice", "trigger": "t", "changes": ["a", "b"], "emergency": true, "reason": "r"]
        )
    }

    @Test func `the gate's answer is its exit code`() {
        #expect(ExitCode(GateReport.Decision.go).rawValue == 0)
        #expect(ExitCode(GateReport.Decision.noGo).rawValue == 1)
        #expect(ExitCode(GateReport.Decision.unknown).rawValue == 2)
    }

    @Test func `the gate's remarks stand below the report, made safe`() {
        let report = GateReport(at: .epoch, environment: "production", findings: [])
        let text = PreflightCommand.text(report, remarks: ["a\u{1B}b"], showsAll: false, isColored: false)
        #expect(text.hasSuffix("\na\\u{1b}b\n"))
        #expect(text.hasPrefix("Preflight for production: UNKNOWN"))
    }
}
