import LookoutAlerting
import LookoutHTTP
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutReceivers

/// The receiver with the real client and a real mail server.
@Suite(.enabled(if: EximServer.isAvailable, "exim4 and openssl are needed, and root to start exim4"))
struct EmailOverEximTests {
    private func receiver(
        _ server: EximServer,
        to recipients: [String] = ["ops@example.org"],
        password: String = "s3cret"
    ) -> EmailReceiver {
        var settings = EmailReceiver.Settings.forTest(to: recipients)
        settings.port = Int(server.port)
        settings.authorityFile = CertificateFixture.shared?.authorityFile
        settings.password = Secret(password)
        return EmailReceiver(name: "team", settings: settings)
    }

    private func withTools<Result>(
        reports: Recorder<String> = Recorder(),
        _ body: (ReceiverTools) async throws -> Result
    ) async throws -> Result {
        let client = try HTTPClient()
        var tools = ReceiverTools.forTest()
        tools.mail = client
        tools.report = { reports.record($0) }
        let result = try await body(tools)
        await client.shutdown()
        return result
    }

    @Test(arguments: DeliveryExamples.names)
    func `each sort of delivery arrives as it was composed`(name: String) async throws {
        try await withExim { server in
            try await withTools { tools in
                let delivery = DeliveryExamples.delivery(name)
                #expect(await receiver(server).send(delivery, tools).isDelivered)
                let mail = try #require(try server.mails.first)
                let composed = EmailMessage(
                    delivery: delivery,
                    message: Message(delivery, tools),
                    from: EmailReceiver.Settings.forTest().from,
                    to: EmailReceiver.Settings.forTest().to,
                    subjectPrefix: ""
                )
                #expect(mail.hasSuffix(composed.text))
            }
        }
    }

    @Test func `a password that is wrong breaks the receiver, and is not shown`() async throws {
        try await withExim { server in
            try await withTools { tools in
                let verdict = await receiver(server, password: "wr0ng-pass")
                    .send(DeliveryExamples.delivery(of: .firing), tools)
                guard case .broken(let reason) = verdict else {
                    Issue.record("\(verdict)")
                    return
                }
                #expect(reason.contains("535 Incorrect authentication data"))
                #expect(!reason.contains("wr0ng-pass"))
            }
        }
    }

    @Test func `who is put off is tried alone, and who does not exist is named`() async throws {
        let reports = Recorder<String>()
        try await withExim { server in
            try await withTools(reports: reports) { tools in
                let everybody = ["ops@example.org", "nobody@example.org", "grey@example.org"]
                let receiver = receiver(server, to: everybody)
                let delivery = DeliveryExamples.delivery(of: .firing)
                for _ in 0..<2 {
                    guard case .retry = await receiver.send(delivery, tools) else {
                        Issue.record("it is not tried again")
                        return
                    }
                }
                let mails = try server.mails
                #expect(mails.count == 1)
                #expect(reports.values.count == 1)
                #expect(reports.values.first?.contains("nobody@example.org: 550 5.1.1") == true)
            }
        }
    }

    @Test func `recipients that all do not exist break the receiver`() async throws {
        try await withExim { server in
            try await withTools { tools in
                let verdict = await receiver(server, to: ["nobody@example.org"])
                    .send(DeliveryExamples.delivery(of: .firing), tools)
                guard case .broken(let reason) = verdict else {
                    Issue.record("\(verdict)")
                    return
                }
                #expect(reason.contains("nobody@example.org: 550 5.1.1 no such user here"))
            }
        }
    }
}
