import LookoutAlerting
import LookoutHTTP
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutReceivers

/// What holds of every chat.
struct ChatReceiverTests {
    @Test(arguments: ChatFixtures.names)
    func `no redirect is followed, and no long answer read`(name: String) async throws {
        let requests = try await ChatFixtures.named(name).exchange(DeliveryExamples.delivery("firing"))
            .requests
        let request = try #require(requests.first)
        #expect(requests.count == 1)
        #expect(request.method == "POST")
        #expect(request.maximumRedirects == 0)
        #expect(request.maximumBodyBytes == 65_536)
        #expect(request.headers.first(named: "content-type")?.hasPrefix("application/json") == true)
    }

    @Test(
        arguments: ChatFixtures.names,
        [
            TransferError.Cause.target(.dns), .target(.connect), .target(.timeout), .target(.tls), .local,
            .cancelled,
        ]
    )
    func `what did not come about is tried again, without secrets`(
        name: String,
        cause: TransferError.Cause
    ) async throws {
        let receiver = try ChatFixtures.named(name).receiver()
        let words = "no answer to \(ChatFixtures.named(name).settings.texts.joined(separator: " or "))"
        let transport = ScriptedTransport(.failure(TransferError(cause, words)))
        let verdict = await receiver.send(DeliveryExamples.delivery("firing"), .forTest(transport: transport))
        #expect(VerdictCase.summary(verdict) == "retry -")
        for secret in ChatFixtures.secrets { #expect(!"\(verdict)".contains(secret)) }
    }

    @Test(arguments: ChatFixtures.names)
    func `an answer that repeats our secrets does not bring them into the reason`(name: String) async throws {
        let secret = "s3cretS3cretS3cretS3cret"
        // The secret lies across the place where long words are cut.
        for padding in [0, 260, 280, 290, 300] {
            let words = String(repeating: "x", count: padding) + " \(secret) \(secret)"
            let body: JSONValue = [
                "ok": false,
                "error": ["code": .string(words), "status": .string(words), "message": .string(words)],
                "id": .string(words), "message": .string(words), "code": 1,
            ]
            let answer = HTTPResponse(statusCode: 400, body: Array(body.jsonText.utf8))
            let verdict = try await ChatFixtures.named(name)
                .exchange(DeliveryExamples.delivery("firing"), answering: answer).verdict
            #expect(!"\(verdict)".contains("s3cretS3"), "\(verdict)")
        }
    }

    @Test(arguments: ChatFixtures.names)
    func `an address that is none is an error that does not show it`(name: String) {
        let key = name == "slack_bot" ? "api_url" : "url"
        for address in [
            "", "example.org/s3cret", "ftp://s3cret.example.org/", "https:///s3cret", "https://a s3cret/",
        ] {
            let faults = ChatFixtures.named(name).faults([key: .string(address)])
            #expect(faults.count == 1)
            #expect(!faults.joined().contains("s3cret"), "\(faults)")
        }
    }

    @Test(arguments: ChatFixtures.names, Delivery.Form.allCases)
    func `control and direction characters never reach a chat`(
        name: String,
        form: Delivery.Form
    ) async throws {
        let delivery = DeliveryExamples.hostileDelivery(form: form)
        let payload = try await ChatFixtures.named(name).payload(delivery)
        let harmful = payload.texts.joined().unicodeScalars.filter { scalar in
            scalar != "\n" && scalar != "\u{200B}"
                && [.control, .format, .lineSeparator, .paragraphSeparator]
                    .contains(scalar.properties.generalCategory)
        }
        #expect(harmful.isEmpty)
        let links = payload.objects(with: "url").compactMap { $0["url"]?.string }
        #expect(links.allSatisfy { $0.hasPrefix("https://lookout.example.org") })
        #expect(!payload.texts.contains { $0.contains("href=\"javascript") })
    }

    @Test(
        arguments: ChatFixtures.names,
        ["x", "ä", "*", "<", "\"", "👩‍👩‍👧", "\u{1}", "e\u{301}\u{302}", "\n", "\u{FFFD}"]
    )
    func `texts without end are cut, and between characters`(name: String, filler: String) async throws {
        for form in Delivery.Form.allCases {
            let delivery = DeliveryExamples.longDelivery(filler, form: form)
            let payload = try await ChatFixtures.named(name).payload(delivery)
            #expect(ChatLimits.faults(of: payload, name) == [], "\(name) \(filler)")
            for text in payload.texts where filler == "👩‍👩‍👧" {
                #expect(!text.contains { $0 == "👩" || $0 == "👩‍👩" || $0 == "\u{200D}" }, "\(name)")
            }
        }
    }

    @Test(arguments: ChatFixtures.names, [2, 30, 300])
    func `a digest of any size fits and leaves nobody uncounted`(name: String, count: Int) async throws {
        let payload = try await ChatFixtures.named(name).payload(ChatLimits.digest(of: count))
        #expect(ChatLimits.faults(of: payload, name) == [])
        let all = payload.texts.joined(separator: "\n")
        let shown = all.split(separator: "unique ").count - 1
        // What is cut is counted: by the message itself, and for what this chat has no room for.
        let counted = all.split(separator: "and ").filter { $0.contains(" more") }
            .compactMap { Int($0.prefix { $0.isNumber }) }
        #expect(shown + counted.reduce(0, +) == count, "\(shown) \(counted)")
        #expect(shown >= min(count, 15))
    }
}
