import LookoutAlerting
import LookoutHTTP
import LookoutModel

/// What a mail server's answers say about a delivery.
///
/// What it puts off (4xx) is tried again; what it will never take is about the message if it says so of the
/// message (its size, its content), and about the settings otherwise: the password, the sender, recipients
/// that all do not exist.
enum EmailVerdict {
    /// How long a server that puts us off wants to be left alone: greylisting takes five minutes.
    static let patience = Duration.seconds(300)

    static func verdict(on error: MailError) -> SendVerdict {
        switch error {
        case .transfer(let error, at: .message):
            .retry(
                after: nil,
                reason: "the mail was sent, but nobody said that it was taken, so it is sent once more "
                    + "under the same Message-ID: \(error.message)"
            )
        case .transfer(let error, _): .retry(after: nil, reason: error.message)
        case .notOffered(_, let reason): .broken(reason: reason)
        case .refused(let refusal): verdict(on: refusal)
        }
    }

    private static func verdict(on refusal: MailRefusal) -> SendVerdict {
        let reply = refusal.reply
        let words = "the mail server answered \(words(refusal.step)): \(text(reply))"
        if reply.isTransient { return .retry(after: wait(refusal), reason: words) }
        guard reply.isPermanent else {
            return .retry(after: nil, reason: "\(words), which is not an answer to that")
        }
        let isAboutCredentials = [530, 534, 535, 538].contains(reply.code)
        let isAboutMessage = reply.code == 552 || reply.status == "5.3.4"
        switch refusal.step {
        case _ where isAboutCredentials:
            return .broken(reason: "\(words); check the user and the password")
        case .data, .message: return .rejected(reason: words)
        case _ where isAboutMessage: return .rejected(reason: words)
        case .recipient:
            let all = refusal.recipients.isEmpty ? words : text(refusal.recipients)
            return .broken(reason: "the mail server takes none of the recipients: \(all)")
        default: return .broken(reason: words)
        }
    }

    /// Before the message it is us who are put off, and every other mail would be as well; after it, it may
    /// be this mail alone, unless the server says that it is its policy (RFC 3463, 4.7).
    private static func wait(_ refusal: MailRefusal) -> Duration? {
        switch refusal.step {
        case .data, .message: refusal.reply.status?.hasPrefix("4.7.") == true ? patience : nil
        default: patience
        }
    }

    /// `ops@example.org: 550 5.1.1 no such user`, for each.
    static func text(_ refusals: [RecipientRefusal]) -> String {
        refusals.prefix(20).map { "\($0.address): \(text($0.reply))" }.joined(separator: "; ")
    }

    private static func text(_ reply: MailReply) -> String { AlertWords.clean(reply.description, 300) }

    private static func words(_ step: MailStep) -> String {
        switch step {
        case .greeting: "at once"
        case .hello: "to our greeting"
        case .startTLS: "to STARTTLS"
        case .authentication: "to our credentials"
        case .sender: "to the sender"
        case .recipient: "to the recipient"
        case .data: "before the message"
        case .message: "to the message"
        }
    }
}
