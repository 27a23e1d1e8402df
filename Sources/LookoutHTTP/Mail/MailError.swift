package import LookoutModel

/// How far the conversation with a mail server has come.
package enum MailStep: String, CaseIterable, Sendable {
    case greeting
    case hello
    case startTLS
    case authentication
    case sender
    case recipient
    case data
    /// The mail has been sent whole, and the server's word on it is awaited.
    case message
}

/// Why a mail was taken for nobody.
package enum MailError: Error {
    /// There was no conversation, or it broke off at this step.
    case transfer(TransferError, at: MailStep?)
    /// The server said no.
    case refused(MailRefusal)
    /// The server does not offer what is needed: STARTTLS, a way to authenticate.
    case notOffered(MailStep, String)
}

/// A server's no to the whole mail.
package struct MailRefusal: Hashable, Sendable {
    package var step: MailStep
    package var reply: MailReply
    /// What it said of each recipient, where it came so far and refused some.
    package var recipients: [RecipientRefusal]

    package init(at step: MailStep, _ reply: MailReply, recipients: [RecipientRefusal] = []) {
        self.step = step
        self.reply = reply
        self.recipients = recipients
    }
}

/// A server's no to one recipient.
package struct RecipientRefusal: Hashable, Sendable {
    package var address: String
    package var reply: MailReply

    package init(_ address: String, _ reply: MailReply) {
        self.address = address
        self.reply = reply
    }
}

/// A mail that a server has taken.
package struct MailReceipt: Hashable, Sendable {
    /// What it said: often with the name under which the mail is in its queue.
    package var reply: MailReply
    /// For whom it was taken.
    package var accepted: [String]
    /// For whom it was not.
    package var refused: [RecipientRefusal]
    /// Whether TLS was in use when it was sent.
    package var isEncrypted: Bool
    /// dns, connect and tls, and all of it in `total`.
    package var timings: Timings

    package init(
        reply: MailReply,
        accepted: [String],
        refused: [RecipientRefusal] = [],
        isEncrypted: Bool = true,
        timings: Timings = Timings()
    ) {
        self.reply = reply
        self.accepted = accepted
        self.refused = refused
        self.isEncrypted = isEncrypted
        self.timings = timings
    }
}
