package import LookoutAlerting
import LookoutHTTP
import LookoutModel
package import LookoutSettings

/// Opens an alert at PagerDuty for each episode and resolves it with the episode's end (Events API v2).
package struct PagerDutyReceiver: ReceiverType {
    /// What the configuration says of such a receiver.
    package struct Settings: LookoutSettings.Settings {
        /// Where PagerDuty keeps the account.
        package enum Region: String, CaseIterable, SettingsValue {
            case us
            case eu
        }

        var routingKey = Secret("")
        var region = Region.us
        var address: String?
        var authorityFile: String?

        package init() {}

        package static var fields: [Field<Settings>] {
            [
                Field(
                    "routing_key",
                    \.routingKey,
                    "The integration key of an \"Events API v2\" integration: 32 letters and digits.",
                    required: true
                ),
                Field("region", \.region, "Where PagerDuty keeps the account: us or eu."),
                Field(
                    "url",
                    \.address,
                    "Another address than PagerDuty's, for a service that speaks as it does."
                ),
                Field(
                    "ca_file",
                    \.authorityFile,
                    "A PEM file of certificate authorities instead of the system's."
                ),
            ]
        }

        package func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
            if let address {
                WebAddress.check(
                    address,
                    of: node,
                    example: "https://events.pagerduty.com/v2/enqueue",
                    &context
                )
            }
            let key = routingKey.reveal()
            let isKey = key.utf8.count == 32 && key.utf8.allSatisfy { URLText.isLetterOrDigit($0) }
            guard !isKey else { return }
            context.error(
                "this is not a routing key",
                at: node["routing_key"] ?? node,
                hint: "it has 32 letters and digits; an API key of PagerDuty's is something else"
            )
        }

        fileprivate var endpoint: String {
            if let address { return address }
            return switch region {
            case .us: "https://events.pagerduty.com/v2/enqueue"
            case .eu: "https://events.eu.pagerduty.com/v2/enqueue"
            }
        }
    }

    package static let name = "pagerduty"
    package static let summary = "Triggers and resolves alerts at PagerDuty (Events API v2)."
    package static let traits = ReceiverTraits(isKeyed: true, takesAlertsOnly: true)

    private let settings: Settings

    package init(name: String, settings: Settings) {
        self.settings = settings
    }

    /// One event for each notice; what fired and was resolved before anybody knew takes two.
    package func send(_ delivery: Delivery, _ tools: ReceiverTools) async -> SendVerdict {
        guard !delivery.isAnnouncement else { return .alertsOnly }
        let end = tools.timekeeper.now.monotonic + tools.timeout
        var verdict = SendVerdict.delivered
        for event in PagerDutyEvent.events(of: delivery, tools) {
            var rest = tools
            rest.timeout = end - tools.timekeeper.now.monotonic
            guard rest.timeout > .zero else {
                return .retry(after: nil, reason: "there was no time for all events")
            }
            verdict = await post(event).send(rest)
            guard verdict.isDelivered else { return verdict }
        }
        return verdict
    }

    private func post(_ event: PagerDutyEvent) -> ProviderPost {
        var post = ProviderPost(
            event.json(routingKey: settings.routingKey),
            to: Secret(settings.endpoint),
            reading: Self.table
        )
        post.secrets = [settings.routingKey]
        post.tls = TLSOptions(authorityFile: settings.authorityFile)
        return post
    }

    /// The responses of `/v2/enqueue` (PagerDuty/api-schema, events-v2).
    static var table: AnswerTable {
        var table = AnswerTable(provider: "PagerDuty")
        // An accepted event says so in its body; whatever answers with a page of its own is something else.
        table.acceptance = { answer in
            answer.json?["status"] == "success" ? AnswerTable.Acceptance() : nil
        }
        table.fault = { answer in
            guard let status = answer.json?["status"]?.string else { return nil }
            var words = [answer.json?["message"]?.string].compactMap(\.self)
            if case .array(let errors)? = answer.json?["errors"] { words += errors.compactMap(\.string) }
            let explanation = words.joined(separator: "; ")
            let lowercased = explanation.lowercased()
            let isAboutKey = answer.status == 400 && wrongKey.contains(where: lowercased.contains)
            return AnswerTable.Fault(
                word: isAboutKey ? "wrong routing key" : status,
                explanation: explanation
            )
        }
        table.faults = ["wrong routing key": .broken]
        return table
    }

    private static let wrongKey = ["routing key", "routing_key", "invalid key", "service key"]
}
