package import LookoutAlerting
import LookoutHTTP
import LookoutModel
package import LookoutSettings

/// Posts to a Discord channel through a webhook.
package struct DiscordReceiver: ReceiverType {
    /// What the configuration says of such a receiver.
    package struct Settings: LookoutSettings.Settings {
        /// A secret: who has the address can post.
        var url = Secret("")
        var thread: String?

        package init() {}

        package static var fields: [Field<Settings>] {
            [
                Field(
                    "url",
                    \.url,
                    "The address of the webhook, such as {credential: NAME}.",
                    required: true
                ),
                Field("thread_id", \.thread, "A thread of the channel to post into."),
            ]
        }

        package func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
            WebAddress.check(
                url.reveal(),
                of: node,
                example: "https://discord.com/api/webhooks/…/…",
                &context
            )
            guard let thread, Int64(thread).map({ $0 > 0 }) != true else { return }
            context.error(
                "this is not the id of a thread",
                at: node["thread_id"] ?? node,
                hint: "it is a number; in Discord's developer mode, copy it from the thread's menu"
            )
        }
    }

    package static let name = "discord"
    package static let summary = "Posts to a Discord channel through a webhook."

    /// With `wait` the answer is the message itself; faults are a number and a text.
    static let table = AnswerTable(
        provider: "Discord",
        acceptance: { answer in
            answer.status == 204 || answer.json?["id"]?.string != nil ? AnswerTable.Acceptance() : nil
        },
        fault: { answer in
            guard let code = answer.json?["code"]?.integer else { return nil }
            return AnswerTable.Fault(word: String(code), explanation: answer.json?["message"]?.string)
        },
        faults: [
            // Unknown channel or webhook, a token that is not its own, a missing right.
            "10003": .broken, "10015": .broken, "50001": .broken, "50013": .broken, "50027": .broken,
            // A forum takes only messages with a thread; a thread that is locked or archived.
            "220001": .broken, "220003": .broken, "50083": .broken, "160005": .broken,
            "40333": .retry,
        ],
        waits: [.body(["retry_after"]), .header("Retry-After"), .header("X-RateLimit-Reset-After")]
    )

    private let settings: Settings

    package init(name: String, settings: Settings) {
        self.settings = settings
    }

    package func send(_ delivery: Delivery, _ tools: ReceiverTools) async -> SendVerdict {
        let message = DiscordMessage(
            message: Message(delivery, tools),
            isPlain: delivery.form == .plain,
            createdAt: delivery.createdAt
        )
        var post = ProviderPost(message.json, to: address, reading: Self.table)
        post.secrets = [settings.url]
        return await post.send(tools)
    }

    /// Without `wait` Discord says that all is well even if the message is then not kept.
    private var address: Secret {
        var query = [("wait", "true")]
        if let thread = settings.thread { query.append(("thread_id", thread)) }
        return WebAddress.adding(query, to: settings.url)
    }
}
