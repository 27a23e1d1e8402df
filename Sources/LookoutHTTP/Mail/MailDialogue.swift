/// What we say to a mail server that has let us in, and what its answers mean (RFC 5321 §3.3).
///
/// One command at a time: each answer then belongs to one command, whatever the server does.
struct MailDialogue {
    /// What follows from a reply.
    enum Action: Equatable {
        case send([UInt8])
        /// The server has taken the mail.
        case accepted(MailReply)
        case refused(MailRefusal)
    }

    /// The step whose reply is awaited.
    private(set) var step = MailStep.sender
    private(set) var accepted: [String] = []
    private(set) var refused: [RecipientRefusal] = []
    private let mail: MailSubmission
    private let capabilities: [String]

    /// A dialogue about one mail with a server whose answer to `EHLO` had these lines.
    init(_ mail: MailSubmission, capabilities: [String]) {
        self.mail = mail
        self.capabilities = capabilities
    }

    /// The first command: names the sender and, where the server wants to know (RFC 1870), the size, so
    /// that it can refuse a mail that is too large before it is sent.
    var opening: [UInt8] {
        let takesSize = capabilities.contains { $0.uppercased().split(separator: " ").first == "SIZE" }
        return line("MAIL FROM:<\(mail.sender)>" + (takesSize ? " SIZE=\(mail.content.count)" : ""))
    }

    /// Takes the reply to what was sent last.
    mutating func take(_ reply: MailReply) -> Action {
        switch step {
        case .sender:
            guard reply.isPositive else { return refusal(reply) }
            step = .recipient
            return nextRecipient(after: reply)
        case .recipient:
            // 421 is about the connection: the server is about to close it.
            guard reply.code != 421 else { return refusal(reply) }
            let address = mail.recipients[accepted.count + refused.count]
            if reply.isPositive {
                accepted.append(address)
            } else {
                refused.append(RecipientRefusal(address, reply))
            }
            return nextRecipient(after: reply)
        case .data:
            guard reply.code == 354 else { return refusal(reply) }
            step = .message
            return .send(Self.stuffed(mail.content))
        default:
            return reply.isPositive ? .accepted(reply) : refusal(reply)
        }
    }

    private mutating func nextRecipient(after reply: MailReply) -> Action {
        let asked = accepted.count + refused.count
        if asked < mail.recipients.count { return .send(line("RCPT TO:<\(mail.recipients[asked])>")) }
        guard !accepted.isEmpty else { return refusal(worstReply ?? reply) }
        step = .data
        return .send(line("DATA"))
    }

    /// Of replies to recipients, one that may change: as long as there is one, the mail is not lost.
    private var worstReply: MailReply? {
        (refused.first { $0.reply.isTransient } ?? refused.first)?.reply
    }

    private func refusal(_ reply: MailReply) -> Action {
        .refused(MailRefusal(at: step, reply, recipients: refused))
    }

    private func line(_ text: String) -> [UInt8] { Array("\(text)\r\n".utf8) }

    /// The content with a dot before each line that begins with one, and the end mark (§4.5.2).
    static func stuffed(_ content: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(content.count + 64)
        var isLineStart = true
        for byte in content {
            if isLineStart, byte == UInt8(ascii: ".") { bytes.append(byte) }
            bytes.append(byte)
            isLineStart = byte == UInt8(ascii: "\n")
        }
        if !isLineStart { bytes += Array("\r\n".utf8) }
        return bytes + Array(".\r\n".utf8)
    }
}
