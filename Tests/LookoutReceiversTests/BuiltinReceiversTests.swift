import LookoutAlerting
import LookoutReceivers
import Testing

struct BuiltinReceiversTests {
    @Test func `each type has a name of its own and says what it does`() {
        let registry = ReceiverRegistry.builtin
        let chats = ["slack", "slack_bot", "discord", "teams", "mattermost", "google_chat"]
        #expect(Set(registry.names).isSuperset(of: chats + ["alertmanager_webhook", "terminal", "journal"]))
        #expect(Set(registry.names).count == registry.names.count)
        #expect(registry.types.allSatisfy { $0.summary.hasSuffix(".") })
        for name in registry.names { #expect(registry.type(named: name)?.name == name) }
        #expect(registry.type(named: "pigeon") == nil)
    }
}
