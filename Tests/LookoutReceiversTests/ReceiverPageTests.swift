import FoundationEssentials
import LookoutAlerting
import LookoutSettings
import LookoutTestSupport
import Testing

@testable import LookoutReceivers

/// The pages in `docs/receivers` say what the code does.
struct ReceiverPageTests {
    private static let types: [any ReceiverType.Type] = [
        SlackReceiver.self, SlackBotReceiver.self, DiscordReceiver.self, TeamsReceiver.self,
        MattermostReceiver.self, GoogleChatReceiver.self, AlertmanagerWebhookReceiver.self,
        TerminalReceiver.self, JournalReceiver.self,
        TelegramReceiver.self, MatrixReceiver.self, PagerDutyReceiver.self, NtfyReceiver.self,
        PushoverReceiver.self, WebhookReceiver.self, ExecReceiver.self,
    ]

    private static func page(_ name: String) throws -> String {
        let file = SourceTree.root().appending(path: "docs/receivers/\(name).md")
        return String(decoding: try Data(contentsOf: file), as: UTF8.self)
    }

    @Test(arguments: types.map { $0.name })
    func `a page names every key, and says how to begin and what an answer proves`(name: String) throws {
        let type = try #require(Self.types.first { $0.name == name })
        let page = try Self.page(name)
        guard case .object(let properties) = type.settingsShape else {
            Issue.record("no keys")
            return
        }
        for property in properties {
            let cell = property.isRequired ? "| `\(property.key)` (required) |" : "| `\(property.key)` |"
            #expect(page.contains(cell), "\(property.key)")
        }
        for part in [
            "## Set-up", "```yaml", "    \(name):", "## Limits and behaviour", "## What \"delivered\" proves",
        ] {
            #expect(page.contains(part), "\(part)")
        }
    }

    @Test func `the page of webhooks names every field`() throws {
        let page = try Self.page("webhook")
        for field in EventField.all {
            let suffix = field.isInDocument ? "" : " (only in a body of your own)"
            #expect(page.contains("| `\(field.name)` | \(field.summary)\(suffix) |"), "\(field.name)")
        }
    }
}
