package import LookoutAlerting
import LookoutHTTP
import LookoutModel
package import LookoutSettings

/// Publishes each message to a topic of ntfy.
package struct NtfyReceiver: ReceiverType {
    /// What the configuration says of such a receiver.
    package struct Settings: LookoutSettings.Settings {
        var server = "https://ntfy.sh"
        /// A secret, since on a public server its name alone is the right to read and to post.
        var topic = Secret("")
        var token: Secret?
        var user: String?
        var password: Secret?
        var authorityFile: String?

        package init() {}

        package static var fields: [Field<Settings>] {
            [
                Field("server", \.server, "The server's address; https://ntfy.sh if left out."),
                Field(
                    "topic",
                    \.topic,
                    "The topic; on a public server choose one nobody guesses.",
                    required: true
                ),
                Field("token", \.token, "An access token, which begins with tk_."),
                Field("user", \.user, "A user name, with a password instead of a token."),
                Field("password", \.password, "The user's password."),
                Field(
                    "ca_file",
                    \.authorityFile,
                    "A PEM file of certificate authorities instead of the system's."
                ),
            ]
        }

        package func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
            WebAddress.check(server, key: "server", of: node, example: "https://ntfy.sh", &context)
            let name = topic.reveal()
            let isTopic = name.utf8.count <= 64 && name.utf8.allSatisfy { URLText.isNameByte($0) }
            if !isTopic {
                context.error(
                    "this is not a topic",
                    at: node["topic"] ?? node,
                    hint: "up to 64 letters, digits, - and _, without the server's address"
                )
            }
            if token != nil, user != nil || password != nil {
                context.error("either a token or a user, not both", at: node["token"] ?? node)
            }
            if (user == nil) != (password == nil) {
                context.error(
                    user == nil ? "a password without a user" : "a user without a password",
                    at: node["user"] ?? node["password"] ?? node
                )
            }
        }
    }

    package static let name = "ntfy"
    package static let summary = "Publishes to a topic of ntfy, for phones and desktops."

    /// A longer message would become an attachment, which no phone shows at a glance.
    static let maximumMessageBytes = 4096
    static let maximumTitleBytes = 250

    private let settings: Settings

    package init(name: String, settings: Settings) {
        self.settings = settings
    }

    package func send(_ delivery: Delivery, _ tools: ReceiverTools) async -> SendVerdict {
        // JSON is published to the server's root; in headers only ASCII would be safe.
        let address = WebAddress.base(settings.server) + "/"
        var post = ProviderPost(payload(for: delivery, tools), to: Secret(address), reading: Self.table)
        post.bearerToken = settings.token
        if let user = settings.user, let password = settings.password {
            post.basicAuthentication = BasicAuthentication(user: user, password: password)
        }
        post.secrets = [settings.topic]
        post.tls = TLSOptions(authorityFile: settings.authorityFile)
        return await post.send(tools)
    }

    /// What is published (docs.ntfy.sh/publish, "Publish as JSON").
    func payload(for delivery: Delivery, _ tools: ReceiverTools) -> JSONValue {
        let message = Message(delivery, tools)
        // ntfy takes an empty message for the word "triggered".
        let body = MessageText(message).body(limit: Self.maximumMessageBytes, .bytes)
        var members: [String: JSONValue] = [
            "topic": .string(settings.topic.reveal()),
            "title": .string(message.title.shortened(to: Self.maximumTitleBytes, .bytes)),
            "message": .string(body.isEmpty ? message.title.shortened(to: 4096, .bytes) : body),
            "priority": .int(Self.priority(of: message)),
            "tags": [.string(Self.tag(of: message))],
        ]
        guard delivery.form == .full else { return .object(members) }
        if let link = message.link { members["click"] = .string(link) }
        let actions = [
            ("Runbook", message.runbook.flatMap { WebLink($0)?.address }), ("Lookout", message.link),
        ]
        .compactMap { label, address -> JSONValue? in
            address.map { ["action": "view", "label": .string(label), "url": .string($0)] }
        }
        if !actions.isEmpty { members["actions"] = .array(actions) }
        return .object(members)
    }

    /// 5 rings until it is seen, 4 vibrates long, 3 is the ordinary, 2 makes no sound.
    private static func priority(of message: Message) -> Int64 {
        switch message.tone {
        case .outage: 5
        case .major: 4
        case .minor: 3
        case .good: message.severity == .outage ? 3 : 2
        case .news: message.severity == .minor ? 3 : 4
        }
    }

    /// An emoji by its short name.
    private static func tag(of message: Message) -> String {
        switch message.tone {
        case .outage: "rotating_light"
        case .major: "warning"
        case .minor: "information_source"
        case .good: "white_check_mark"
        case .news: "loudspeaker"
        }
    }

    /// Faults are `{code, http, error, link}`, the code being the status with two more digits.
    static var table: AnswerTable {
        var table = AnswerTable(provider: "ntfy")
        table.acceptance = { answer in
            answer.json?["id"]?.string == nil ? nil : AnswerTable.Acceptance()
        }
        table.fault = { answer in
            guard let code = answer.json?["code"]?.integer else { return nil }
            return AnswerTable.Fault(word: String(code), explanation: answer.json?["error"]?.string)
        }
        // No such topic name, and a topic that is kept for the server's own use.
        table.faults = ["40009": .broken, "40010": .broken]
        return table
    }
}
