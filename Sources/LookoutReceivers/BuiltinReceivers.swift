package import LookoutAlerting

extension ReceiverRegistry {
    /// The receiver types that come with Lookout: a new one is a line here.
    package static let builtin = ReceiverRegistry([
        SlackReceiver.self,
        SlackBotReceiver.self,
        DiscordReceiver.self,
        TeamsReceiver.self,
        MattermostReceiver.self,
        GoogleChatReceiver.self,
        AlertmanagerReceiver.self,
        AlertmanagerWebhookReceiver.self,
        EmailReceiver.self,
        TelegramReceiver.self,
        MatrixReceiver.self,
        WebhookReceiver.self,
        PagerDutyReceiver.self,
        NtfyReceiver.self,
        PushoverReceiver.self,
        ExecReceiver.self,
        TerminalReceiver.self,
        JournalReceiver.self,
    ])
}
