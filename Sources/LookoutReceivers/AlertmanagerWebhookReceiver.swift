package import LookoutAlerting
import LookoutHTTP
import LookoutModel
package import LookoutSettings

/// Posts each notice as Alertmanager's webhook does (version 4), so that every bridge and bot that
/// was written for Alertmanager works with Lookout.
package struct AlertmanagerWebhookReceiver: ReceiverType {
    /// What the configuration says of such a receiver.
    package struct Settings: LookoutSettings.Settings {
        /// A secret, since for many services the address alone is the right to post.
        var url = Secret("")
        var bearerToken: Secret?
        var authorityFile: String?

        package init() {}

        package static var fields: [Field<Settings>] {
            [
                Field("url", \.url, "Where notices are posted: an http or https URL.", required: true),
                Field(
                    "bearer",
                    \.bearerToken,
                    "A token for bearer authentication, such as {credential: NAME}."
                ),
                Field(
                    "ca_file",
                    \.authorityFile,
                    "A PEM file of certificate authorities instead of the system's."
                ),
            ]
        }

        package func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
            WebAddress.check(url.reveal(), of: node, &context)
        }
    }

    package static let name = "alertmanager_webhook"
    package static let summary = "Posts JSON to a URL, in the format of Alertmanager's webhook (version 4)."
    package static let traits = ReceiverTraits(takesAlertsOnly: true)

    private let settings: Settings

    package init(name: String, settings: Settings) {
        self.settings = settings
    }

    package func send(_ delivery: Delivery, _ tools: ReceiverTools) async -> SendVerdict {
        guard !delivery.isAnnouncement else { return .alertsOnly }
        return await post(delivery, tools).send(tools)
    }

    private func post(_ delivery: Delivery, _ tools: ReceiverTools) -> ProviderPost {
        let message = AlertmanagerMessage(delivery: delivery, externalURL: tools.externalURL)
        var post = ProviderPost(
            message.json,
            to: settings.url,
            reading: AnswerTable(provider: "the receiver")
        )
        // The same over all attempts (draft-ietf-httpapi-idempotency-key-header).
        post.headers = [HeaderField("Idempotency-Key", "\"\(delivery.id)\"")]
        post.bearerToken = settings.bearerToken
        post.tls = TLSOptions(authorityFile: settings.authorityFile)
        return post
    }
}
