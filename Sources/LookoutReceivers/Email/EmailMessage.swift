import LookoutAlerting
import LookoutModel

/// A delivery as a mail (RFC 5322), the same over all attempts.
struct EmailMessage {
    let delivery: Delivery
    let message: Message
    let from: EmailAddress
    let to: [EmailAddress]
    /// What stands before each subject.
    let subjectPrefix: String

    /// Lines end with CRLF and are no longer than 78 characters; all of it is ASCII.
    var content: [UInt8] { Array((headers + body).utf8) }

    /// `<…@domain>`: by which mail programs tell a repetition.
    var id: String { "<\(delivery.id)@\(from.domain)>" }

    /// The mail that all mails of the episode answer to: it never was sent, so whatever of them arrives
    /// first, the others are drawn below it.
    var root: String? {
        delivery.isDigest ? nil : "<\(delivery.notice.threadKey)@\(from.domain)>"
    }

    private var subject: String {
        let prefix = subjectPrefix.isEmpty ? "" : "\(subjectPrefix) "
        return PlainText.line(prefix + message.title).shortened(toBytes: Self.longestSubject)
    }

    private static let longestSubject = 600
    private static let longestText = 256 << 10

    private var headers: String {
        var headers = EmailHeader.addresses("From", [from])
        headers += EmailHeader.addresses("To", to)
        headers += EmailHeader.text("Subject", subject)
        headers += EmailHeader.words("Date", EmailDate.text(delivery.createdAt))
        headers += EmailHeader.words("Message-ID", id)
        if let root {
            headers += EmailHeader.words("In-Reply-To", root)
            headers += EmailHeader.words("References", root)
        }
        // RFC 3834 §5 and its counterpart at Microsoft: no "out of office" shall come back.
        headers += EmailHeader.words("Auto-Submitted", "auto-generated")
        headers += EmailHeader.words("X-Auto-Response-Suppress", "All")
        if message.severity == .outage, message.tone != .good {
            headers += EmailHeader.words("Importance", "high")
            headers += EmailHeader.words("X-Priority", "1")
        }
        return headers + ownHeaders + EmailHeader.words("MIME-Version", "1.0")
    }

    /// What filters sort by.
    private var ownHeaders: String {
        let notice = delivery.notice
        var headers = EmailHeader.words("X-Lookout-Delivery", "\(delivery.id)")
        headers += EmailHeader.words("X-Lookout-Kind", delivery.isDigest ? "digest" : notice.kind.rawValue)
        headers += EmailHeader.words("X-Lookout-Severity", "\(message.severity.rawValue)")
        guard !delivery.isDigest else { return headers }
        let environment: String?
        switch notice.subject {
        case .alert(let alert):
            headers += EmailHeader.words("X-Lookout-Episode", alert.episodeKey)
            headers += EmailHeader.text("X-Lookout-Rule", AlertWords.clean(alert.id.rule, 256))
            environment = alert.id.labels["environment"]
        case .announcement(let announcement):
            headers += EmailHeader.words("X-Lookout-Topic", announcement.topic.key)
            headers += EmailHeader.words("X-Lookout-Stage", announcement.stage.rawValue)
            environment = announcement.environment
        }
        if let environment, !environment.isEmpty {
            headers += EmailHeader.text("X-Lookout-Environment", AlertWords.clean(environment, 256))
        }
        return headers
    }

    private var body: String {
        let text = MessageText(message).text(limit: Self.longestText, .bytes) + "\n"
        guard delivery.form == .full else { return part("text/plain", text) }
        // "=_" is in no text in quoted-printable, so no text can end a part.
        let boundary = "=_lookout-\(delivery.id)"
        return "Content-Type: multipart/alternative;\r\n boundary=\"\(boundary)\"\r\n\r\n"
            + "--\(boundary)\r\n" + part("text/plain", text)
            + "--\(boundary)\r\n" + part("text/html", EmailPage(message: message).html)
            + "--\(boundary)--\r\n"
    }

    private func part(_ type: String, _ text: String) -> String {
        "Content-Type: \(type); charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
            + QuotedPrintable.encoded(text)
    }
}
