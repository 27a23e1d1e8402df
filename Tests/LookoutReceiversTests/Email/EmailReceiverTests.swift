import LookoutAlerting
import LookoutHTTP
import LookoutModel
import LookoutSettings
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutReceivers

/// What becomes of a delivery, by what mail servers answer.
struct EmailReceiverTests {
    private func reply(_ code: Int, _ status: String? = nil, _ text: String = "x") -> MailReply {
        MailReply(code: code, status: status, lines: [text])
    }

    private func refused(_ step: MailStep, _ reply: MailReply) -> MailError {
        .refused(MailRefusal(at: step, reply))
    }

    /// The verdict by its kind, and the wait that the server is given.
    enum Kind: Hashable, Sendable {
        case retry(Duration?)
        case broken
        case rejected
        case delivered

        /// Not before five minutes have passed.
        static let putOff = Kind.retry(.seconds(300))
        /// As soon as the policy says.
        static let again = Kind.retry(nil)

        init(_ verdict: SendVerdict) {
            self =
                switch verdict {
                case .accepted: .delivered
                case .retry(let after, _): .retry(after)
                case .broken: .broken
                case .rejected: .rejected
                }
        }
    }

    /// What a server's no means, by where it was said, its code and its enhanced code.
    private static let refusals: [(MailStep, Int, String?, Kind)] = [
        (.greeting, 421, "4.7.0", .putOff), (.greeting, 554, "5.7.1", .broken),
        (.hello, 550, nil, .broken), (.startTLS, 454, "4.7.0", .putOff),
        (.startTLS, 501, nil, .broken), (.authentication, 535, "5.7.8", .broken),
        (.authentication, 534, "5.7.9", .broken), (.authentication, 454, "4.7.0", .putOff),
        (.sender, 530, "5.7.0", .broken), (.sender, 553, "5.7.1", .broken),
        (.sender, 552, "5.3.4", .rejected), (.sender, 550, "5.3.4", .rejected),
        (.sender, 451, "4.3.0", .putOff), (.recipient, 550, "5.1.1", .broken),
        (.recipient, 451, "4.7.1", .putOff), (.recipient, 421, nil, .putOff),
        (.data, 554, "5.5.1", .rejected), (.data, 451, "4.3.0", .again), (.data, 250, nil, .again),
        (.message, 550, "5.7.1", .rejected), (.message, 554, nil, .rejected),
        (.message, 552, "5.2.3", .rejected), (.message, 530, "5.7.0", .broken),
        (.message, 452, "4.3.1", .again), (.message, 451, "4.7.1", .putOff),
    ]

    @Test(arguments: refusals)
    func `a refusal means what it is about`(step: MailStep, code: Int, status: String?, kind: Kind) {
        #expect(Kind(EmailVerdict.verdict(on: refused(step, reply(code, status)))) == kind)
    }

    @Test func `no answer is tried again, and said where it may have arrived`() {
        let error = TransferError(.target(.timeout), "no answer within 15 s")
        #expect(Kind(EmailVerdict.verdict(on: .transfer(error, at: nil))) == .retry(nil))
        let verdict = EmailVerdict.verdict(on: .transfer(error, at: .message))
        #expect(verdict.reason?.contains("same Message-ID") == true)
        #expect(Kind(verdict) == .retry(nil))
    }

    @Test func `a server without STARTTLS is a matter of the settings`() {
        #expect(Kind(EmailVerdict.verdict(on: .notOffered(.startTLS, "no STARTTLS"))) == .broken)
    }

    @Test func `one recipient that does not exist is named and loses nobody the mail`() async {
        let refusal = RecipientRefusal("gone@example.org", reply(550, "5.1.1", "no such user"))
        let mail = ScriptedMailTransport([.success(.taken(["ops@example.org"], refused: [refusal]))])
        let reports = Recorder<String>()
        let receiver = EmailReceiver(
            name: "team",
            settings: .forTest(to: ["ops@example.org", "gone@example.org"])
        )
        var tools = ReceiverTools.forTest()
        tools.mail = mail
        tools.report = { reports.record($0) }
        #expect(await receiver.send(DeliveryExamples.delivery(of: .firing), tools).isDelivered)
        #expect(reports.values.count == 1)
        #expect(reports.values.first?.hasSuffix("gone@example.org: 550 5.1.1 no such user") == true)
    }

    @Test func `who was put off gets it later, and nobody gets it twice`() async {
        let everybody = ["ops@example.org", "grey@example.org", "gone@example.org"]
        let later = RecipientRefusal("grey@example.org", reply(451, "4.7.1"))
        let never = RecipientRefusal("gone@example.org", reply(550, "5.1.1"))
        let mail = ScriptedMailTransport([
            .success(.taken(["ops@example.org"], refused: [later, never])),
            .failure(.refused(MailRefusal(at: .recipient, later.reply, recipients: [later]))),
            .success(.taken(["grey@example.org"])),
        ])
        let receiver = EmailReceiver(name: "team", settings: .forTest(to: everybody))
        var tools = ReceiverTools.forTest()
        tools.mail = mail
        let delivery = DeliveryExamples.delivery(of: .firing)
        let first = await receiver.send(delivery, tools)
        #expect(Kind(first) == .retry(nil))
        #expect(first.reason?.contains("grey@example.org: 451") == true)
        #expect(Kind(await receiver.send(delivery, tools)) == .retry(.seconds(300)))
        #expect(await receiver.send(delivery, tools).isDelivered)
        #expect(
            mail.mails.values.map(\.recipients) == [everybody, ["grey@example.org"], ["grey@example.org"]]
        )
        #expect(Set(mail.mails.values.map(\.content)).count == 1)
        #expect(mail.mails.values.allSatisfy { $0.timeout == .seconds(14) })
    }

    @Test func `no reason shows the password, however the server says it`() async {
        let encoded = Base64.encoded(Array("\u{0}lookout\u{0}s3cret".utf8))
        let words = "you sent s3cret, \(Base64.encoded(Array("s3cret".utf8))), \(encoded)"
        let mail = ScriptedMailTransport([.failure(refused(.authentication, reply(535, "5.7.8", words)))])
        var tools = ReceiverTools.forTest()
        tools.mail = mail
        let verdict = await EmailReceiver(name: "team", settings: .forTest())
            .send(DeliveryExamples.delivery(of: .firing), tools)
        #expect(
            verdict.reason
                == "the mail server answered to our credentials: 535 5.7.8 you sent <secret>, <secret>, <secret>; "
                + "check the user and the password"
        )
    }

    @Test(
        arguments: [
            (.required, nil, 587), (.implicit, nil, 465), (.opportunistic, 2525, 2525), (.never, nil, 25),
        ] as [(EmailReceiver.Encryption, Int?, Int)]
    )
    func `the port is the usual one unless it is named`(
        encryption: EmailReceiver.Encryption,
        port: Int?,
        effective: Int
    ) {
        var settings = EmailReceiver.Settings.forTest()
        settings.encryption = encryption
        settings.port = port
        if encryption == .never { settings.user = nil }
        #expect(settings.effectivePort == effective)
    }
}
