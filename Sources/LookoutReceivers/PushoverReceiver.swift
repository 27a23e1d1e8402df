package import LookoutAlerting
import LookoutHTTP
import LookoutModel
package import LookoutSettings

/// Sends each message through Pushover; an outage may ring until somebody has acknowledged it there.
package struct PushoverReceiver: ReceiverType {
    /// What the configuration says of such a receiver.
    package struct Settings: LookoutSettings.Settings {
        var token = Secret("")
        var user = Secret("")
        var device: String?
        var sound: String?
        var isEmergency = false
        var retry = Duration.seconds(60)
        var expire = Duration.seconds(3600)
        var address = "https://api.pushover.net"
        var authorityFile: String?

        package init() {}

        package static var fields: [Field<Settings>] {
            [
                Field("token", \.token, "The application's API token.", required: true),
                Field("user", \.user, "The key of the user or group that is told.", required: true),
                Field("device", \.device, "The device's name; all of the user's if left out."),
                Field("sound", \.sound, "The sound for news of severity 1 and 2."),
                Field(
                    "emergency",
                    \.isEmergency,
                    "Whether severity 1 rings again and again until somebody acknowledges it in the app."
                ),
                Field("retry", \.retry, "How often it rings.", in: .seconds(30)...(.seconds(10_800))),
                Field("expire", \.expire, "How long it rings.", in: .seconds(30)...(.seconds(10_800))),
                Field(
                    "url",
                    \.address,
                    "Another address than Pushover's, for a service that speaks as it does."
                ),
                Field(
                    "ca_file",
                    \.authorityFile,
                    "A PEM file of certificate authorities instead of the system's."
                ),
            ]
        }

        package func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
            WebAddress.check(address, of: node, example: "https://api.pushover.net", &context)
            for (name, secret) in [("token", token), ("user", user)] {
                let text = secret.reveal()
                let isKey = text.utf8.count == 30 && text.utf8.allSatisfy { URLText.isLetterOrDigit($0) }
                guard !isKey else { continue }
                context.error(
                    "this is not a \(name) of Pushover's",
                    at: node[name] ?? node,
                    hint: "it has 30 letters and digits"
                )
            }
            if retry > expire {
                context.error("it would be over before it rings again", at: node["retry"] ?? node)
            }
        }
    }

    package static let name = "pushover"
    package static let summary = "Sends messages to phones through Pushover."

    private let settings: Settings

    package init(name: String, settings: Settings) {
        self.settings = settings
    }

    package func send(_ delivery: Delivery, _ tools: ReceiverTools) async -> SendVerdict {
        let end = tools.timekeeper.now.monotonic + tools.timeout
        let verdict = await post(payload(for: delivery, tools), path: "1/messages.json").send(tools)
        guard verdict.isDelivered, let receipt = receiptToCancel(delivery) else { return verdict }
        var rest = tools
        rest.timeout = end - tools.timekeeper.now.monotonic
        // What rings for an episode that is over would stop by itself; so this is tried, but not insisted on.
        if rest.timeout > .zero {
            _ = await post(
                ["token": .string(settings.token.reveal())],
                path: "1/receipts/\(receipt)/cancel.json"
            ).send(rest)
        }
        return verdict
    }

    private func post(_ payload: JSONValue, path: String) -> ProviderPost {
        let address = "\(WebAddress.base(settings.address))/\(path)"
        var post = ProviderPost(payload, to: Secret(address), reading: Self.table)
        post.secrets = [settings.token, settings.user]
        post.tls = TLSOptions(authorityFile: settings.authorityFile)
        return post
    }

    /// The receipt of the message that began the episode, once that is over and if it may still ring.
    private func receiptToCancel(_ delivery: Delivery) -> String? {
        guard settings.isEmergency, delivery.notice.kind.isEnd, !delivery.isDigest,
            let receipt = delivery.thread, receipt.utf8.allSatisfy({ URLText.isLetterOrDigit($0) })
        else { return nil }
        return receipt
    }

    func payload(for delivery: Delivery, _ tools: ReceiverTools) -> JSONValue {
        PushoverMessage(
            delivery: delivery,
            message: Message(delivery, tools),
            settings: settings
        ).json
    }

    /// pushover.net/api, "Response Format".
    static var table: AnswerTable {
        var table = AnswerTable(provider: "Pushover")
        table.acceptance = { answer in
            guard answer.json?["status"]?.integer == 1 else { return nil }
            return AnswerTable.Acceptance(reference: answer.json?["receipt"]?.string)
        }
        table.fault = { answer in
            guard case .array(let errors)? = answer.json?["errors"] else { return nil }
            let explanation = errors.compactMap(\.string).joined(separator: "; ")
            // A member named after the wrong parameter says that it is "invalid".
            let wrong = ["token", "user", "device"].first { answer.json?[$0]?.string == "invalid" }
            return AnswerTable.Fault(
                word: wrong.map { "invalid \($0)" } ?? explanation,
                explanation: explanation
            )
        }
        table.faults = ["invalid token": .broken, "invalid user": .broken, "invalid device": .broken]
        table.waits = [
            .header("Retry-After"), .quotaHeader("X-Limit-App-Reset", remaining: "X-Limit-App-Remaining"),
        ]
        return table
    }
}
