import LookoutHTTP
import LookoutModel
import LookoutTestSupport
import Testing

/// Mails to a real mail server.
@Suite(.enabled(if: EximServer.isAvailable, "exim4 and openssl are needed, and root to start exim4"))
struct MailOverEximTests {
    private static func mail(
        to server: EximServer,
        security: MailSecurity = .startTLS,
        credentials: MailCredentials? = MailCredentials(user: "lookout", .password(Secret("s3cret"))),
        recipients: [String] = ["ops@example.org"],
        content: String = "Subject: hello\r\n\r\nA line\r\n.\r\n..two dots\r\n"
    ) -> MailSubmission {
        MailSubmission(
            host: "localhost",
            port: Int(security == .implicitTLS ? server.tlsPort : server.port),
            security: security,
            tls: TLSOptions(authorityFile: CertificateFixture.shared?.authorityFile),
            clientName: "lookout.example.org",
            credentials: credentials,
            sender: "lookout@example.org",
            recipients: recipients,
            content: Array(content.utf8)
        )
    }

    let client: HTTPClient

    init() throws {
        client = try HTTPClient()
    }

    private func send(_ mail: MailSubmission) async throws -> MailReceipt {
        try await client.send(mail)
    }

    private func error(_ mail: MailSubmission) async throws -> MailError? {
        await client.mailError(mail)
    }

    @Test(arguments: [MailSecurity.startTLS, .implicitTLS, .startTLSIfOffered])
    func `a mail arrives over TLS as it was written, dots included`(security: MailSecurity) async throws {
        try await withExim { server in
            let receipt = try await send(Self.mail(to: server, security: security))
            #expect(receipt.reply.code == 250)
            #expect(receipt.isEncrypted)
            #expect(receipt.accepted == ["ops@example.org"])
            #expect(try server.mails.map { $0.hasSuffix("\nA line\n.\n..two dots\n") } == [true])
            #expect(try server.mails.map { $0.contains("Subject: hello\n") } == [true])
            #expect(server.log.contains("TLS1.3"))
            #expect(server.log.contains("H=(lookout.example.org)"))
        }
    }

    @Test(arguments: ["PLAIN", "LOGIN", "CRAM-MD5"])
    func `every way to authenticate works by itself`(mechanism: String) async throws {
        var options = EximServer.Options()
        options.mechanisms = [mechanism]
        try await withExim(options) { server in
            _ = try await send(Self.mail(to: server))
            #expect(
                server.log.contains("A=\(mechanism == "CRAM-MD5" ? "cram" : mechanism.lowercased()):lookout")
            )
            let wrong = MailCredentials(user: "lookout", .password(Secret("wrong")))
            guard case .refused(let refusal) = try await error(Self.mail(to: server, credentials: wrong))
            else {
                Issue.record("a wrong password was not refused")
                return
            }
            #expect(refusal.step == .authentication)
            #expect(refusal.reply.description == "535 Incorrect authentication data")
        }
    }

    @Test func `a server that offers no way to authenticate refuses the recipient`() async throws {
        var options = EximServer.Options()
        options.mechanisms = []
        try await withExim(options) { server in
            guard case .refused(let refusal) = try await error(Self.mail(to: server)) else {
                Issue.record("it was not refused")
                return
            }
            #expect(refusal.step == .recipient)
            #expect(refusal.reply.description == "550 5.7.0 authentication required")
        }
    }

    @Test func `a token is not sent where only passwords are taken`() async throws {
        try await withExim { server in
            let token = MailCredentials(user: "lookout", .token(Secret("t0ken")))
            guard
                case .notOffered(let step, let reason) = try await error(
                    Self.mail(to: server, credentials: token)
                )
            else {
                Issue.record("it was offered")
                return
            }
            #expect(step == .authentication)
            #expect(reason.contains("AUTH"))
        }
    }

    @Test func `what one recipient is refused the others get`() async throws {
        try await withExim { server in
            let recipients = ["nobody@example.org", "ops@example.org", "grey@example.org", "dev@example.org"]
            let receipt = try await send(Self.mail(to: server, recipients: recipients))
            #expect(receipt.accepted == ["ops@example.org", "dev@example.org"])
            #expect(receipt.refused.map(\.address) == ["nobody@example.org", "grey@example.org"])
            #expect(receipt.refused.map(\.reply.code) == [550, 451])
            #expect(receipt.refused.map(\.reply.status) == ["5.1.1", "4.7.1"])
            #expect(receipt.refused.first?.reply.lines == ["no such user here"])
        }
    }

    @Test func `where all are refused, what may pass decides`() async throws {
        try await withExim { server in
            let recipients = ["nobody@example.org", "grey@example.org"]
            guard case .refused(let refusal) = try await error(Self.mail(to: server, recipients: recipients))
            else {
                Issue.record("it was not refused")
                return
            }
            #expect(refusal.step == .recipient)
            #expect(refusal.reply.code == 451)
            #expect(refusal.recipients.count == 2)
        }
    }

    @Test func `a large mail arrives whole`() async throws {
        var options = EximServer.Options()
        options.largestMessage = 20_000_000
        try await withExim(options) { server in
            let body = (0..<100_000).map { "\($0) ..........\r\n" }.joined()
            let mail = Self.mail(to: server, content: "Subject: x\r\n\r\n" + body)
            _ = try await send(mail)
            let arrived = try server.mails.first?.hasSuffix(
                body.split(separator: "\r\n").joined(separator: "\n") + "\n"
            )
            #expect(arrived == true)
        }
    }

    @Test func `a mail that is too large is refused before it is sent`() async throws {
        try await withExim { server in
            let content = "Subject: x\r\n\r\n" + String(repeating: "0123456789\r\n", count: 20_000)
            guard case .refused(let refusal) = try await error(Self.mail(to: server, content: content)) else {
                Issue.record("it was not refused")
                return
            }
            #expect(refusal.step == .sender)
            #expect(refusal.reply.code == 552)
        }
    }

    @Test func `without STARTTLS nothing is sent where it is asked for`() async throws {
        var options = EximServer.Options()
        options.offersStartTLS = false
        options.requiresAuthentication = false
        try await withExim(options) { server in
            guard case .notOffered(.startTLS, _) = try await error(Self.mail(to: server)) else {
                Issue.record("it was sent in the clear")
                return
            }
            let receipt = try await send(
                Self.mail(to: server, security: .startTLSIfOffered, credentials: nil)
            )
            #expect(!receipt.isEncrypted)
            #expect(try await !send(Self.mail(to: server, security: .none, credentials: nil)).isEncrypted)
            #expect(try server.mails.count == 2)
        }
    }

    @Test(
        arguments: [
            CertificateFixture.Kind.expired, .wrongHost, .selfSigned, .unknownAuthority,
        ],
        [MailSecurity.startTLS, .implicitTLS]
    )
    func `a certificate that is no good ends it`(
        kind: CertificateFixture.Kind,
        security: MailSecurity
    ) async throws {
        var options = EximServer.Options()
        options.certificate = kind
        try await withExim(options) { server in
            guard case .transfer(let error, _) = try await error(Self.mail(to: server, security: security))
            else {
                Issue.record("it was taken")
                return
            }
            #expect(error.cause == .target(.tls))
            #expect(try server.mails == [])
        }
    }
}
