package import LookoutAlerting
import LookoutHTTP
import LookoutModel
package import LookoutSettings

/// Posts to a Google Chat space through a webhook, each episode in a thread of its own.
package struct GoogleChatReceiver: ReceiverType {
    /// What the configuration says of such a receiver.
    package struct Settings: LookoutSettings.Settings {
        /// A secret: its query holds the key and the token.
        var url = Secret("")

        package init() {}

        package static var fields: [Field<Settings>] {
            [
                Field(
                    "url",
                    \.url,
                    "The address of the space's webhook, such as {credential: NAME}.",
                    required: true
                )
            ]
        }

        package func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
            WebAddress.check(
                url.reveal(),
                of: node,
                example: "https://chat.googleapis.com/v1/spaces/…/messages?key=…&token=…",
                &context
            )
        }
    }

    package static let name = "google_chat"
    package static let summary = "Posts to a Google Chat space through a webhook, each episode in a thread."

    /// A good answer has the message's name; faults are those of all Google APIs (AIP-193).
    static let table = AnswerTable(
        provider: "Google Chat",
        acceptance: { $0.json?["name"]?.string.map { AnswerTable.Acceptance(reference: $0) } },
        fault: { answer in
            guard let error = answer.json?["error"], let status = error["status"]?.string else { return nil }
            let word = reason(of: error) ?? status
            return AnswerTable.Fault(word: word, explanation: error["message"]?.string)
        },
        faults: [
            "RESOURCE_EXHAUSTED": .retry, "UNAVAILABLE": .retry, "INTERNAL": .retry, "ABORTED": .retry,
            "DEADLINE_EXCEEDED": .retry, "CANCELLED": .retry, "UNKNOWN": .retry,
            "PERMISSION_DENIED": .broken, "UNAUTHENTICATED": .broken, "NOT_FOUND": .broken,
            "API_KEY_INVALID": .broken, "FAILED_PRECONDITION": .broken,
            "INVALID_ARGUMENT": .rejected, "OUT_OF_RANGE": .rejected,
        ]
    )

    /// A wrong key comes as an invalid argument, and only the details say that it is the key.
    private static func reason(of error: JSONValue) -> String? {
        guard case .array(let details)? = error["details"] else { return nil }
        return details.compactMap { $0["reason"]?.string }.first { $0 == "API_KEY_INVALID" }
    }

    private let settings: Settings

    package init(name: String, settings: Settings) {
        self.settings = settings
    }

    package func send(_ delivery: Delivery, _ tools: ReceiverTools) async -> SendVerdict {
        let message = GoogleChatMessage(message: Message(delivery, tools), isPlain: delivery.form == .plain)
        var members = message.members
        if !delivery.isDigest { members["thread"] = ["threadKey": .string(delivery.notice.threadKey)] }
        var post = ProviderPost(.object(members), to: address(for: delivery), reading: Self.table)
        post.contentType = "application/json; charset=UTF-8"
        post.secrets = [settings.url]
        return await post.send(tools)
    }

    /// A second request under the same id gets the message of the first as its answer and posts nothing.
    private func address(for delivery: Delivery) -> Secret {
        let suffix = delivery.form == .plain ? "-plain" : ""
        return WebAddress.adding(
            [
                ("messageReplyOption", "REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD"),
                ("requestId", "\(delivery.id)\(suffix)"),
            ],
            to: settings.url
        )
    }
}
