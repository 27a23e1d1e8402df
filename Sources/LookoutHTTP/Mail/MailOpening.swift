import CCurl
import LookoutModel

/// How the first half of handing a mail over went: up to a server that knows us and waits for mail.
enum MailOpening: Sendable {
    case opened(OpenedMail)
    case refused(MailRefusal)
    case notOffered(MailStep, String)
}

/// A connection on which the next command names the sender.
struct OpenedMail: Sendable {
    let connection: OpenedConnection
    /// The lines of the last answer to `EHLO`.
    let capabilities: [String]
    let isEncrypted: Bool
}

/// The replies of a server while libcurl speaks with it.
struct MailReplies {
    private(set) var last: MailReply?
    /// The last answer to `EHLO` or `HELO`: before authentication, no other command is answered with 250.
    private(set) var hello: MailReply?
    private var collector = MailReplyCollector()

    /// Takes a line with its end.
    mutating func take(_ line: UnsafeRawBufferPointer) {
        let end = line.lastIndex { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        let text = line[..<(end.map { $0 + 1 } ?? line.startIndex)]
        guard let parsed = MailReplyLine(text), let reply = collector.take(parsed) else { return }
        last = reply
        if reply.code == 250 { hello = reply }
    }

    /// What a failure means if it was the server's word; nil if it was none.
    func opening(after code: CURLcode) -> MailOpening? {
        let steps: [CURLcode.RawValue: MailStep] = [
            CURLE_WEIRD_SERVER_REPLY.rawValue: .greeting,
            CURLE_REMOTE_ACCESS_DENIED.rawValue: .hello,
            CURLE_USE_SSL_FAILED.rawValue: .startTLS,
            CURLE_LOGIN_DENIED.rawValue: .authentication,
        ]
        guard let step = steps[code.rawValue] else { return nil }
        if let last, last.isTransient || last.isPermanent { return .refused(MailRefusal(at: step, last)) }
        switch step {
        case .startTLS:
            return .notOffered(step, "the server does not offer STARTTLS, or somebody in between hides it")
        case .authentication:
            let offer = hello?.lines.first { $0.uppercased().hasPrefix("AUTH ") } ?? "none"
            return .notOffered(step, "the server offers no way to authenticate that we know: \(offer)")
        default:
            return nil
        }
    }
}
