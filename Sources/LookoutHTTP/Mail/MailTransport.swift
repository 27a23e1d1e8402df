package import LookoutModel

/// The way out to mail servers (RFC 5321): the port that receivers use.
///
/// `HTTPClient` is the real one; tests may script one.
package protocol MailTransport: Sendable {
    /// Hands one mail to a server; returns when the server has taken it for at least one recipient.
    ///
    /// Ends by the mail's timeout at the latest; cancelling the task ends it at once. After an error of
    /// the cause `.transfer` at the step `.message` the server may have taken the mail all the same.
    func send(_ mail: MailSubmission) async throws(MailError) -> MailReceipt
}

/// One mail, the server that it goes to and how.
package struct MailSubmission: Sendable {
    /// A name, or an address without brackets.
    package var host: String
    package var port: Int
    package var security: MailSecurity
    package var tls: TLSOptions
    /// What we call ourselves in `EHLO`: a host name or an address literal.
    package var clientName: String
    package var credentials: MailCredentials?
    /// The address that failures go to, without brackets.
    package var sender: String
    /// Addresses without brackets; at least one.
    package var recipients: [String]
    /// The message (RFC 5322) with CRLF line ends and lines of at most 998 bytes.
    package var content: [UInt8]
    /// All of it: name resolution to the server's word after the last line.
    package var timeout: Duration
    /// `host:port:address` lines as of curl's `--resolve`: the name is not looked up.
    package var resolve: [String]

    package init(
        host: String,
        port: Int,
        security: MailSecurity = .startTLS,
        tls: TLSOptions = TLSOptions(),
        clientName: String = "localhost",
        credentials: MailCredentials? = nil,
        sender: String,
        recipients: [String],
        content: [UInt8],
        timeout: Duration = .seconds(15),
        resolve: [String] = []
    ) {
        self.host = host
        self.port = port
        self.security = security
        self.tls = tls
        self.clientName = clientName
        self.credentials = credentials
        self.sender = sender
        self.recipients = recipients
        self.content = content
        self.timeout = timeout
        self.resolve = resolve
    }
}

/// How a connection to a mail server is kept secret.
package enum MailSecurity: Hashable, Sendable {
    /// TLS from the first byte (RFC 8314 §3.3), usually on port 465.
    case implicitTLS
    /// `STARTTLS` (RFC 3207), or nothing is sent.
    case startTLS
    /// `STARTTLS` if the server offers it; whoever sits in between can take the offer away.
    case startTLSIfOffered
    /// Everything in the clear.
    case none
}

/// How we prove to a mail server who we are.
package struct MailCredentials: Hashable, Sendable {
    /// What is shown: a password, or a token of OAuth 2.0 (`OAUTHBEARER`, `XOAUTH2`).
    package enum Proof: Hashable, Sendable {
        case password(Secret)
        case token(Secret)
    }

    package var user: String
    package var proof: Proof

    package init(user: String, _ proof: Proof) {
        self.user = user
        self.proof = proof
    }
}
