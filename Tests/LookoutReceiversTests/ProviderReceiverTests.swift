import LookoutAlerting
import LookoutHTTP
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutReceivers

/// What holds of every receiver that posts to a provider: its table of answers, its exact messages.
struct ProviderReceiverTests {
    private static let names = ChatFixtures.names + PushFixtures.names
    private static let secrets = ChatFixtures.secrets + PushFixtures.secrets

    private static func fixture(_ name: String) -> ReceiverFixture {
        ChatFixtures.names.contains(name) ? ChatFixtures.named(name) : PushFixtures.named(name)
    }

    @Test(arguments: names)
    func `each answer of the provider has its verdict`(name: String) async throws {
        let cases = try VerdictCase.cases("\(name).json")
        #expect(cases.count >= 10)
        for example in cases {
            let delivery = DeliveryExamples.delivery(of: .firing)
            let verdict = try await Self.fixture(name)
                .exchange(delivery, answering: example.response).verdict
            #expect(VerdictCase.summary(verdict) == example.expected, "\(name): \(example.name): \(verdict)")
            for secret in Self.secrets { #expect(!"\(verdict)".contains(secret), "\(example.name)") }
        }
    }

    @Test(arguments: names, DeliveryExamples.names)
    func `each sort of message is written exactly so`(name: String, sort: String) async throws {
        let fixture = Self.fixture(name)
        let (requests, verdict) = try await fixture.exchange(DeliveryExamples.delivery(sort))
        guard DeliveryExamples.names(for: fixture.type).contains(sort) else {
            #expect(verdict == .alertsOnly && requests.isEmpty)
            return
        }
        let texts = try requests.map { request in
            let body = try JSONValue(parsing: request.body ?? [])
            return "\(request.method) \(request.url)\n\(body.prettyJSONText)\n"
        }
        expectGolden(texts.joined(), "\(name)-\(sort).txt")
    }

    @Test(arguments: names)
    func `every attempt sends the same, whatever the time`(name: String) async throws {
        for sort in DeliveryExamples.names(for: Self.fixture(name).type) {
            var delivery = DeliveryExamples.delivery(sort)
            let receiver = try Self.fixture(name).receiver()
            let transport = ScriptedTransport(.success(HTTPResponse(statusCode: 503)))
            _ = await receiver.send(delivery, .forTest(transport: transport))
            delivery.failedAttempts = 5
            delivery.lease = Lease(owner: "other", until: Examples.fired + .seconds(999))
            let later = Examples.fired + .seconds(86_400)
            _ = await receiver.send(delivery, .forTest(transport: transport, at: later))
            let requests = transport.requests.values
            #expect(requests.count == 2)
            #expect(requests.first?.body == requests.last?.body)
            #expect(requests.first?.url == requests.last?.url)
        }
    }
}
