package import LookoutAlerting
import LookoutHTTP
import LookoutModel
package import LookoutSettings

/// Posts to a Slack channel as a bot, so that all there is to say of an episode stands in one thread.
package struct SlackBotReceiver: ReceiverType {
    /// What the configuration says of such a receiver.
    package struct Settings: LookoutSettings.Settings {
        var token = Secret("")
        /// By its id, which stays when somebody renames the channel.
        var channel = ""
        var address = "https://slack.com/api/chat.postMessage"

        package init() {}

        package static var fields: [Field<Settings>] {
            [
                Field(
                    "token",
                    \.token,
                    "The bot's token (xoxb-…), such as {credential: NAME}.",
                    required: true
                ),
                Field("channel", \.channel, "The channel's id, such as C0123456789.", required: true),
                Field("api_url", \.address, "Where chat.postMessage is, for GovSlack."),
            ]
        }

        package func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
            WebAddress.check(
                address,
                key: "api_url",
                of: node,
                example: "https://slack-gov.com/api/chat.postMessage",
                &context
            )
            guard !Self.isChannel(channel) else { return }
            context.error(
                "this is not the id of a channel",
                at: node["channel"] ?? node,
                hint: "it stands at the end of the channel's details in Slack, such as C0123456789"
            )
        }

        private static func isChannel(_ text: String) -> Bool {
            text.utf8.count >= 9 && "CDG".contains(text.prefix(1))
                && text.utf8.allSatisfy { byte in
                    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                }
        }
    }

    package static let name = "slack_bot"
    package static let summary = "Posts to a Slack channel as a bot, each episode in a thread of its own."

    /// Every answer is JSON with `ok`, and faults come with status 200.
    static let table = AnswerTable(
        provider: "Slack",
        acceptance: { answer in
            guard answer.json?["ok"] == true else { return nil }
            guard let channel = answer.json?["channel"]?.string, let time = answer.json?["ts"]?.string else {
                return AnswerTable.Acceptance()
            }
            return AnswerTable.Acceptance(reference: "\(channel)/\(time)")
        },
        fault: { answer in
            answer.json?["error"]?.string.map { word in
                AnswerTable.Fault(
                    word: word,
                    explanation: answer.json?["needed"]?.string.map { "needed: \($0)" }
                )
            }
        },
        faults: SlackFaults.meanings
    )

    private let settings: Settings

    package init(name: String, settings: Settings) {
        self.settings = settings
    }

    package func send(_ delivery: Delivery, _ tools: ReceiverTools) async -> SendVerdict {
        var post = ProviderPost(
            payload(delivery, Message(delivery, tools)),
            to: Secret(settings.address),
            reading: Self.table
        )
        post.contentType = "application/json; charset=utf-8"
        post.bearerToken = settings.token
        return await post.send(tools)
    }

    private func payload(_ delivery: Delivery, _ message: Message) -> JSONValue {
        var members = SlackMessage(message: message, isPlain: delivery.form == .plain).members
        members["channel"] = .string(settings.channel)
        members["unfurl_links"] = false
        members["unfurl_media"] = false
        members["link_names"] = false
        if let thread = thread(of: delivery) {
            members["thread_ts"] = .string(thread)
            // In the thread alone it would go unseen.
            if case .alert(let kind) = message.kind, kind == .escalated || kind.isEnd {
                members["reply_broadcast"] = true
            }
        }
        return .object(members)
    }

    /// The message that the thread began with, unless that is in another channel by now, or what is sent is
    /// the plain form, since the thread may have been what Slack did not like.
    private func thread(of delivery: Delivery) -> String? {
        guard delivery.form == .full, let thread = delivery.thread else { return nil }
        let parts = thread.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == settings.channel else { return nil }
        return String(parts[1])
    }
}
