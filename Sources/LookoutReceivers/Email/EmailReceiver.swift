package import LookoutAlerting
import LookoutHTTP
import LookoutModel

/// Sends each delivery as a mail through an SMTP server.
package struct EmailReceiver: ReceiverType {
    package static let name = "email"
    package static let summary = "Sends mails through an SMTP server: text and HTML, one thread an episode."

    private let settings: Settings
    private let progress = EmailProgress()

    package init(name: String, settings: Settings) {
        self.settings = settings
    }

    package func send(_ delivery: Delivery, _ tools: ReceiverTools) async -> SendVerdict {
        let taken = progress.taken(delivery.id)
        let left = settings.to.map(\.mailbox).filter { !taken.contains($0) }
        guard !left.isEmpty else { return .delivered }
        do {
            let receipt = try await tools.mail.send(submission(of: delivery, to: left, tools))
            return verdict(on: receipt, delivery, tools)
        } catch {
            return masked(EmailVerdict.verdict(on: error))
        }
    }

    /// Of a mail that was taken for some at least: it is done with unless somebody may still get it.
    private func verdict(
        on receipt: MailReceipt,
        _ delivery: Delivery,
        _ tools: ReceiverTools
    ) -> SendVerdict {
        let later = receipt.refused.filter(\.reply.isTransient)
        let never = receipt.refused.filter { !$0.reply.isTransient }
        if !never.isEmpty {
            let text = EmailVerdict.text(never)
            tools.report(
                mask.masked("the mail server does not take these recipients; the others have it: \(text)")
            )
        }
        guard later.isEmpty else {
            progress.add(receipt.accepted + never.map(\.address), to: delivery.id)
            let reason = "the mail server puts these recipients off; the others have it: "
            // Without a wait of the receiver's own, since for the others it works.
            return masked(.retry(after: nil, reason: reason + EmailVerdict.text(later)))
        }
        progress.forget(delivery.id)
        return .delivered
    }

    private func submission(
        of delivery: Delivery,
        to recipients: [String],
        _ tools: ReceiverTools
    ) -> MailSubmission {
        let from = settings.from
        let message = EmailMessage(
            delivery: delivery,
            message: Message(delivery, tools),
            from: from,
            to: settings.to,
            subjectPrefix: settings.subjectPrefix
        )
        return MailSubmission(
            host: settings.host,
            port: settings.effectivePort,
            security: settings.encryption.security,
            tls: TLSOptions(authorityFile: settings.authorityFile),
            clientName: settings.clientName ?? from.domain,
            credentials: credentials,
            sender: from.mailbox,
            recipients: recipients,
            content: message.content,
            // A little less than there is, so that it is known where the conversation stood at its end.
            timeout: tools.timeout - min(.seconds(1), tools.timeout / 10)
        )
    }

    private var credentials: MailCredentials? {
        guard let user = settings.user else { return nil }
        if let token = settings.token { return MailCredentials(user: user, .token(token)) }
        return settings.password.map { MailCredentials(user: user, .password($0)) }
    }

    private func masked(_ verdict: SendVerdict) -> SendVerdict {
        switch verdict {
        case .accepted: verdict
        case .retry(let after, let reason): .retry(after: after, reason: mask.masked(reason))
        case .broken(let reason): .broken(reason: mask.masked(reason))
        case .rejected(let reason): .rejected(reason: mask.masked(reason))
        }
    }

    /// The secrets as they are, and as they go over the wire.
    private var mask: SecretMask {
        let secrets = [settings.password, settings.token].compactMap(\.self).map { $0.reveal() }
        let encoded = secrets.flatMap { secret in
            [secret, "\u{0}\(settings.user ?? "")\u{0}\(secret)"].map { Base64.encoded(Array($0.utf8)) }
        }
        return SecretMask((secrets + encoded).map { Secret($0) })
    }
}

extension EmailReceiver.Encryption {
    var security: MailSecurity {
        switch self {
        case .required: .startTLS
        case .implicit: .implicitTLS
        case .opportunistic: .startTLSIfOffered
        case .never: .none
        }
    }
}
