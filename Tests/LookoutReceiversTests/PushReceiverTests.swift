import LookoutAlerting
import LookoutHTTP
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutReceivers

/// What holds of every receiver that pushes to a provider over HTTP.
struct PushReceiverTests {
    @Test(arguments: PushFixtures.names)
    func `no redirect is followed, and no long answer read`(name: String) async throws {
        let requests = try await PushFixtures.named(name).exchange(DeliveryExamples.delivery("firing"))
            .requests
        #expect(!requests.isEmpty)
        for request in requests {
            #expect(request.maximumRedirects == 0)
            #expect(request.maximumBodyBytes == 65_536)
            #expect(request.timeout <= .seconds(15))
        }
    }

    @Test(
        arguments: PushFixtures.names,
        [
            TransferError.Cause.target(.dns), .target(.connect), .target(.timeout), .target(.tls), .local,
            .cancelled,
        ]
    )
    func `what did not come about is tried again, without secrets`(
        name: String,
        cause: TransferError.Cause
    ) async throws {
        let receiver = try PushFixtures.named(name).receiver()
        let secret = PushFixtures.secret(of: name)
        let words = "no answer to \(secret) in time"
        let transport = ScriptedTransport(.failure(TransferError(cause, words)))
        let verdict = await receiver.send(DeliveryExamples.delivery("firing"), .forTest(transport: transport))
        guard case .retry(nil, let reason) = verdict else {
            Issue.record("\(verdict)")
            return
        }
        #expect(reason == "no answer to <secret> in time")
    }

    @Test(arguments: PushFixtures.names)
    func `an address that is none is an error that does not show it`(name: String) {
        let key = ["matrix": "homeserver", "ntfy": "server"][name] ?? "url"
        for address in [
            "", "example.org/s3cret", "ftp://s3cret.example.org/", "https:///s3cret", "https://a s3cret/",
        ] {
            let faults = PushFixtures.named(name).faults([key: .string(address)])
            #expect(faults.count == 1)
            #expect(!faults.joined().contains("s3cret"), "\(faults)")
        }
    }

    @Test(arguments: PushFixtures.names, Delivery.Form.allCases)
    func `hostile texts stay texts, and what is sent stays JSON`(
        name: String,
        form: Delivery.Form
    ) async throws {
        let delivery = DeliveryExamples.hostileDelivery(form: form)
        let payload = try await PushFixtures.named(name).payload(delivery)
        for (key, text) in Self.strings(of: payload) {
            let scalars = text.unicodeScalars
            #expect(!scalars.contains { $0.value < 0x20 && $0 != "\n" || $0 == "\u{202E}" }, "\(key)")
            if ["href", "url", "click", "client_url", "contentUrl"].contains(key) {
                #expect(text.hasPrefix("https://"), "\(key): \(text)")
            }
            if key == "formatted_body" { #expect(!Self.withoutOurTags(text).contains("<")) }
        }
        // It is not taken out either: people have to read what was seen.
        #expect(Self.strings(of: payload).contains { $0.text.contains("${HOME}$(id)") })
    }

    /// Each string of a payload with the key that it stands under.
    private static func strings(of value: JSONValue, under key: String = "") -> [(key: String, text: String)]
    {
        switch value {
        case .string(let text): [(key, text)]
        case .array(let elements): elements.flatMap { strings(of: $0, under: key) }
        case .object(let members): members.flatMap { strings(of: $0.value, under: $0.key) }
        default: []
        }
    }

    private static func withoutOurTags(_ html: String) -> String {
        ["<strong>", "</strong>", "<code>", "</code>", "<br>", "</a>", "<a href=\"https://"]
            .reduce(html) { html, tag in
                html.split(separator: tag, omittingEmptySubsequences: false).joined(separator: " ")
            }
    }
}
