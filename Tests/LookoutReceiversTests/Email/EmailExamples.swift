import LookoutAlerting
import LookoutHTTP
import LookoutModel
import LookoutSettings
import LookoutSimulation
import Synchronization

@testable import LookoutReceivers

/// A way out for mail that gives its answers in turn, the last one for ever, and keeps the mails.
final class ScriptedMailTransport: MailTransport {
    let mails = Recorder<MailSubmission>()
    private let answers: Mutex<[Result<MailReceipt, MailError>]>

    init(_ answers: [Result<MailReceipt, MailError>]) {
        self.answers = Mutex(answers)
    }

    func send(_ mail: MailSubmission) async throws(MailError) -> MailReceipt {
        mails.record(mail)
        let answer = answers.withLock { answers in
            answers.count > 1 ? answers.removeFirst() : answers.first
        }
        guard let answer else { throw .transfer(TransferError(.local, "no answer is left"), at: nil) }
        return try answer.get()
    }
}

extension EmailReceiver.Settings {
    static func forTest(to recipients: [String] = ["ops@example.org"]) -> EmailReceiver.Settings {
        var settings = EmailReceiver.Settings()
        settings.host = "localhost"
        settings.user = "lookout"
        settings.password = Secret("s3cret")
        settings.from = EmailAddress("Lookout <lookout@example.org>") ?? .unknown
        settings.to = recipients.compactMap { EmailAddress($0) }
        return settings
    }
}

extension EmailMessage {
    static func forTest(
        _ delivery: Delivery,
        prefix: String = "",
        to: [String] = ["ops@example.org"]
    ) -> EmailMessage {
        EmailMessage(
            delivery: delivery,
            message: Message(delivery, timeZone: "Europe/Berlin", externalURL: "https://lookout.example.org"),
            from: EmailAddress("Lookout <lookout@example.org>") ?? .unknown,
            to: to.compactMap { EmailAddress($0) },
            subjectPrefix: prefix
        )
    }

    /// The mail as text with LF.
    var text: String {
        String(decoding: content, as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: false)
            .joined(separator: "\n")
    }
}

extension MailReceipt {
    static func taken(_ accepted: [String], refused: [RecipientRefusal] = []) -> MailReceipt {
        MailReceipt(reply: MailReply(code: 250), accepted: accepted, refused: refused)
    }
}
