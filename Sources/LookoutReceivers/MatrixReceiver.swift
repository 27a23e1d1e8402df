package import LookoutAlerting
import LookoutHTTP
import LookoutModel
package import LookoutSettings

/// Sends each message into a room of Matrix, in a thread below the first of its episode (client-server
/// API v1.11).
///
/// The delivery's id is the transaction's id, so a repetition is no second message.
package struct MatrixReceiver: ReceiverType {
    /// What the configuration says of such a receiver.
    package struct Settings: LookoutSettings.Settings {
        var homeserver = ""
        var token = Secret("")
        var room = ""
        var mentionsRoom = false
        var authorityFile: String?

        package init() {}

        package static var fields: [Field<Settings>] {
            [
                Field(
                    "homeserver",
                    \.homeserver,
                    "The homeserver's address, such as https://matrix.example.org.",
                    required: true
                ),
                Field("token", \.token, "The access token of the account that sends.", required: true),
                Field("room", \.room, "The room's id, which begins with \"!\".", required: true),
                Field(
                    "mention_room",
                    \.mentionsRoom,
                    "Whether news of severity 1 notifies everybody in the room."
                ),
                Field(
                    "ca_file",
                    \.authorityFile,
                    "A PEM file of certificate authorities instead of the system's."
                ),
            ]
        }

        package func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
            WebAddress.check(
                homeserver,
                key: "homeserver",
                of: node,
                example: "https://matrix.example.org",
                &context
            )
            guard !room.hasPrefix("!") || room.utf8.count < 2 else { return }
            context.error(
                "\"\(room.shortened)\" is not a room's id",
                at: node["room"] ?? node,
                hint: "it begins with \"!\"; clients show it under the room's advanced settings"
            )
        }
    }

    package static let name = "matrix"
    package static let summary = "Sends messages into a Matrix room, in a thread for each episode."

    /// An event may have 65,536 bytes with all its signatures; a text is in it twice, as words and as HTML.
    static let maximumTextBytes = 12 << 10

    private let settings: Settings

    package init(name: String, settings: Settings) {
        self.settings = settings
    }

    package func send(_ delivery: Delivery, _ tools: ReceiverTools) async -> SendVerdict {
        // Another body under the same transaction would be taken for the refused one.
        let transaction = delivery.form == .plain ? "\(delivery.id)-plain" : "\(delivery.id)"
        let path = "_matrix/client/v3/rooms/\(URLText.encoded(settings.room))/send/m.room.message"
        var post = ProviderPost(
            payload(for: delivery, tools),
            to: Secret("\(WebAddress.base(settings.homeserver))/\(path)/\(transaction)"),
            reading: Self.table
        )
        post.method = "PUT"
        post.bearerToken = settings.token
        post.tls = TLSOptions(authorityFile: settings.authorityFile)
        return await post.send(tools)
    }

    /// The content of the `m.room.message` event.
    func payload(for delivery: Delivery, _ tools: ReceiverTools) -> JSONValue {
        let message = Message(delivery, tools)
        var members: [String: JSONValue] = [
            "msgtype": "m.text",
            "body": .string(MessageText(message).text(limit: Self.maximumTextBytes, .bytes)),
            "m.mentions": mentions(in: message),
        ]
        if delivery.form == .full {
            let html = MessageText(message, .html).text(limit: Self.maximumTextBytes, .bytes)
            members["format"] = "org.matrix.custom.html"
            members["formatted_body"] = .string(html)
        }
        if let thread = delivery.thread {
            members["m.relates_to"] = [
                "rel_type": "m.thread", "event_id": .string(thread), "is_falling_back": true,
                "m.in_reply_to": ["event_id": .string(thread)],
            ]
        }
        return .object(members)
    }

    /// Nobody, whatever names are in the text, but for what everybody has to know at once.
    private func mentions(in message: Message) -> JSONValue {
        let isForAll = settings.mentionsRoom && message.tone == .outage
        return isForAll ? ["room": true] : [:]
    }

    /// spec.matrix.org, "Standard error response".
    static var table: AnswerTable {
        var table = AnswerTable(provider: "the homeserver")
        table.acceptance = { answer in
            answer.json?["event_id"]?.string.map { AnswerTable.Acceptance(reference: $0) }
        }
        table.fault = { answer in
            answer.json?["errcode"]?.string.map {
                AnswerTable.Fault(word: $0, explanation: answer.json?["error"]?.string)
            }
        }
        table.faults = [
            "M_LIMIT_EXCEEDED": .retry, "M_UNKNOWN_TOKEN": .broken, "M_MISSING_TOKEN": .broken,
            "M_FORBIDDEN": .broken, "M_USER_DEACTIVATED": .broken, "M_GUEST_ACCESS_FORBIDDEN": .broken,
            "M_UNRECOGNIZED": .broken, "M_NOT_FOUND": .broken, "M_TOO_LARGE": .rejected,
            "M_BAD_JSON": .rejected, "M_NOT_JSON": .rejected, "M_RESOURCE_LIMIT_EXCEEDED": .broken,
        ]
        table.otherFault = .broken
        table.waits = [.header("Retry-After"), .bodyMilliseconds(["retry_after_ms"])]
        return table
    }
}
