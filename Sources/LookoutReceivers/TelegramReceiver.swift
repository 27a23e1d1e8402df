package import LookoutAlerting
import LookoutHTTP
import LookoutModel
package import LookoutSettings
import Synchronization

/// Sends each message through a bot of Telegram, as a reply to the first of its episode.
package struct TelegramReceiver: ReceiverType {
    /// What the configuration says of such a receiver.
    package struct Settings: LookoutSettings.Settings {
        var token = Secret("")
        var chat = ""
        var topic: Int?
        var quietFrom: Severity?
        var address = "https://api.telegram.org"
        var authorityFile: String?

        package init() {}

        package static var fields: [Field<Settings>] {
            [
                Field("token", \.token, "The bot's token, as BotFather gave it.", required: true),
                Field("chat", \.chat, "The chat's number, or @name of a public channel.", required: true),
                Field("topic", \.topic, "The number of a forum topic in the chat.", in: 1...Int(Int32.max)),
                Field("quiet_from", \.quietFrom, "Messages of this severity and milder make no sound."),
                Field("url", \.address, "Where the Bot API is, if it is a server of your own."),
                Field(
                    "ca_file",
                    \.authorityFile,
                    "A PEM file of certificate authorities instead of the system's."
                ),
            ]
        }

        package func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
            WebAddress.check(address, of: node, example: "https://api.telegram.org", &context)
            if !Self.isToken(token.reveal()) {
                context.error(
                    "this is not a bot's token",
                    at: node["token"] ?? node,
                    hint: "it is a number, a colon and 30 or more letters, digits, - and _"
                )
            }
            if Int64(chat) == nil, !chat.hasPrefix("@") || chat.utf8.count < 2 {
                context.error(
                    "\"\(chat.shortened)\" is not a chat",
                    at: node["chat"] ?? node,
                    hint: "a number such as -1001234567890, or @name of a public channel"
                )
            }
        }

        private static func isToken(_ text: String) -> Bool {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, UInt64(parts[0]) != nil else { return false }
            return parts[1].utf8.count >= 30 && parts[1].utf8.allSatisfy(URLText.isUnreserved)
        }
    }

    package static let name = "telegram"
    package static let summary = "Sends messages through a Telegram bot."

    /// Where a group has gone since Lookout started, or last read its configuration.
    private final class NewAddress: Sendable {
        let chat = Mutex<String?>(nil)
    }

    private let settings: Settings
    private let newAddress = NewAddress()

    package init(name: String, settings: Settings) {
        self.settings = settings
    }

    package func send(_ delivery: Delivery, _ tools: ReceiverTools) async -> SendVerdict {
        let end = tools.timekeeper.now.monotonic + tools.timeout
        let post = post(delivery, to: newAddress.chat.withLock { $0 } ?? settings.chat, tools)
        switch await post.answer(tools) {
        case .none(let verdict):
            return verdict
        case .answer(let answer):
            guard let chat = Self.newChat(answer) else {
                return post.table.verdict(on: answer, at: tools.timekeeper.now.wall, masking: post.mask)
            }
            newAddress.chat.withLock { $0 = chat }
            tools.report("the group is a supergroup now: set `chat` to its new number, \(chat)")
            var rest = tools
            rest.timeout = end - tools.timekeeper.now.monotonic
            guard rest.timeout > .zero else {
                return .retry(after: nil, reason: "no time was left to follow the group to its new chat")
            }
            return await self.post(delivery, to: chat, tools).send(rest)
        }
    }

    private func post(_ delivery: Delivery, to chat: String, _ tools: ReceiverTools) -> ProviderPost {
        let address = "\(WebAddress.base(settings.address))/bot\(settings.token.reveal())/sendMessage"
        var post = ProviderPost(
            payload(for: delivery, to: chat, tools),
            to: Secret(address),
            reading: Self.table
        )
        // The number before the colon is the bot's public name; the rest alone is the secret.
        let key = settings.token.reveal().split(separator: ":").last.map { Secret(String($0)) }
        post.secrets = [settings.token, key].compactMap(\.self)
        post.tls = TLSOptions(authorityFile: settings.authorityFile)
        return post
    }

    /// The arguments of `sendMessage`.
    func payload(for delivery: Delivery, to chat: String, _ tools: ReceiverTools) -> JSONValue {
        let message = Message(delivery, tools)
        let text = delivery.form == .plain ? TelegramText(plain: message) : TelegramText(message)
        var members: [String: JSONValue] = [
            "chat_id": Int64(chat).map { .int($0) } ?? .string(chat),
            "text": .string(text.text),
            "link_preview_options": ["is_disabled": true],
        ]
        if !text.entities.isEmpty { members["entities"] = .array(text.entities) }
        if let topic = settings.topic { members["message_thread_id"] = .int(Int64(topic)) }
        if let quiet = settings.quietFrom, quiet <= message.severity {
            members["disable_notification"] = true
        }
        if let thread = delivery.thread.flatMap({ Int64($0) }) {
            members["reply_parameters"] = [
                "message_id": .int(thread), "allow_sending_without_reply": true,
            ]
        }
        return .object(members)
    }

    /// Where a group went when it became a supergroup.
    private static func newChat(_ answer: ProviderAnswer) -> String? {
        guard answer.status == 400 else { return nil }
        return answer.json?["parameters"]?["migrate_to_chat_id"]?.integer.map { String($0) }
    }

    /// core.telegram.org/bots/api#making-requests.
    static var table: AnswerTable {
        var table = AnswerTable(provider: "Telegram")
        table.acceptance = { answer in
            guard answer.json?["ok"] == true else { return nil }
            let message = answer.json?["result"]?["message_id"]?.integer
            return AnswerTable.Acceptance(reference: message.map { String($0) })
        }
        table.fault = { answer in
            guard let description = answer.json?["description"]?.string else { return nil }
            let lowercased = description.lowercased()
            guard answer.status == 400, let phrase = wrongChat.first(where: lowercased.contains) else {
                return AnswerTable.Fault(word: description)
            }
            return AnswerTable.Fault(word: phrase, explanation: description)
        }
        table.faults = Dictionary(uniqueKeysWithValues: wrongChat.map { ($0, .broken) })
        table.waits = [.body(["parameters", "retry_after"]), .header("Retry-After")]
        return table
    }

    /// What refusals are about where the message goes, which no other wording would change.
    private static let wrongChat = [
        "chat not found", "thread not found", "topic_closed", "topic_deleted", "topic_id_invalid",
        "not enough rights", "have no rights", "chat_write_forbidden", "need administrator rights",
        "chat_id is empty", "group chat was deactivated", "peer_id_invalid",
    ]
}
