import LookoutAlerting
import LookoutHTTP
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutReceivers

struct WebhookSignatureTests {
    private static func bytes(hex: String) -> [UInt8] {
        stride(from: 0, to: hex.utf8.count, by: 2).compactMap { offset in
            let start = hex.index(hex.startIndex, offsetBy: offset)
            return UInt8(hex[start..<hex.index(start, offsetBy: 2)], radix: 16)
        }
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// RFC 4231 §4: keys and messages of all lengths around a block's.
    @Test(arguments: [
        (
            String(repeating: "0b", count: 20), "4869205468657265",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            "4a656665", "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            String(repeating: "aa", count: 20), String(repeating: "dd", count: 50),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
        ),
        (
            "0102030405060708090a0b0c0d0e0f10111213141516171819", String(repeating: "cd", count: 50),
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
        ),
        (
            String(repeating: "aa", count: 131),
            hex(Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8)),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
        (
            String(repeating: "aa", count: 131),
            hex(
                Array(
                    ("This is a test using a larger than block-size key and a larger than block-size data. "
                        + "The key needs to be hashed before being used by the HMAC algorithm.").utf8
                )
            ),
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
        ),
    ])
    func `the keyed digest is that of RFC 4231`(key: String, message: String, expected: String) {
        let code = HMACSHA256.code(of: Self.bytes(hex: message), key: Self.bytes(hex: key))
        #expect(Self.hex(code) == expected)
    }

    @Test(arguments: ["", "whsec_"])
    func `the signature is the one that other libraries make`(prefix: String) throws {
        let secret = try #require(SigningSecret(prefix + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        let signature = secret.signature(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
            timestamp: 1_614_265_330,
            body: Array(#"{"test": 2432232314}"#.utf8)
        )
        #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
        #expect(!"\(secret)".contains("MfKQ"))
    }

    private static let newSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    private static let oldSecret = "whsec_" + Base64.encoded(Array(repeating: 7, count: 32))

    @Test func `a message is signed with every secret, over the body that is sent`() async throws {
        let delivery = DeliveryExamples.delivery("firing")
        let exchange = try await PushFixtures.webhook.exchange(
            delivery,
            settings: ["secrets": [.string(Self.newSecret), .string(Self.oldSecret)]]
        )
        let request = try #require(exchange.requests.first)
        let id = try #require(request.headers.first(named: "webhook-id"))
        #expect(id == delivery.id.description)
        let time = try #require(request.headers.first(named: "webhook-timestamp"))
        #expect(time == "\(Examples.fired.microseconds / 1_000_000)")
        let expected = try [Self.newSecret, Self.oldSecret].map { text in
            try #require(SigningSecret(text)).signature(
                id: id,
                timestamp: Examples.fired.microseconds / 1_000_000,
                body: request.body ?? []
            )
        }
        #expect(request.headers.first(named: "webhook-signature") == expected.joined(separator: " "))
        #expect(Set(expected).count == 2)
    }

    @Test func `without a secret there is an id, but no signature`() async throws {
        let requests = try await PushFixtures.webhook.exchange(DeliveryExamples.delivery("firing")).requests
        let request = try #require(requests.first)
        #expect(request.headers.first(named: "webhook-id") != nil)
        #expect(request.headers.first(named: "webhook-signature") == nil)
    }

    @Test func `a later attempt has the same id and body, and its own time and signature`() async throws {
        let receiver = try PushFixtures.webhook.receiver(["secrets": [.string(Self.newSecret)]])
        let transport = ScriptedTransport(.success(HTTPResponse(statusCode: 503)))
        for delay in [0, 600] {
            let now = Examples.fired + .seconds(delay)
            _ = await receiver.send(
                DeliveryExamples.delivery("firing"),
                .forTest(transport: transport, at: now)
            )
        }
        let requests = transport.requests.values
        try #require(requests.count == 2)
        let values = ["webhook-id", "webhook-timestamp", "webhook-signature"].map { name in
            requests.map { $0.headers.first(named: name) }
        }
        #expect(values[0][0] == values[0][1])
        #expect(values[1][0] != values[1][1])
        #expect(values[2][0] != values[2][1])
        #expect(requests[0].body == requests[1].body)
    }

    @Test(arguments: [
        "", "x", "whsec_", "whsec_short", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS!", "whsec_AAAA",
    ])
    func `a secret that is none is an error that does not show it`(text: String) {
        let faults = PushFixtures.webhook.faults(["secrets": [.string(text)]])
        #expect(faults.count == 1)
        #expect(faults.allSatisfy { $0.hasPrefix("lookout.yaml:3:5: error:") })
        #expect(text.utf8.count < 8 || faults.allSatisfy { !$0.contains(text) })
    }
}
