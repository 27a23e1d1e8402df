package import LookoutAlerting
import LookoutHTTP
import LookoutModel
package import LookoutSettings

/// Posts to a Mattermost channel through an incoming webhook.
package struct MattermostReceiver: ReceiverType {
    /// What the configuration says of such a receiver.
    package struct Settings: LookoutSettings.Settings {
        /// A secret: who has the address can post.
        var url = Secret("")
        var channel: String?
        var username: String?
        var authorityFile: String?

        package init() {}

        package static var fields: [Field<Settings>] {
            [
                Field(
                    "url",
                    \.url,
                    "The address of the incoming webhook, such as {credential: NAME}.",
                    required: true
                ),
                Field("channel", \.channel, "Another channel than the webhook's own, if it may post there."),
                Field("username", \.username, "The name to post under, if the server allows it."),
                Field(
                    "ca_file",
                    \.authorityFile,
                    "A PEM file of certificate authorities instead of the system's."
                ),
            ]
        }

        package func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
            WebAddress.check(
                url.reveal(),
                of: node,
                example: "https://mattermost.example.org/hooks/…",
                &context
            )
        }
    }

    package static let name = "mattermost"
    package static let summary = "Posts to a Mattermost channel through an incoming webhook."

    /// In code points; longer posts are split in two by the server.
    private static let maximumLength = 16_000

    /// The answer is `ok`, or JSON with an id and a text.
    static let table = AnswerTable(
        provider: "Mattermost",
        acceptance: { $0.text == "ok" ? AnswerTable.Acceptance() : nil },
        fault: { answer in
            answer.json?["id"]?.string.map {
                AnswerTable.Fault(word: $0, explanation: answer.json?["message"]?.string)
            }
        },
        faults: [
            "web.incoming_webhook.invalid.app_error": .broken,
            "web.incoming_webhook.disabled.app_error": .broken,
            "web.incoming_webhook.channel.app_error": .broken,
            "web.incoming_webhook.channel_locked.app_error": .broken,
            "web.incoming_webhook.permissions.app_error": .broken,
            "web.incoming_webhook.user.app_error": .broken,
            "api.post.create_post.can_not_post_to_deleted.error": .broken,
            "api.post.create_post.town_square_read_only": .broken,
        ],
        waits: [.header("Retry-After"), .header("X-RateLimit-Reset")]
    )

    private let settings: Settings

    package init(name: String, settings: Settings) {
        self.settings = settings
    }

    package func send(_ delivery: Delivery, _ tools: ReceiverTools) async -> SendVerdict {
        var post = ProviderPost(payload(delivery, tools), to: settings.url, reading: Self.table)
        post.tls = TLSOptions(authorityFile: settings.authorityFile)
        return await post.send(tools)
    }

    private func payload(_ delivery: Delivery, _ tools: ReceiverTools) -> JSONValue {
        let message = Message(delivery, tools)
        let isPlain = delivery.form == .plain
        let prefix = isPlain ? "" : "\(message.tone.symbol) "
        let text = MessageText(message, isPlain ? .mattermostPlain : .mattermost)
            .text(limit: Self.maximumLength - 2, .codePoints)
        var members: [String: JSONValue] = ["text": .string(prefix + text)]
        members["channel"] = settings.channel.map { .string($0) }
        members["username"] = settings.username.map { .string($0) }
        return .object(members)
    }
}

extension Markup {
    /// CommonMark in which nobody is mentioned: the server looks for names behind an at sign even where it is
    /// escaped, but a space of no width ends a name before it began.
    static let mattermost = Markup(
        escape: { unmentioned(commonMark.escape($0)) },
        bold: commonMark.bold,
        code: commonMark.code,
        link: commonMark.link,
        newline: "\n"
    )

    /// Without markup of our own; a backslash keeps the texts' own from being one.
    static let mattermostPlain = Markup(
        escape: mattermost.escape,
        bold: { $0 },
        code: mattermost.escape,
        link: { words, _ in words },
        newline: "\n"
    )

    private static func unmentioned(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "@")) else { return text }
        return text.split(separator: "@", omittingEmptySubsequences: false).joined(separator: "@\u{200B}")
    }
}
