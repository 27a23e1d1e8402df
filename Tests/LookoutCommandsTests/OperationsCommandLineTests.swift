import ArgumentParser
import LookoutModel
import Testing

@testable import LookoutCommands

@Suite struct OperationsCommandLines {
    private static let groups: [any ParsableCommand.Type] = [
        AlertsCommand.self, SilenceCommand.self, AckCommand.self, MaintenanceCommand.self,
        ReceiversCommand.self, IncidentCommand.self,
    ]

    @Test func `every command has examples in its help`() {
        for group in Self.groups {
            for command in [group] + group.configuration.subcommands {
                let help = LookoutCommand.helpMessage(for: command, columns: 120)
                #expect(help.contains("Examples:"), "\(command._commandName)")
                #expect(help.contains("  lookout "), "\(command._commandName)")
            }
        }
    }

    @Test(arguments: [
        ["ack", "5618f1c79552-4"], ["ack", "5618", "--for", "1h", "--comment", "on it"],
        ["ack", "5618", "--remove"],
        ["silence", "add", "--for", "1h", #"rule="backend-down""#, #"environment="production""#],
        [
            "silence", "add", "a=b", "--for", "1d12h", "--expire-on-resolve", "--starts-at",
            "2026-11-22T20:00:00Z",
        ],
        ["silence", "expire", "3f9a"], ["silence"], ["alerts"], ["alerts", "list", "--all"],
        ["alerts", "show", "56"],
        ["alerts", "history", "--since", "2h"],
        ["alerts", "preview", "r", "--receiver", "x", "--kind", "resolved"],
        ["maintenance", "start", "--environment", "production", "--for", "30m"], ["maintenance", "end"],
        ["receivers"], ["receivers", "test", "team", "--here"], ["incident"], ["incident", "show", "42"],
        ["incident", "note", "42", "rolled", "back"],
        ["incident", "export", "42", "--zone", "Europe/Berlin"],
        ["status", "--json"], ["status", "--address", "127.0.0.1:1"],
    ])
    func `what the documentation and the messages say is understood`(arguments: [String]) throws {
        _ = try LookoutCommand.parseAsRoot(arguments)
    }

    @Test(arguments: [
        ["ack"], ["ack", "5618", "--remove", "--for", "1h"], ["silence", "add", "--for", "1h"],
        ["silence", "add", "a=b"], ["silence", "add", "a=b", "--for", "soon"],
        ["silence", "add", "a=b", "--for", "0s"],
        ["silence", "add", "a=b", "--for", "1h", "--starts-at", "noon"],
        ["maintenance", "start", "--for", "30m"], ["incident", "show", "x"], ["incident", "note", "42"],
        ["alerts", "preview", "r", "--kind", "gone"], ["receivers", "test"],
    ])
    func `what makes no sense is refused before anybody is asked`(arguments: [String]) {
        #expect(throws: (any Error).self) { _ = try LookoutCommand.parseAsRoot(arguments) }
    }

    @Test func `maintenance of an environment quotes its name`() throws {
        let command = try #require(
            try LookoutCommand.parseAsRoot(["maintenance", "start", "--environment", "a b\"", "--for", "90m"])
                as? MaintenanceStartCommand
        )
        #expect(command.body["matchers"] == [#"environment="a b\"""#])
        #expect(command.body["for"] == "1h30m")
    }
}
