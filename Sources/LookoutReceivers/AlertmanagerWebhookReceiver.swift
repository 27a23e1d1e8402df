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
            guard !Self.isWebAddress(url.reveal()) else { return }
            context.error(
                "this is not an http or https URL",
                at: node["url"] ?? node,
                hint: "write it in full: https://example.org/hooks/lookout"
            )
        }

        /// Whether a text begins as a web address does and holds no blanks; a transport says the rest.
        private static func isWebAddress(_ text: String) -> Bool {
            let lowercased = text.lowercased()
            guard let scheme = ["https://", "http://"].first(where: lowercased.hasPrefix) else {
                return false
            }
            let rest = text.utf8.dropFirst(scheme.utf8.count)
            return rest.first.map { $0 != UInt8(ascii: "/") } ?? false
                && rest.allSatisfy { $0 > UInt8(ascii: " ") && $0 != 0x7f }
        }
    }

    package static let name = "alertmanager_webhook"
    package static let summary = "Posts JSON to a URL, in the format of Alertmanager's webhook (version 4)."

    /// More than this of an answer is not read.
    static let maximumAnswerBytes = 64 << 10

    private let settings: Settings

    package init(name: String, settings: Settings) {
        self.settings = settings
    }

    package func send(_ delivery: Delivery, _ tools: ReceiverTools) async -> SendVerdict {
        do {
            let response = try await tools.transport.send(request(for: delivery.notice, tools))
            return HTTPVerdict.verdict(on: response, at: tools.timekeeper.now.wall)
        } catch {
            return HTTPVerdict.verdict(on: error, withholding: settings.url)
        }
    }

    private func request(for notice: Notice, _ tools: ReceiverTools) -> HTTPRequest {
        let message = AlertmanagerMessage(notice: notice, externalURL: tools.externalURL)
        return HTTPRequest(
            url: settings.url.reveal(),
            method: "POST",
            headers: [
                HeaderField("Content-Type", "application/json"),
                HeaderField("User-Agent", "Lookout/\(LookoutVersion.current)"),
                // The same over all attempts (draft-ietf-httpapi-idempotency-key-header).
                HeaderField("Idempotency-Key", "\"\(notice.id)\""),
            ],
            body: Array(message.json.jsonText.utf8),
            timeout: tools.timeout,
            maximumBodyBytes: Self.maximumAnswerBytes,
            tls: TLSOptions(authorityFile: settings.authorityFile),
            bearerToken: settings.bearerToken
        )
    }
}
