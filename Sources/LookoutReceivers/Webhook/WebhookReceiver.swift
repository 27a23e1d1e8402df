package import LookoutAlerting
import LookoutHTTP
import LookoutModel

/// Posts each delivery to an address of your own, signed as Standard Webhooks 1.0.0 has it.
package struct WebhookReceiver: ReceiverType {
    package static let name = "webhook"
    package static let summary =
        "Posts JSON to a URL, signed as Standard Webhooks asks, or a body of your own."

    private let settings: WebhookSettings

    package init(name: String, settings: WebhookSettings) {
        self.settings = settings
    }

    package func send(_ delivery: Delivery, _ tools: ReceiverTools) async -> SendVerdict {
        await post(delivery, tools).send(tools)
    }

    private func post(_ delivery: Delivery, _ tools: ReceiverTools) -> ProviderPost {
        let event = EventDocument(delivery, tools)
        // What refused a body of the user's own gets ours once more: it has no template to go wrong in.
        let template = delivery.form == .full ? settings.template : nil
        let body = Array((template?.filled(with: event) ?? event.json.jsonText).utf8)
        var post = ProviderPost(body, to: settings.url, reading: AnswerTable(provider: "the receiver"))
        post.method = settings.method.rawValue
        if template != nil { post.contentType = settings.contentType }
        post.headers = signature(of: body, delivery, at: tools.timekeeper.now.wall)
        post.headers += settings.furtherHeaders
        post.bearerToken = settings.bearerToken
        post.secrets = Array(settings.headers.values)
        post.tls = TLSOptions(authorityFile: settings.authorityFile)
        post.forbidsPrivateAddresses = settings.forbidsPrivateAddresses
        return post
    }

    /// The id is the same over all attempts, the time that of this one; a signature for each secret.
    private func signature(of body: [UInt8], _ delivery: Delivery, at now: Timestamp) -> [HeaderField] {
        let id = delivery.id.description
        let seconds = now.microseconds / 1_000_000
        var headers = [HeaderField("webhook-id", id), HeaderField("webhook-timestamp", String(seconds))]
        if !settings.secrets.isEmpty {
            let signatures = settings.secrets.map { $0.signature(id: id, timestamp: seconds, body: body) }
            headers.append(HeaderField("webhook-signature", signatures.joined(separator: " ")))
        }
        return headers
    }
}
