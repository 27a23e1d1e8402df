package import LookoutAlerting

extension ReceiverRegistry {
    /// The receiver types that come with Lookout: a new one is a line here.
    package static let builtin = ReceiverRegistry([
        AlertmanagerWebhookReceiver.self,
        TerminalReceiver.self,
        JournalReceiver.self,
    ])
}
